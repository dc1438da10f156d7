namespace CompiledNets;

/// <summary>
/// The sum of the values, element by element. Axes of size 1, and those that a value of lower rank lacks in front, repeat.
/// </summary>
/// <param name="nodes">Names of the nodes.</param>
public sealed class AddAttribute(params string[] nodes) : MergeAttribute(nodes);
