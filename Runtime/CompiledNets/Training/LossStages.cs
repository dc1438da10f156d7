using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>
/// What stands between forward and backward pass: the loss of each output, and their weighted sum, which training makes small.
/// </summary>
/// <param name="stages">By output; null where it has no loss.</param>
internal sealed class LossStages(LossStage?[] stages)
{
    /// <summary>The losses that there are, with the numbers of their outputs.</summary>
    public (int Output, LossStage Stage)[] Given { get; } = ThoseOf(stages);

    /// <summary>The loss of an output; null where it has none.</summary>
    public LossStage? this[int output] => stages[output];

    /// <summary>
    /// By output, whether the backward pass begins at its logits. An output without a loss gives a gradient of zero, and the last
    /// activation is not needed for that.
    /// </summary>
    public void ChooseLogits(bool[] fromLogits, HeadLayout[] heads)
    {
        for (int output = 0; output < stages.Length; output++)
            fromLogits[output] = stages[output]?.FromLogits ?? heads[output].LogitsGradient >= 0;
    }

    /// <summary>Sets weights and divisors for a batch.</summary>
    public void Begin(Batch batch, int blocks, BatchSource data)
    {
        foreach ((int output, LossStage stage) in Given) stage.Begin(batch, blocks, data.Targets[output], data.Count);
    }

    /// <summary>
    /// Sets weights and divisors for a batch whose outputs are worked, since which of their steps are there depends on the inputs.
    /// </summary>
    public void Begin(Batch batch, int blocks, BatchSource data, ref float arena, BlockLayout layout)
    {
        foreach ((int output, LossStage stage) in Given)
            stage.Begin(batch, blocks, data.Targets[output], data.Count, new(ref arena, layout.Heads[output], layout.BlockSize));
    }

    /// <summary>Whether any of the outputs that are judged has steps that may not be there.</summary>
    public bool HaveMasks(BlockLayout layout)
    {
        foreach ((int output, _) in Given)
            if (layout.Heads[output].MaskSize > 0) return true;
        return false;
    }

    /// <summary>The loss of the batch, once all blocks are done. That of each output is in its stage then.</summary>
    public double Value(int blocks)
    {
        double sum = 0;
        foreach ((_, LossStage stage) in Given) sum += stage.TakeValue(blocks) * stage.Weight;
        return sum;
    }

    // A loop: of sequences of pairs the JIT would compile some thirty methods before the first step.
    private static (int Output, LossStage Stage)[] ThoseOf(LossStage?[] stages)
    {
        var given = new (int Output, LossStage Stage)[stages.Length - stages.Count(stage => stage is null)];
        for (int output = 0, next = 0; output < stages.Length; output++)
            if (stages[output] is { } stage) given[next++] = (output, stage);
        return given;
    }
}
