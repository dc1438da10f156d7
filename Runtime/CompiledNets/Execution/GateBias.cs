using System.ComponentModel;

namespace CompiledNets.Execution;

/// <summary>How biases of gates start. Generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GateBias
{
    /// <summary>Starts the bias of an LSTM: that of the forget gate, the second of four, at 1, the others by an initializer.</summary>
    /// <param name="others">Fills the biases of the other gates.</param>
    public static Initializer UnitForget(Initializer others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return new UnitForgetBias(others);
    }

    private sealed class UnitForgetBias(Initializer others) : Initializer
    {
        public override void Fill(Span<float> values, ReadOnlySpan<int> shape, ulong seed)
        {
            int units = values.Length / 4;
            others.Fill(values, shape, seed);
            values.Slice(units, units).Fill(1);
        }
    }
}
