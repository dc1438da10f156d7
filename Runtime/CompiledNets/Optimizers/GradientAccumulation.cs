using System.Numerics.Tensors;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>Sums the gradients of several batches, so that one step takes their mean.</summary>
/// <param name="sum">The gradients of the batches since the last step.</param>
/// <param name="batches">Batches a step.</param>
internal sealed class GradientAccumulation(OptimizerSlot sum, int batches)
{
    /// <summary>Whether a step ends with this batch.</summary>
    /// <param name="batch">Batches before it.</param>
    public bool Ends(long batch) => (batch + 1) % batches == 0;

    /// <summary>
    /// Takes in the gradients of a batch. With the last of a step they become the mean of all of it: (gradient + sum) / batches, as Keras
    /// writes it.
    /// </summary>
    /// <returns>Whether a step ends with the batch.</returns>
    public bool Add(long batch, Arena gradients, (int Offset, int Length)[] weights)
    {
        bool ends = Ends(batch);
        foreach ((int offset, int length) in weights)
        {
            Span<float> before = sum.Of(offset, length), gradient = gradients.Span.Slice(offset, length);
            Span<float> target = ends ? gradient : before;
            TensorPrimitives.Add(before, gradient, target);
            if (!ends) continue;
            TensorPrimitives.Divide(gradient, batches, gradient);
            before.Clear();
        }

        return ends;
    }
}
