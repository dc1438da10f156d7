namespace CompiledNets;

/// <summary>How <see cref="AttentionAttribute"/> makes scores of a row of the query and one of the key.</summary>
public static class ScoreMode
{
    /// <summary>The sum of products q * k.</summary>
    public const string Dot = "dot";

    /// <summary>The sum of tanh(q + k), times a number that is trained.</summary>
    public const string Concat = "concat";
}
