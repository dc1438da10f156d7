namespace CompiledNets.Naming;

/// <summary>
/// The names that attributes take for regularizers, for the compiler. A test holds them against the classes that the runtime makes of them.
/// </summary>
internal static class KnownRegularizers
{
    /// <summary>All names in snake case.</summary>
    public static readonly string[] Names = ["l1", "l2", "l1l2", "orthogonal_regularizer"];
}
