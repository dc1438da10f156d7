using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Training;

/// <summary>Kernels over their largest singular value: in every way of training, and in no other.</summary>
[Collection(nameof(Alone))]
public sealed class SpectralNormalizationTests
{
    private static readonly Tensor<float> X = Examples.Features(40, 6), Y = Examples.Features(40, 1, seed: 9);

    [Fact]
    public void Weights_are_those_of_Keras()
    {
        SpectralNet model = new(1);
        Assert.Equal(["spectral_normalization", "head", "dense_2"], model.Layers.Select(layer => layer.Name));
        Assert.Equal(["kernel", "vector_u", "bias", "kernel", "vector_u", "kernel", "bias"], model.Weights.Select(weight => weight.Name));
        Assert.Equal([1, 9], model.SpectralNormalization.VectorU.Shape);
        Assert.False(model.SpectralNormalization.VectorU.Trainable);
        Assert.NotEqual(0, model.SpectralNormalization.VectorU.Values[0]);
        Assert.InRange(TensorPrimitives.Norm(model.SpectralNormalization.VectorU.Values), 0.001f, 0.04f * 3);
    }

    [Fact]
    public void Training_divides_kernels_and_inference_leaves_them()
    {
        SpectralNet model = new(1);
        float[] kernel = [.. model.SpectralNormalization.Kernel.Values];
        model.Predict(X);
        model.Forward(X, training: false);
        Assert.Equal(kernel, model.SpectralNormalization.Kernel.Values.ToArray());
        for (int pass = 0; pass < 60; pass++) model.Forward(X, training: true);
        Assert.Equal(1, Singular(model.SpectralNormalization.Kernel), 1e-4);
        Assert.Equal(1, TensorPrimitives.Norm(model.Head.Kernel.Values), 1e-5f);
        Assert.Equal(1, TensorPrimitives.Norm(model.SpectralNormalization.VectorU.Values), 1e-5f);

        // What is divided keeps its direction.
        Assert.Equal(1, TensorPrimitives.CosineSimilarity<float>(kernel, model.SpectralNormalization.Kernel.Values), 1e-5f);
    }

    [Fact]
    public void A_step_is_that_of_the_divided_kernel()
    {
        SpectralNet model = new(1);
        SpectralPlainNet plain = new(1);
        model.Forward(X, training: true);
        Copy(model, plain);
        model.Compile(new SGD(0.1), "mse");
        plain.Compile(new SGD(0.1), "mse");

        // Of a kernel whose direction u is known; another division changes it by rounding alone.
        for (int pass = 0; pass < 200; pass++) model.Forward(X, training: true);
        Copy(model, plain);
        Assert.Equal(plain.TrainOnBatch(X.ToArray(), Y.ToArray()), model.TrainOnBatch(X.ToArray(), Y.ToArray()), 1e-5);
        Near(plain.Dense.Kernel, model.SpectralNormalization.Kernel);
        Near(plain.Dense.Bias, model.SpectralNormalization.Bias);
        Near(plain.Dense2.Kernel, model.Dense2.Kernel);
    }

    [Fact]
    public void A_kernel_of_zeros_stays()
    {
        SpectralNet model = new(1);
        model.SpectralNormalization.Kernel.Assign(Tensor.Create(new float[54], [6, 9]));
        float[] u = [.. model.SpectralNormalization.VectorU.Values];
        model.Forward(X, training: true);
        Assert.Equal(new float[54], model.SpectralNormalization.Kernel.Values.ToArray());
        Assert.Equal(u, model.SpectralNormalization.VectorU.Values.ToArray());
    }

    [Fact]
    public void A_frozen_layer_is_divided_too_as_in_Keras()
    {
        SpectralNet model = new(1);
        model.Compile("adam", "mse");
        model.SpectralNormalization.Trainable = false;
        float[] kernel = [.. model.SpectralNormalization.Kernel.Values], bias = [.. model.SpectralNormalization.Bias.Values];
        model.TrainOnBatch(X, Y);
        float factor = model.SpectralNormalization.Kernel.Values[0] / kernel[0];
        Assert.NotEqual(1, factor);
        for (int i = 0; i < kernel.Length; i++) Assert.Equal(kernel[i] * factor, model.SpectralNormalization.Kernel.Values[i], 1e-5f);
        Assert.Equal(bias, model.SpectralNormalization.Bias.Values.ToArray());
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        Tensor<float> x = Examples.Features(96, 40), y = Examples.Features(96, 1, seed: 4);
        float[] one = Trained(1);
        Assert.Equal(one, Trained(2));
        Assert.Equal(one, Trained(3));

        float[] Trained(int threads)
        {
            SpectralWideNet model = new(3) { Threads = threads };
            model.Compile(new Adam(0.01), "mse");
            model.Fit(x, y, batchSize: 96, epochs: 4, verbose: Verbose.Silent);
            return [.. model.Weights.SelectMany(weight => weight.Values.ToArray())];
        }
    }

    private static void Copy(SpectralNet from, SpectralPlainNet to)
    {
        to.Dense.Kernel.Assign(from.SpectralNormalization.Kernel.ToTensor());
        to.Dense.Bias.Assign(from.SpectralNormalization.Bias.ToTensor());
        to.Dense1.Kernel.Assign(from.Head.Kernel.ToTensor());
        to.Dense2.Kernel.Assign(from.Dense2.Kernel.ToTensor());
        to.Dense2.Bias.Assign(from.Dense2.Bias.ToTensor());
    }

    private static void Near(ModelWeight expected, ModelWeight actual)
    {
        for (int i = 0; i < expected.Values.Length; i++) Assert.Equal(expected.Values[i], actual.Values[i], 1e-5f);
    }

    // The largest singular value, by many steps of power iteration in double precision.
    private static double Singular(ModelWeight kernel)
    {
        int rows = kernel.Shape[0], columns = kernel.Shape[1];
        double[] u = [.. Enumerable.Range(0, columns).Select(n => 1.0 + n)], v = new double[rows];
        double norm = 0;
        for (int step = 0; step < 1000; step++)
        {
            for (int k = 0; k < rows; k++) v[k] = Enumerable.Range(0, columns).Sum(n => kernel.Values[(k * columns) + n] * u[n]);
            double length = Math.Sqrt(v.Sum(x => x * x));
            for (int n = 0; n < columns; n++) u[n] = Enumerable.Range(0, rows).Sum(k => kernel.Values[(k * columns) + n] * v[k] / length);
            norm = Math.Sqrt(u.Sum(x => x * x));
            for (int n = 0; n < columns; n++) u[n] /= norm;
        }

        return norm;
    }
}

[Network, Input(6), SpectralNormalization, Dense(9, Activation.Tanh)]
[SpectralNormalization(2, Name = "head"), Dense(1, UseBias = false), Dense(1)]
internal sealed partial class SpectralNet;

/// <summary>The same without normalization.</summary>
[Network, Input(6), Dense(9, Activation.Tanh), Dense(1, UseBias = false), Dense(1)]
internal sealed partial class SpectralPlainNet;

/// <summary>Large enough that steps are shared by threads.</summary>
[Network, Input(40), SpectralNormalization, Dense(200, Activation.Relu), SpectralNormalization, Dense(200), Dense(1)]
internal sealed partial class SpectralWideNet;
