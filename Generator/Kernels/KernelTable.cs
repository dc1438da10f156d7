using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Kernels;

/// <summary>Which kernel prints which op.</summary>
internal static class KernelTable
{
    /// <summary>The kernel that works an op over blocks; null where it costs nothing there.</summary>
    public static Kernel? Blocks(Op op, bool backward) => op switch
    {
        Contraction c => ContractionKernel.Forward(c),
        ContractionInputGradient c => ContractionKernel.InputGradient(c),
        Pointwise p => PointwiseKernel.Make(p, backward ? "backward" : "forward"),
        Rowwise r => RowwiseKernel.Forward(r),
        RowwiseGradient r => RowwiseKernel.Backward(r),
        DropoutMask d => DropoutKernel.Make(d),
        Turn t => MovementKernel.Turn(t),
        SumOverSamples s => SumKernel.Block(s),
        BatchMoments m => MomentsKernel.Block(m),
        Reshape => null,
        _ => throw new InvalidOperationException($"No kernel for {op}."),
    };

    /// <summary>The kernel that finishes an op once all blocks are done.</summary>
    public static Kernel After(Op op) => op switch
    {
        SumOverSamples s => SumKernel.After(s),
        BatchMoments m => MomentsKernel.After(m),
        _ => throw new InvalidOperationException($"Nothing to finish for {op}."),
    };

    /// <summary>The kernel that works an op for one sample; null where it costs nothing.</summary>
    public static Kernel? Row(Op op) => op switch
    {
        Contraction c => RowKernel.Contraction(c),
        Pointwise p => RowKernel.Pointwise(p),
        Rowwise r => RowKernel.Rowwise(r),
        Reshape => null,
        _ => throw new InvalidOperationException($"No kernel of one row for {op}."),
    };
}
