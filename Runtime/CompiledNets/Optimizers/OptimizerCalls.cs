using System.Numerics.Tensors;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// An optimizer on variables that belong to no network, for optimization of one's own. The very kernels that training runs do the work.
/// </summary>
public abstract partial class Optimizer
{
    private VariableList? list;

    /// <summary>Takes one step: changes variables in place, and keeps the optimizer's state for the next call.</summary>
    /// <param name="gradients">A gradient for each variable, of its shape.</param>
    /// <param name="variables">The variables; the same number of them, with the same shapes, in each call.</param>
    /// <exception cref="ArgumentException">There are no gradients, or not one of its shape for each variable.</exception>
    /// <exception cref="InvalidOperationException">The optimizer has state for other variables, or for a network.</exception>
    public void Apply(IReadOnlyList<Tensor<float>> gradients, IReadOnlyList<Tensor<float>> variables) =>
        Apply(gradients, variables, LaneWidths.Best);

    internal void Apply(IReadOnlyList<Tensor<float>> gradients, IReadOnlyList<Tensor<float>> variables, LaneWidth width)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        ArgumentNullException.ThrowIfNull(variables);
        VariableList.CheckGradients(gradients, variables);
        VariableList now = list ?? new(variables);
        if (!now.Fits(variables)) throw BuiltForOthers();
        UpdateKernel update = KernelFor(width, now.Values);
        list = now;

        now.Read(variables, gradients);
        if (NeedsWholeGradient) PrepareGradients(update, now.Gradients, now.Places);
        BeginStep(update);
        now.Update(update);
        now.Write(variables);
    }
}
