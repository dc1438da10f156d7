using System.ComponentModel;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>An optimizer's update rule for one lane width, over one parameter arena, with the optimizer's state beside it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class UpdateKernel
{
    /// <summary>Makes what is the same for all parameters of a step: the step size, say. Called once a step, before any update.</summary>
    /// <param name="iteration">Steps taken before this one.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    public abstract void BeginStep(long iteration, double learningRate);

    /// <summary>
    /// Updates parameters [<paramref name="offset"/>, offset + <paramref name="count"/>), whose gradients lie at <paramref name="gradient"/>. The offset is a multiple of 16;
    /// up to the next multiple of 16 behind the end there is padding, whose gradient is zero and which may be updated too. May be called for different ranges at once.
    /// </summary>
    public abstract void Update(ref float gradient, int offset, int count);
}
