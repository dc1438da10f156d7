namespace CompiledNets.Naming;

/// <summary>
/// The names that attributes take for constraints, for the compiler. A test holds them against the classes that the runtime makes of them.
/// </summary>
internal static class KnownConstraints
{
    /// <summary>All names in snake case.</summary>
    public static readonly string[] Names = ["max_norm", "non_neg", "unit_norm", "min_max_norm"];
}
