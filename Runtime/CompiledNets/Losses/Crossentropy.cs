using System.Diagnostics;
using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>
/// The string <c>crossentropy</c>: the binary, categorical or sparse categorical one, whichever fits the shapes of targets and outputs.
/// </summary>
internal sealed class Crossentropy() : Loss("crossentropy")
{
    internal override Loss For(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape) =>
        TargetKinds.Of(targetShape, outputShape) switch
        {
            TargetKind.Binary => new BinaryCrossentropy { Reduction = Reduction },
            TargetKind.SparseCategorical => new SparseCategoricalCrossentropy { Reduction = Reduction },
            _ => new CategoricalCrossentropy { Reduction = Reduction },
        };

    internal override LossKernel CreateKernel<T>() => throw new UnreachableException("Which crossentropy it is was not asked.");
}
