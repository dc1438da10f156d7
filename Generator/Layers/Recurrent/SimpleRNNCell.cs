using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>h' = activation(x · kernel + bias + h · recurrent_kernel).</summary>
internal sealed record SimpleRNNCell : RecurrentCell
{
    protected override int Gates => 1;

    protected override IReadOnlyList<Value> Step(Lowering lowering, Value projected, IReadOnlyList<Value> states, Value recurrent) =>
        [Activate(lowering, Activation, Sum(lowering, projected, recurrent))];
}
