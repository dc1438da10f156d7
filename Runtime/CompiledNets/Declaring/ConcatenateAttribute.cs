namespace CompiledNets;

/// <summary>The values side by side along an axis; their other axes are equal.</summary>
/// <param name="nodes">Names of the nodes.</param>
public sealed class ConcatenateAttribute(params string[] nodes) : MergeAttribute(nodes)
{
    /// <summary>The axis, the batch being 0; negative ones count from the end. Default: -1.</summary>
    public int Axis { get; set; } = -1;
}
