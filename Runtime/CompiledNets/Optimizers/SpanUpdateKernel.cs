using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>The rule of an optimizer that is not one of ours, on spans.</summary>
internal sealed class SpanUpdateKernel : UpdateKernel
{
    private readonly Optimizer optimizer;
    private readonly OptimizerSlot[] state;

    public SpanUpdateKernel(Optimizer optimizer, Arena parameters, IReadOnlyList<string> names)
        : base(optimizer, parameters)
    {
        this.optimizer = optimizer;
        state = [.. names.Select((name, i) => AddSlot(name, i))];
    }

    protected override void Begin(long iteration, double learningRate) => optimizer.BeginRule(iteration, learningRate);

    protected override void Step(ref float gradient, int offset, int count)
    {
        Span<float> gradients = MemoryMarshal.CreateSpan(ref gradient, count), weights = Parameters.Span.Slice(offset, count);
        if (float.IsFinite(ClipLimit))
        {
            foreach (ref float number in gradients) number = number > ClipLimit ? ClipLimit : number < -ClipLimit ? -ClipLimit : number;
        }

        if (Decay != 0) TensorPrimitives.MultiplyAdd(weights, Decay, weights, weights);
        optimizer.UpdateRange(weights, gradients, new(state, offset, count));
    }
}
