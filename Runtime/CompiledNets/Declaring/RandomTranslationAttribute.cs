namespace CompiledNets;

/// <summary>
/// Moves each image of a batch by random shares of its height and width, in training only: what ImageDataGenerator calls height and width
/// shift.
/// </summary>
/// <param name="heightFactor">The largest share of the height, up or down; from 0 to 1.</param>
/// <param name="widthFactor">The largest share of the width, to the left or right; from 0 to 1.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class RandomTranslationAttribute(double heightFactor, double widthFactor) : RandomWarpAttribute
{
    /// <summary>The largest share of the height.</summary>
    public double HeightFactor { get; } = heightFactor;

    /// <summary>The largest share of the width.</summary>
    public double WidthFactor { get; } = widthFactor;

    /// <summary>
    /// The least and the largest share of the height, down being positive, in place of <see cref="HeightFactor"/>; empty for none.
    /// </summary>
    public double[] HeightRange { get; set; } = [];

    /// <summary>
    /// The least and the largest share of the width, to the right being positive, in place of <see cref="WidthFactor"/>; empty for none.
    /// </summary>
    public double[] WidthRange { get; set; } = [];
}
