using System.Runtime.CompilerServices;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>Runs a network's inference over a batch and judges it by its losses; a team shares it by blocks.</summary>
internal sealed class EvaluationStep(
    NetworkDescription description, NetworkProgram program, LaneWidth width, Arena parameters, WeightPanels panels,
    WeightPenalties? penalties, BatchStates? states = null) : TeamWork, IWorkedBatch
{
    private readonly LanePacker packer = LanePacker.Of(width);
    private readonly BlockLayout layout = program.Inference;
    private readonly ActivityPenalties? activity = ActivityPenalties.Of(program.Inference, program.Lanes);
    private readonly BlockUnits units = new((long)program.Inference.BlockSize * program.Lanes, parameters.Length, SecondLevelCache.Bytes);
    private Arena blocks = new(0);
    private Arena panel = new(0);
    private BatchSource? source;
    private LossStages? stages;
    private int count;
    private bool predicts;
    private bool judges;

    /// <summary>Most threads that may share a batch.</summary>
    public int Threads { get; set; } = 1;

    /// <summary>The batch that was worked last.</summary>
    public Batch Batch { get; } = new();

    /// <summary>Works the rows <paramref name="first"/>, first + 1, ... of the data.</summary>
    /// <returns>The loss of the batch, with all penalties.</returns>
    public double Run(BatchSource data, int first, int samples, LossStages losses)
    {
        (count, int floats) = BatchMemory.Of(description.Name, samples, layout.BlockSize, program.Lanes);
        if (blocks.Length < floats) blocks = new(floats);
        Batch.Take(default, first, samples, count * program.Lanes);
        panel = panels.For(program);
        states?.Begin(samples);
        bool haveMasks = losses.HaveMasks(layout);
        if (!haveMasks) losses.Begin(Batch, count, data);
        (source, stages) = (data, losses);
        int workers = samples * program.Work >= Predictor.WorkThreshold ? Math.Min(Threads, count) : 1;
        try
        {
            (predicts, judges) = (true, !haveMasks);
            WorkerTeam.Shared.Run(this, workers);
            if (haveMasks)
            {
                losses.Begin(Batch, count, data, ref blocks.Start, layout);
                (predicts, judges) = (false, true);
                WorkerTeam.Shared.Run(this, workers);
            }
        }
        finally
        {
            (source, stages) = (null, null);
        }

        return losses.Value(count) + (penalties?.Evaluate() ?? 0) + (activity?.Value(ref blocks.Start, samples) ?? 0);
    }

    public override int UnitsOf(int worker, int workers) => units.Count(count, worker, workers);

    public override void Run(int owner, int unit, int workers, int worker)
    {
        (int first, int last) = units.Of(count, owner, unit, workers);
        if (predicts) Predict(first, last);
        if (judges) Judge(first, last);
    }

    private void Predict(int first, int last)
    {
        int stride = layout.BlockSize * program.Lanes;
        for (int i = 0; i < layout.Inputs.Length; i++)
        {
            ref float rows = ref source!.Inputs[i].Start;
            packer.Gather(ref rows, description.Inputs[i].Size, ref Batch.Order[0], ref At(layout.Inputs[i]), stride, first, last);
        }

        ref float block = ref Unsafe.Add(ref blocks.Start, first * stride);
        states?.Pack(ref block, layout, first, last - first);
        program.Predict(ref blocks.Start, ref parameters.Start, ref panel.Start, first, last);
        states?.Take(ref block, layout, first, last - first);
    }

    private void Judge(int first, int last)
    {
        foreach ((int output, LossStage stage) in stages!.Given)
        {
            ref readonly HeadLayout head = ref layout.Heads[output];
            stage.Run(Batch, source!.Targets[output], ref blocks.Start, head, wantsGradient: false, layout.BlockSize, first, last);
        }
    }

    /// <inheritdoc/>
    public void ReadOutput(int output, Span<float> rows) => Read(output, layout.Heads[output].Output, rows);

    /// <inheritdoc/>
    public int MaskSize(int output) => layout.Heads[output].MaskSize;

    /// <inheritdoc/>
    public void ReadMask(int output, Span<float> rows) => packer.Unpack(
        ref At(layout.Heads[output].Mask), layout.BlockSize * program.Lanes, MaskSize(output), ref rows[0], Batch.Samples);

    /// <inheritdoc/>
    public void ReadLogits(int output, Span<float> rows) => Read(output, layout.Heads[output].Logits, rows);

    private void Read(int output, int offset, Span<float> rows) =>
        packer.Unpack(
            ref At(offset), layout.BlockSize * program.Lanes, description.Outputs[output].Size, ref rows[0], Batch.Samples);

    private ref float At(int feature) => ref Unsafe.Add(ref blocks.Start, feature * program.Lanes);
}
