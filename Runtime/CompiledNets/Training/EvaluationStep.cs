using System.Runtime.CompilerServices;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>Runs a network's inference over a batch and judges it by its losses.</summary>
internal sealed class EvaluationStep(
    NetworkDescription description, NetworkProgram program, LaneWidth width, Arena parameters, WeightPenalties? penalties) : IWorkedBatch
{
    private readonly LanePacker packer = LanePacker.Of(width);
    private readonly BlockLayout layout = program.Inference;
    private readonly ActivityPenalties? activity = ActivityPenalties.Of(program.Inference, program.Lanes);
    private Arena blocks = new(0);

    /// <summary>The batch that was worked last.</summary>
    public Batch Batch { get; } = new();

    /// <summary>Works the rows <paramref name="first"/>, first + 1, ... of the data.</summary>
    /// <returns>The loss of the batch, with all penalties.</returns>
    public double Run(BatchSource data, int first, int samples, LossStages losses)
    {
        (int count, int floats) = BatchMemory.Of(description.Name, samples, layout.BlockSize, program.Lanes);
        int lanes = program.Lanes, stride = layout.BlockSize * lanes;
        if (blocks.Length < floats) blocks = new(floats);
        Batch.Take(default, first, samples, count * lanes);
        for (int i = 0; i < layout.Inputs.Length; i++)
        {
            ref float rows = ref data.Inputs[i].Start;
            packer.Gather(ref rows, description.Inputs[i].Size, ref Batch.Order[0], ref At(layout.Inputs[i]), stride, 0, count);
        }

        program.Predict(ref blocks.Start, ref parameters.Start, 0, count);
        losses.Begin(Batch, count, data);
        foreach ((int output, LossStage stage) in losses.Given)
        {
            ref readonly HeadLayout head = ref layout.Heads[output];
            stage.Run(Batch, data.Targets[output], ref blocks.Start, head, wantsGradient: false, layout.BlockSize, 0, count);
        }

        return losses.Value(count) + (penalties?.Evaluate() ?? 0) + (activity?.Value(ref blocks.Start, samples) ?? 0);
    }

    /// <inheritdoc/>
    public void ReadOutput(int output, Span<float> rows) => Read(output, layout.Heads[output].Output, rows);

    /// <inheritdoc/>
    public void ReadLogits(int output, Span<float> rows) => Read(output, layout.Heads[output].Logits, rows);

    private void Read(int output, int offset, Span<float> rows) =>
        packer.Unpack(
            ref At(offset), layout.BlockSize * program.Lanes, description.Outputs[output].Size, ref rows[0], Batch.Samples);

    private ref float At(int feature) => ref Unsafe.Add(ref blocks.Start, feature * program.Lanes);
}
