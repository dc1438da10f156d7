using SkiaSharp;

namespace CompiledNets.Plots;

/// <summary>A line of a chart.</summary>
/// <param name="Name">Its name in the legend; empty for none.</param>
/// <param name="Xs">Where its points lie.</param>
/// <param name="Ys">Their values; what is not finite leaves a gap.</param>
/// <param name="Color">Its colour.</param>
/// <param name="IsDashed">Whether it is dashed.</param>
internal sealed record Curve(string Name, double[] Xs, double[] Ys, SKColor Color, bool IsDashed = false);
