using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Layers;

/// <summary>The arguments that all convolutions share: the size of the kernel and how it moves over an image.</summary>
/// <param name="Dimensions">Axes of the image, channels aside.</param>
/// <param name="KernelSize">Places of the kernel along each axis.</param>
/// <param name="Strides">Places from one position to the next.</param>
/// <param name="Padding">What lies beyond the border: <c>valid</c>, <c>same</c> or <c>causal</c>.</param>
/// <param name="DilationRate">Places of the image from one place of the kernel to the next.</param>
internal sealed record KernelMotion(
    int Dimensions, EquatableArray<int> KernelSize, EquatableArray<int> Strides, string Padding, EquatableArray<int> DilationRate)
{
    /// <summary>Reads the arguments.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="dimensions">Axes of the image, channels aside.</param>
    /// <param name="isCausal">Whether all zeros may stand before a series.</param>
    public static KernelMotion Resolve(Arguments arguments, int dimensions, bool isCausal = false) => new(
        arguments.ChannelsLast(dimensions),
        arguments.Sizes(nameof(KernelSize), dimensions, null),
        arguments.Sizes(nameof(Strides), dimensions, 1),
        arguments.Choice(nameof(Padding), "valid", "padding", isCausal ? ["valid", "same", "causal"] : ["valid", "same"]),
        arguments.Sizes(nameof(DilationRate), dimensions, 1));

    /// <summary>Places of the image that the kernel spans along each axis.</summary>
    public IEnumerable<long> Spans => KernelSize.Select((_, axis) => Math.Min(Span(axis), int.MaxValue));

    /// <summary>Places of the image that the kernel spans along an axis.</summary>
    public long Span(int axis) => (((long)KernelSize[axis] - 1) * DilationRate[axis]) + 1;

    /// <summary>Whether strides and dilations go together; a finding where they do not.</summary>
    public bool IsPossible(ShapeContext context)
    {
        if (Strides.All(stride => stride == 1) || DilationRate.All(dilation => dilation == 1)) return true;
        context.Findings.Add(DiagnosticDescriptors.StridesAndDilations.Id, context.Index, nameof(DilationRate), context.Name,
            WindowShapes.Sizes(Strides), WindowShapes.Sizes(DilationRate));
        return false;
    }
}
