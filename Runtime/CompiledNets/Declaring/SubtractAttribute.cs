namespace CompiledNets;

/// <summary>
/// The first value minus the second, element by element; exactly two. Axes of size 1, and those that a value of lower rank lacks in front,
/// repeat.
/// </summary>
/// <param name="nodes">Names of the nodes.</param>
public sealed class SubtractAttribute(params string[] nodes) : MergeAttribute(nodes);
