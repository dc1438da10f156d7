using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Kernels;

/// <summary>Which kernel prints which op.</summary>
internal static class KernelTable
{
    /// <summary>The kernel that works an op over blocks; null where it costs nothing there.</summary>
    public static Kernel? Blocks(Op op, BlockPlan plan) => Of(op, plan.LiesInOutput);

    /// <summary>The kernel that works an op over blocks; null where it costs nothing there.</summary>
    /// <param name="op">The op.</param>
    /// <param name="liesInOutput">Whether an input of a concatenation was made where it lies in the output.</param>
    public static Kernel? Of(Op op, Func<Concatenate, int, bool> liesInOutput) =>
        op.Facts.PartOfInput is not null || op is KnownState or RowPlaces ? null : op switch
        {
            Contraction c => ContractionKernel.Forward(c),
            ContractionInputGradient c => ContractionKernel.InputGradient(c),
            Gather g => GatherKernel.Blocks(g),
            Convolution { Winograd: { } w } c => WinogradKernel.Forward(c, w),
            Convolution c => ConvolutionKernel.Forward(c),
            ConvolutionInputGradient { Winograd: { } w } c => WinogradKernel.InputGradient(c, w),
            ConvolutionInputGradient c => ConvolutionKernel.InputGradient(c),
            ConvolutionTranspose c => ConvolutionKernel.Transposed(c),
            Pointwise p => PointwiseKernel.Blocks(p),
            Reduce r => ProductKernel.Blocks(r) ?? ReduceKernel.Blocks(r),
            Pool p => PoolKernel.Blocks(p),
            PoolGradient p => PoolKernel.Backward(p),
            Rowwise r => RowwiseKernel.Forward(r),
            RowwiseGradient r => RowwiseKernel.Backward(r),
            DropoutMask d => RandomKernel.Mask(d),
            NormalNumbers n => RandomKernel.Normal(n),
            Ramp r => RampKernel.Blocks(r),
            Turn t => MovementKernel.Turn(t),
            Slice s => MovementKernel.Slice(s),
            Spread s => SpreadKernel.Blocks(s),
            Resample r => ResampleKernel.Blocks(r),
            RandomImage r => AugmentationKernel.Forward(r),
            RandomImageGradient r => AugmentationKernel.Backward(r),
            Concatenate c => MovementKernel.Concatenate(c, input => liesInOutput(c, input)),
            SumOverSamples s => SumKernel.Blocks(s),
            BatchMoments { Mask: not null } m => MaskedMomentsKernel.Blocks(m),
            BatchMoments m => MomentsKernel.Blocks(m),
            BatchScalingSums s => ScalingSumsKernel.Blocks(s),
            _ => throw new InvalidOperationException($"No kernel for {op}."),
        };

    /// <summary>
    /// How wide the panels are, as an expression, in which the kernel of an op over blocks reads its second input; null where it reads
    /// that as it is.
    /// </summary>
    public static string? PanelWidth(Op op) => op switch
    {
        Contraction c when PanelKernel.Suits(c) => PanelKernel.WidthOf,
        Convolution { Winograd: null } c when ConvolutionKernel.PanelWidth(c) is > 0 and int width => CodeWriter.Int(width),
        _ => null,
    };

    /// <summary>The kernel that finishes an op once all blocks are done, or works it then or before them.</summary>
    public static Kernel After(Op op) => op switch
    {
        SumOverSamples s => SumKernel.After(s),
        BatchMoments { Mask: not null } m => MaskedMomentsKernel.After(m),
        BatchMoments m => MomentsKernel.After(m),
        BatchScalingSums s => ScalingSumsKernel.After(s),
        Pointwise p => PointwiseKernel.Single(p),
        SpectralDivision s => SpectralKernel.Once(s),
        RowPlaces r => GatherKernel.Places(r),
        _ => throw new InvalidOperationException($"Nothing to finish for {op}."),
    };

    /// <summary>The kernel that works an op over rows of weights.</summary>
    public static Kernel Rows(Op op) => op switch
    {
        ContractionWeightGradient c => PositionGradientKernel.Suits(c) ? PositionGradientKernel.Make(c) : WeightGradientKernel.Make(c),
        ConvolutionWeightGradient { Winograd: { } w } c => WinogradGradientKernel.Make(c, w),
        ConvolutionWeightGradient c => PositionGradientKernel.Suits(c) ? PositionGradientKernel.Make(c) : ConvolutionGradientKernel.Make(c),
        GatherGradient g => GatherKernel.Gradient(g),
        _ => throw new InvalidOperationException($"No kernel over rows for {op}."),
    };

    /// <summary>The kernel that works an op for one sample; null where it costs nothing.</summary>
    public static Kernel? Single(Op op) => op.Facts.PartOfInput is not null || op is KnownState ? null : op switch
    {
        Contraction c => ConvolutionRowKernel.OverPositions(c) is { } places ? ConvolutionRowKernel.Make(places) : RowKernel.Contraction(c),
        Convolution c => DepthwiseRowKernel.Suits(c) ? DepthwiseRowKernel.Make(c) : ConvolutionRowKernel.Make(c),
        ConvolutionTranspose c => TransposedRowKernel.Make(c),
        Gather g => GatherKernel.Single(g),
        Pointwise p => PointwiseKernel.Single(p),
        Reduce r => ProductRowKernel.Make(r) ?? ReduceKernel.Single(r),
        Pool p => PoolKernel.Single(p),
        Rowwise r => RowKernel.Rowwise(r),
        Ramp r => RampKernel.Single(r),
        Resample r => ResampleKernel.Single(r),
        Slice s => MovementKernel.SingleSlice(s),
        Spread s => SpreadKernel.Single(s),
        Concatenate c => MovementKernel.SingleConcatenate(c),
        _ => throw new InvalidOperationException($"No kernel of one sample for {op}."),
    };
}
