namespace CompiledNets;

/// <summary>
/// The products of two values summed over an axis of each: of (samples, 10, 4) and (samples, 4, 7) with axes 2 and 1 it is (samples, 10,
/// 7); of two vectors it is (samples, 1).
/// </summary>
/// <param name="nodes">Names of the nodes; two values in all.</param>
public sealed class DotAttribute(params string[] nodes) : MergeAttribute(nodes)
{
    /// <summary>The axis of both, the batch being 0; negative ones count from the end. This or <see cref="Axes"/> is given.</summary>
    public int Axis { get; set; }

    /// <summary>The axis of each: <c>Axes = new[] { 2, 1 }</c>.</summary>
    public int[]? Axes { get; set; }

    /// <summary>
    /// Whether the values are scaled to length 1 along the axes first: the result of two vectors is the cosine between them then. Default:
    /// false.
    /// </summary>
    public bool Normalize { get; set; }
}
