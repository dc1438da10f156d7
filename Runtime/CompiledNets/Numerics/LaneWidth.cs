using System.Runtime.Intrinsics;

namespace CompiledNets.Numerics;

/// <summary>The vector widths that a network can be run with.</summary>
[System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
public enum LaneWidth
{
    /// <summary>128 bits, 4 samples a vector: SSE, Arm, WebAssembly.</summary>
    Lanes128 = 4,

    /// <summary>256 bits, 8 samples a vector: AVX2.</summary>
    Lanes256 = 8,

    /// <summary>512 bits, 16 samples a vector: AVX-512.</summary>
    Lanes512 = 16,
}

/// <summary>Facts about the vector widths of this machine.</summary>
internal static class LaneWidths
{
    /// <summary>The widest that the machine runs at full speed.</summary>
    public static LaneWidth Best =>
        Vector512.IsHardwareAccelerated ? LaneWidth.Lanes512 : Vector256.IsHardwareAccelerated ? LaneWidth.Lanes256 : LaneWidth.Lanes128;
}
