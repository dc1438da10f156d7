using System.Reflection;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets.Benchmarks.Optimizers;

/// <summary>What a training step does with a table after the backward pass: its gradient, handed to Adam, shared by the team.</summary>
internal sealed class EmbeddingUpdate : TeamWork
{
    private readonly Adam optimizer = new();
    private readonly NetworkProgram program;
    private readonly Step step;
    private readonly ParameterChunks chunks;
    private readonly TableUpdate tables;
    private readonly UpdateKernel kernel;
    private readonly Arena[] rooms;

    /// <summary>Readies it, with the indices and some gradients where a backward pass leaves them.</summary>
    public EmbeddingUpdate(int threads)
    {
        EmbeddingNet model = new(seed: 1);
        MethodInfo create = model.GetType().GetMethod("CreateProgram", BindingFlags.Instance | BindingFlags.NonPublic)!;
        program = (NetworkProgram)create.Invoke(model, [LaneWidths.Best])!;
        BlockLayout layout = program.Training;
        int blocks = (EmbeddingStep.Batch + program.Lanes - 1) / program.Lanes;
        step = new(model.Description, program, model.Parameters, new(program.SharedSize), new(blocks * layout.BlockSize * program.Lanes),
            model.Frozen)
        {
            Samples = EmbeddingStep.Batch,
            BlockCount = blocks,
            IsTraining = true,
        };
        step.Serve(wantsInputGradients: false);
        Random random = new(1);
        foreach (ref float value in step.Blocks.Span) value = random.NextSingle() - 0.5f;
        for (int b = 0; b < blocks; b++)
        {
            Span<float> indices = step.Blocks.Span.Slice(
                ((b * layout.BlockSize) + layout.Inputs[0]) * program.Lanes, EmbeddingNet.Steps * program.Lanes);
            foreach (ref float index in indices) index = random.Next(EmbeddingNet.Rows);
        }

        ParameterGroup[] groups = model.Description.Groups;
        chunks = new(groups, [.. Enumerable.Range(0, groups.Length).Select(program.Taps)], model.Frozen);
        tables = new(program, step, groups);
        kernel = optimizer.KernelFor(LaneWidths.Best, model.Parameters);
        kernel.Layout.Choose(groups, model.Frozen);
        chunks.Choose(threads, EmbeddingStep.Batch);
        rooms = [.. Enumerable.Range(0, threads).Select(_ => new Arena(tables.Room))];
    }

    /// <summary>Takes updates.</summary>
    public void Run(int times, int threads)
    {
        for (int i = 0; i < times; i++)
        {
            program.AfterBackward(0, step);
            optimizer.BeginStep(kernel);
            WorkerTeam.Shared.Run(this, threads);
        }
    }

    public override int UnitsOf(int worker, int workers) => chunks.Of(worker).Length;

    public override void Run(int owner, int unit, int workers, int worker)
    {
        ref readonly ParameterChunk chunk = ref chunks.Of(owner)[unit];
        if (chunk.Group == 0) tables.Run(chunk.Runs[0], kernel, rooms[worker]);
    }
}
