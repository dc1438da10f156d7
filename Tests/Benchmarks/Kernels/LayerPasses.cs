using System.Reflection;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets.Benchmarks.Kernels;

/// <summary>The passes of a compiled layer over a batch on one thread, each by itself, as training calls them.</summary>
internal sealed class LayerPasses
{
    private readonly NetworkProgram program;
    private readonly Step step;
    private readonly ParameterChunks chunks;
    private readonly Arena gradient;
    private readonly Arena room;

    /// <summary>Readies the layer for vectors of a width.</summary>
    public LayerPasses(LayerNetwork layer, LaneWidth width)
    {
        Model model = layer.Create();
        MethodInfo create = model.GetType().GetMethod("CreateProgram", BindingFlags.Instance | BindingFlags.NonPublic)!;
        program = (NetworkProgram)create.Invoke(model, [width])!;
        int blocks = (layer.Batch + program.Lanes - 1) / program.Lanes;
        BlockLayout layout = program.Training;
        step = new Step(model.Description, program, model.Parameters, new Arena(program.SharedSize),
            new Arena(blocks * layout.BlockSize * program.Lanes), model.Frozen)
        {
            Samples = layer.Batch,
            BlockCount = blocks,
            IsTraining = true,
            Panels = model.Panels.For(program),
        };
        step.FromLogits[0] = layout.Heads[0].Logits >= 0;
        step.Serve(wantsInputGradients: true);
        Random random = new(1);
        foreach (ref float value in step.Blocks.Span) value = random.NextSingle() - 0.5f;
        chunks = new(model.Description.Groups, [.. Enumerable.Range(0, model.Description.Groups.Length).Select(program.Taps)], model.Frozen);
        gradient = new(chunks.Choose(workers: 1, layer.Batch) + Arena.Slack);
        room = new(program.GradientRoom);
    }

    /// <summary>Outputs.</summary>
    public void Forward() => program.Forward(0, step, 0, step.BlockCount);

    /// <summary>The gradient of the inputs, with all that the gradient of the weights needs: that of the logits, turned.</summary>
    public void InputGradient() => program.Backward(0, step, 0, step.BlockCount);

    /// <summary>The gradient of the weights, without the optimizer.</summary>
    public void WeightGradient()
    {
        foreach (ref readonly ParameterChunk chunk in chunks.Of(worker: 0))
            program.Gradient(chunk.Group, step, chunk.FirstRow, chunk.LastRow, ref gradient.Start, ref room.Start);
    }
}
