namespace CompiledNets;

/// <summary>How the outputs of both directions of a <see cref="BidirectionalAttribute"/> become one.</summary>
public static class MergeMode
{
    /// <summary>Side by side.</summary>
    public const string Concat = "concat";

    /// <summary>Their sum.</summary>
    public const string Sum = "sum";

    /// <summary>Their product.</summary>
    public const string Mul = "mul";

    /// <summary>Their mean.</summary>
    public const string Ave = "ave";

    /// <summary>They stay two, which nodes take as <c>"forward"</c> and <c>"backward"</c>.</summary>
    public const string None = "none";
}
