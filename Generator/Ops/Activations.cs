using static CompiledNets.Generator.Ops.Scalar;

namespace CompiledNets.Generator.Ops;

/// <summary>
/// Keras's elementwise activations, each as one expression; their derivatives follow from it. At kinks the order of operands gives the
/// derivative that TensorFlow has. Comparisons are written so that what is not a number comes to the branch that keeps it; max and min give
/// their second operand then.
/// </summary>
internal static class Activations
{
    private const double SeluScale = 1.0507009873554805;
    private const double SeluAlpha = 1.6732632423543772;
    private const double SqrtHalf = 0.70710678118654752;
    private const double SqrtTwoOverPi = 0.79788456080286536;

    private static readonly Dictionary<string, Func<Scalar, Scalar>> Table = new(StringComparer.Ordinal)
    {
        ["linear"] = x => x,
        ["relu"] = x => Max(0, x),
        ["relu6"] = x => Min(6, Max(0, x)),
        ["leaky_relu"] = x => IfGreater(x, 0, x, 0.2 * x),
        ["elu"] = Elu,
        ["celu"] = Elu,
        ["selu"] = x => IfGreaterOrEqual(x, 0, SeluScale * x, SeluScale * SeluAlpha * Expm1(x)),
        ["gelu"] = x => 0.5 * x * (1 + Erf(SqrtHalf * x)),
        ["gelu_approximate"] = x => 0.5 * x * (1 + Tanh(SqrtTwoOverPi * (x + (0.044715 * (x * x * x))))),
        ["sigmoid"] = Sigmoid,
        ["log_sigmoid"] = x => -Softplus(-x),
        ["tanh"] = Tanh,
        ["softplus"] = Softplus,
        ["hard_sigmoid"] = HardSigmoid,
        ["keras2_hard_sigmoid"] = x => Min(1, Max(0, (0.2 * x) + 0.5)),
        ["hard_silu"] = x => x * HardSigmoid(x),
        ["hard_tanh"] = x => IfGreater(-1, x, -1, IfGreater(x, 1, 1, x)),
        ["silu"] = x => x * Sigmoid(x),
        ["mish"] = x => x * Tanh(Softplus(x)),
        ["softsign"] = x => x / (1 + Abs(x)),
        ["exponential"] = Exp,
        ["soft_shrink"] = x => IfGreater(x, 0.5, x - 0.5, IfGreater(-0.5, x, x + 0.5, 0)),
        ["hard_shrink"] = x => IfGreater(Abs(x), 0.5, x, 0),
        ["tanh_shrink"] = x => x - Tanh(x),
        ["sparse_plus"] = x => IfGreaterOrEqual(-1, x, 0, IfGreater(1, x, 0.25 * ((x + 1) * (x + 1)), x)),
        ["sparse_sigmoid"] = x => IfGreaterOrEqual(-1, x, 0, IfGreaterOrEqual(x, 1, 1, 0.5 * (x + 1))),
        ["squareplus"] = x => 0.5 * (x + Sqrt((x * x) + 4)),
    };

    /// <summary>The expression of an activation; null where the name is none of an elementwise activation.</summary>
    public static Scalar? Expression(string name, Scalar argument) => Table.TryGetValue(name, out var make) ? make(argument) : null;

    /// <summary>Names of all elementwise activations.</summary>
    public static IEnumerable<string> Names => Table.Keys.OrderBy(name => name, StringComparer.Ordinal);

    private static Scalar Elu(Scalar x) => IfGreaterOrEqual(x, 0, x, Expm1(x));

    private static Scalar HardSigmoid(Scalar x) => Min(1, Max(0, ((1 / 6.0) * x) + 0.5));
}
