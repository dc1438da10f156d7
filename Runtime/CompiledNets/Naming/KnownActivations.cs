namespace CompiledNets.Naming;

/// <summary>
/// The names of activations, for the compiler and for readers of Keras's configs. A test holds them against the constants that users write
/// and the formulas that the compiler has.
/// </summary>
internal static class KnownActivations
{
    /// <summary>All names, in Keras's order.</summary>
    public static readonly string[] Names =
    [
        "linear", "relu", "relu6", "leaky_relu", "elu", "celu", "selu", "gelu", "gelu_approximate", "sigmoid", "log_sigmoid", "tanh",
        "softplus", "hard_sigmoid", "keras2_hard_sigmoid", "hard_silu",
        "hard_tanh", "silu", "mish", "softsign", "exponential", "softmax", "log_softmax", "glu", "soft_shrink", "hard_shrink",
        "tanh_shrink", "sparse_plus", "sparse_sigmoid",
        "squareplus", "sparsemax",
    ];

    /// <summary>The name for one of these, or for one of Keras's other words for it; null where there is none.</summary>
    public static string? Find(string name) => name switch
    {
        "swish" => "silu",
        "hard_swish" => "hard_silu",
        _ => Array.IndexOf(Names, name) < 0 ? null : name,
    };
}
