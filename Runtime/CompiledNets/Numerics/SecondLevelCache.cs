using System.Runtime.Intrinsics.X86;

namespace CompiledNets.Numerics;

/// <summary>The second-level cache of a core: what is worked in one go should fit into it.</summary>
internal static class SecondLevelCache
{
    /// <summary>What is assumed where the processor does not tell: the least of those of today's machines.</summary>
    private const int Usual = 512 * 1024;

    /// <summary>
    /// The function of CPUID that tells it, in the upper half of ECX, in kilobytes; Intel's processors have taken it over from AMD's.
    /// </summary>
    private const int Function = unchecked((int)0x80000006), Highest = unchecked((int)0x80000000);

    /// <summary>Its bytes.</summary>
    public static int Bytes { get; } = Read();

    private static int Read()
    {
        if (!X86Base.IsSupported || (uint)X86Base.CpuId(Highest, 0).Eax < unchecked((uint)Function)) return Usual;
        int kilobytes = X86Base.CpuId(Function, 0).Ecx >>> 16;
        return kilobytes is >= 128 and <= 65536 ? kilobytes * 1024 : Usual;
    }
}
