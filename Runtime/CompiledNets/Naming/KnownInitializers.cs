namespace CompiledNets.Naming;

/// <summary>
/// The names that attributes take for initializers, for the compiler. A test holds them against the constants that users write and the
/// classes that the runtime makes of them.
/// </summary>
internal static class KnownInitializers
{
    /// <summary>All names in snake case, Keras's short forms last.</summary>
    public static readonly string[] Names =
    [
        "zeros", "ones", "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal", "random_uniform",
        "random_normal", "truncated_normal",
        "variance_scaling", "orthogonal", "identity", "uniform", "normal", "zero", "one",
    ];
}
