namespace CompiledNets;

/// <summary>What the sum of the weighted values of a batch is divided by to become its loss.</summary>
/// <param name="Value">The divisor; 0 where nothing counts, and then the loss is 0 too.</param>
internal readonly record struct LossDivisor(double Value)
{
    /// <summary>What one weighted value counts in the loss: <see cref="LossArguments.Scale"/>.</summary>
    public float Scale => Value == 0 ? 0 : (float)(1 / Value);

    /// <summary>The loss of a batch whose weighted values add up to <paramref name="sum"/>.</summary>
    public double Divide(double sum) => Value == 0 ? 0 : sum / Value;
}
