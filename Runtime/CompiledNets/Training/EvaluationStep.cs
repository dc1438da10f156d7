using System.Runtime.CompilerServices;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>Runs a network's inference over a batch and judges it by a loss.</summary>
internal sealed class EvaluationStep(NetworkDescription description, NetworkProgram program, LaneWidth width, Arena parameters)
{
    private readonly LanePacker packer = LanePacker.Of(width);
    private readonly BlockLayout layout = program.Inference;
    private readonly int inputSize = description.InputShape.Aggregate(1, (size, axis) => size * axis);
    private readonly int outputSize = description.OutputShape.Aggregate(1, (size, axis) => size * axis);
    private Arena blocks = new(0);

    /// <summary>The batch that was worked last.</summary>
    public Batch Batch { get; } = new();

    /// <summary>Works the rows <paramref name="first"/>, first + 1, ... of the data.</summary>
    /// <returns>The loss of the batch.</returns>
    public double Run(in BatchSource data, int first, int samples, LossStage loss)
    {
        (int count, int floats) = BatchMemory.Of(description.Name, samples, layout.BlockSize, program.Lanes);
        int lanes = program.Lanes, stride = layout.BlockSize * lanes;
        if (blocks.Length < floats) blocks = new(floats);
        Batch.Take(default, first, samples, count * lanes);
        packer.Gather(ref data.Features, inputSize, ref Batch.Order[0], ref At(layout.Inputs[0]), stride, 0, count);
        program.Predict(ref blocks.Start, ref parameters.Start, 0, count);
        loss.Begin(Batch, count, ref data.Targets, data.Weights, data.ValuesPerWeight);
        if (!loss.TargetsArePacked) loss.PackTargets(Batch, ref data.Targets, 0, count);
        loss.Run(ref At(loss.FromLogits ? layout.Heads[0].Logits : layout.Heads[0].Output), ref Unsafe.NullRef<float>(), layout.BlockSize, 0, count);
        return loss.Value(count);
    }

    /// <summary>The outputs of the batch, row after row.</summary>
    public void ReadOutputs(Span<float> rows) => Read(layout.Heads[0].Output, rows);

    /// <summary>The logits of the batch, row after row.</summary>
    public void ReadLogits(Span<float> rows) => Read(layout.Heads[0].Logits, rows);

    private void Read(int offset, Span<float> rows) =>
        packer.Unpack(ref At(offset), layout.BlockSize * program.Lanes, outputSize, ref rows[0], Batch.Samples);

    private ref float At(int feature) => ref Unsafe.Add(ref blocks.Start, feature * program.Lanes);
}
