using System.Runtime.CompilerServices;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>One position of a block of samples, as a loss sees it: the numbers of its classes one vector behind the other.</summary>
internal ref struct LossPosition
{
    /// <summary>What the network gives for the first class.</summary>
    public ref float Outputs;

    /// <summary>The target of the first class, or the class number.</summary>
    public ref float Targets;

    /// <summary>Where the gradient of the first class goes; a null reference where only the value is wanted.</summary>
    public ref float Gradient;

    /// <summary>How many classes.</summary>
    public int Classes;

    /// <summary>What a weighted value counts in the batch's loss.</summary>
    public float Scale;

    /// <summary>Whether the gradient is wanted.</summary>
    public readonly bool WantsGradient => !Unsafe.IsNullRef(ref Gradient);
}

/// <summary>A loss kernel that works position by position, so that a loss says what one position is worth and nothing else.</summary>
internal abstract class PositionLossKernel<T> : LossKernel where T : struct, ILanes<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override void Run(scoped in LossArguments arguments, int first, int last)
    {
        int positions = arguments.Positions, classes = arguments.Classes, targets = arguments.TargetStride / positions;
        bool wantsGradient = !Unsafe.IsNullRef(ref arguments.Gradient);
        LossPosition at = new() { Classes = classes, Scale = arguments.Scale };
        for (int block = first; block < last; block++)
        {
            for (int position = 0; position < positions; position++)
            {
                int output = ((block * arguments.OutputStride) + (position * classes)) * T.Count;
                int value = ((block * arguments.WeightStride) + position) * T.Count;
                at.Outputs = ref Unsafe.Add(ref arguments.Outputs, output);
                at.Targets = ref Unsafe.Add(ref arguments.Targets, ((block * arguments.TargetStride) + (position * targets)) * T.Count);
                if (wantsGradient) at.Gradient = ref Unsafe.Add(ref arguments.Gradient, output);
                Work(at, T.Load(ref arguments.Weights, value)).Store(ref arguments.Values, value);
            }
        }
    }

    /// <summary>Gives the weighted value of a position, and writes its gradient, weighted and scaled, where it is wanted.</summary>
    protected abstract T Work(scoped in LossPosition at, T weight);
}

/// <summary>A crossentropy: one kernel for probabilities and one for logits.</summary>
/// <param name="probabilities">Where the network gives probabilities.</param>
/// <param name="logits">Where it gives logits, or ends in the activation that the loss does without.</param>
/// <param name="fromLogits">Outputs are logits always.</param>
internal sealed class CrossentropyKernel(LossKernel probabilities, LossKernel logits, bool fromLogits) : LossKernel
{
    public override void Run(scoped in LossArguments arguments, int first, int last) =>
        (fromLogits || arguments.FromLogits ? logits : probabilities).Run(arguments, first, last);
}
