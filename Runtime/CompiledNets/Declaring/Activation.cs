namespace CompiledNets;

/// <summary>Keras's activations, by the names that layer attributes take.</summary>
public static class Activation
{
    /// <summary>x.</summary>
    public const string Linear = "linear";

    /// <summary>max(x, 0).</summary>
    public const string Relu = "relu";

    /// <summary>min(max(x, 0), 6).</summary>
    public const string Relu6 = "relu6";

    /// <summary>x where positive, else 0.2 x.</summary>
    public const string LeakyRelu = "leaky_relu";

    /// <summary>x where positive, else e^x - 1.</summary>
    public const string Elu = "elu";

    /// <summary>As elu with alpha 1.</summary>
    public const string Celu = "celu";

    /// <summary>1.0507 times elu with alpha 1.6733.</summary>
    public const string Selu = "selu";

    /// <summary>x Φ(x), exactly.</summary>
    public const string Gelu = "gelu";

    /// <summary>gelu by the hyperbolic tangent (Keras: approximate=True).</summary>
    public const string GeluApproximate = "gelu_approximate";

    /// <summary>1 / (1 + e^-x).</summary>
    public const string Sigmoid = "sigmoid";

    /// <summary>log of the sigmoid.</summary>
    public const string LogSigmoid = "log_sigmoid";

    /// <summary>Hyperbolic tangent.</summary>
    public const string Tanh = "tanh";

    /// <summary>log(1 + e^x).</summary>
    public const string Softplus = "softplus";

    /// <summary>x / 6 + 1/2, cut to [0, 1].</summary>
    public const string HardSigmoid = "hard_sigmoid";

    /// <summary>
    /// min(max(0.2 x + 0.5, 0), 1): what Keras 1 and 2 call <c>hard_sigmoid</c>. Recurrent layers of their first versions have it at their
    /// gates.
    /// </summary>
    public const string Keras2HardSigmoid = "keras2_hard_sigmoid";

    /// <summary>x times the hard sigmoid.</summary>
    public const string HardSilu = "hard_silu";

    /// <summary>x cut to [-1, 1].</summary>
    public const string HardTanh = "hard_tanh";

    /// <summary>x times the sigmoid.</summary>
    public const string Silu = "silu";

    /// <summary>x tanh(softplus(x)).</summary>
    public const string Mish = "mish";

    /// <summary>x / (1 + |x|).</summary>
    public const string Softsign = "softsign";

    /// <summary>e^x.</summary>
    public const string Exponential = "exponential";

    /// <summary>e^x over the sum of e^x along the last axis.</summary>
    public const string Softmax = "softmax";

    /// <summary>log of the softmax.</summary>
    public const string LogSoftmax = "log_softmax";

    /// <summary>The first half of the last axis times the sigmoid of the second.</summary>
    public const string Glu = "glu";

    /// <summary>x moved towards zero by 1/2.</summary>
    public const string SoftShrink = "soft_shrink";

    /// <summary>x where |x| exceeds 1/2, else 0.</summary>
    public const string HardShrink = "hard_shrink";

    /// <summary>x - tanh(x).</summary>
    public const string TanhShrink = "tanh_shrink";

    /// <summary>0 up to -1, (x + 1)² / 4 up to 1, then x.</summary>
    public const string SparsePlus = "sparse_plus";

    /// <summary>(x + 1) / 2, cut to [0, 1].</summary>
    public const string SparseSigmoid = "sparse_sigmoid";

    /// <summary>(x + sqrt(x² + 4)) / 2.</summary>
    public const string Squareplus = "squareplus";

    /// <summary>max(x - τ, 0) with the threshold as Keras computes it.</summary>
    public const string Sparsemax = "sparsemax";
}
