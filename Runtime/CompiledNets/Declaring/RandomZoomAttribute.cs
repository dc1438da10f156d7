namespace CompiledNets;

/// <summary>Makes each image of a batch larger or smaller around its middle, by random factors, in training only.</summary>
/// <param name="heightFactor">The largest change of the height: 0.2 for from 20 % larger to 20 % smaller; from 0 to 1.</param>
/// <param name="widthFactor">The largest change of the width; left out, it is that of the height, so that nothing is distorted.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class RandomZoomAttribute(double heightFactor, double widthFactor = double.PositiveInfinity) : RandomWarpAttribute
{
    /// <summary>The largest change of the height.</summary>
    public double HeightFactor { get; } = heightFactor;

    /// <summary>The largest change of the width; infinite for that of the height.</summary>
    public double WidthFactor { get; } = widthFactor;

    /// <summary>
    /// The least and the largest change of the height, in place of <see cref="HeightFactor"/>: -0.2 makes the image 20 % larger, 0.2
    /// smaller. Empty for none.
    /// </summary>
    public double[] HeightRange { get; set; } = [];

    /// <summary>The least and the largest change of the width, in place of <see cref="WidthFactor"/>; empty for none.</summary>
    public double[] WidthRange { get; set; } = [];
}
