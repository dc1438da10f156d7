using System.Numerics.Tensors;
using CompiledNets.Data;
using CompiledNets.Initializers;

namespace CompiledNets.Tests.Training;

[Network]
[Input(6)]
[Dense(10, Activation.Relu)]
[Dense(1, Activation.Sigmoid)]
internal sealed partial class BinaryNet;

[Network]
[Input(4)]
[Dense(12, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
internal sealed partial class ClassNet;

/// <summary>Large enough that steps are shared by threads, with a phase for batch statistics and random masks.</summary>
[Network]
[Input(64)]
[Dense(100, Activation.Relu)]
[BatchNormalization]
[Dropout(0.3)]
[Dense(83, Activation.Gelu)]
[Dense(3, Activation.Softmax)]
internal sealed partial class WideNet;

/// <summary>Large enough that threads share a single row.</summary>
[Network]
[Input(300)]
[Dense(310, Activation.Relu)]
[Dense(280, Activation.Tanh)]
[Dense(5, Activation.Softmax)]
internal sealed partial class SharedRowNet;

/// <summary>One output that is no probability, after a layer that learns from data before training.</summary>
[Network]
[Input(3)]
[Normalization]
[Dense(1)]
internal sealed partial class NormalizedNet;

/// <summary>The outputs of a few thousand samples are more than an array holds.</summary>
[Network]
[Input(1)]
[Dense(1_000_000, UseBias = false)]
internal sealed partial class WideOutputNet;

/// <summary>Data that is the same on every run.</summary>
internal static class Examples
{
    /// <summary>Features of a seed, standard normal.</summary>
    public static Tensor<float> Features(int rows, int columns, ulong seed = 5)
    {
        float[] values = new float[rows * columns];
        new RandomNormal(stddev: 1).Fill(values, [rows, columns], seed);
        return Tensor.Create(values, [rows, columns]);
    }

    /// <summary>Yes where the first two features have one sign.</summary>
    public static Dataset Binary(int rows)
    {
        Tensor<float> x = Features(rows, 6);
        float[] y = [.. Enumerable.Range(0, rows).Select(i => x[i, 0] * x[i, 1] > 0 ? 1f : 0f)];
        return new(x, Tensor.Create(y, [rows, 1]));
    }

    /// <summary>Three classes by the first feature.</summary>
    public static Dataset Classes(int rows, int columns)
    {
        Tensor<float> x = Features(rows, columns);
        float[] y = [.. Enumerable.Range(0, rows).Select(i => x[i, 0] < -0.4f ? 0f : x[i, 0] > 0.4f ? 2f : 1f)];
        return new(x, Tensor.Create(y, [rows]));
    }
}
