using System.Numerics.Tensors;
using CompiledNets.Execution;

namespace CompiledNets.Numerics;

/// <summary>
/// Packs kernels for single samples: (x w + b - mean) s + beta with s = gamma / √(variance + ε) is x (w s) + (b - mean) s + beta.
/// </summary>
internal static class KernelPacking
{
    /// <summary>Packs a kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="description">The network.</param>
    /// <param name="parameters">The weights.</param>
    /// <param name="packed">The arena of packed kernels.</param>
    public static void Run(in PackedKernel kernel, NetworkDescription description, ReadOnlySpan<float> parameters, Span<float> packed)
    {
        int filters = kernel.Filters, rows = kernel.Rows(description), width = kernel.Width;
        float[] scale = new float[filters], bias = new float[filters];
        Scale(kernel, description, parameters, scale, bias);
        ReadOnlySpan<float> weights = WeightOf(description, parameters, kernel.Kernel);
        Span<float> target = packed.Slice(kernel.Place, kernel.Length(description));
        if (kernel.IsTransformed)
        {
            WinogradTransform.Run(weights, rows / 9, filters, width, scale, target);
            bias.CopyTo(target[^filters..]);
            return;
        }

        for (int n = 0; n < filters; n += width)
        {
            Span<float> panel = target.Slice(n * (rows + 1), width * (rows + 1));
            ReadOnlySpan<float> by = scale.AsSpan(n, width);
            for (int k = 0; k < rows; k++)
                TensorPrimitives.Multiply(weights.Slice((k * filters) + n, width), by, panel[(k * width)..]);
            bias.AsSpan(n, width).CopyTo(panel[(rows * width)..]);
        }
    }

    private static void Scale(
        in PackedKernel kernel, NetworkDescription description, ReadOnlySpan<float> parameters, Span<float> scale, Span<float> bias)
    {
        scale.Fill(1);
        if (kernel.Bias >= 0) WeightOf(description, parameters, kernel.Bias).CopyTo(bias);
        if (kernel.Mean < 0) return;
        TensorPrimitives.Add(WeightOf(description, parameters, kernel.Variance), kernel.Epsilon, scale);
        TensorPrimitives.ReciprocalSqrt(scale, scale);
        if (kernel.Gamma >= 0) TensorPrimitives.Multiply(scale, WeightOf(description, parameters, kernel.Gamma), scale);
        TensorPrimitives.Subtract(bias, WeightOf(description, parameters, kernel.Mean), bias);
        TensorPrimitives.Multiply(bias, scale, bias);
        if (kernel.Beta >= 0) TensorPrimitives.Add(bias, WeightOf(description, parameters, kernel.Beta), bias);
    }

    private static ReadOnlySpan<float> WeightOf(NetworkDescription description, ReadOnlySpan<float> parameters, int number)
    {
        WeightDescription weight = description.Weights[number];
        return parameters.Slice(weight.Offset, PackedKernel.SizeOf(weight));
    }
}
