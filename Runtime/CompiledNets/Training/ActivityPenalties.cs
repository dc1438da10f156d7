using System.Runtime.CompilerServices;
using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>
/// The penalties on outputs of layers. The network leaves a number for each sample; the loss gets their sum divided by the samples, as in
/// Keras, so that the gradient of each is 1 / samples.
/// </summary>
internal sealed class ActivityPenalties
{
    private readonly BlockLayout layout;
    private readonly int lanes;

    private ActivityPenalties(BlockLayout layout, int lanes)
    {
        this.layout = layout;
        this.lanes = lanes;
    }

    /// <summary>Those of a network; null where it has none.</summary>
    public static ActivityPenalties? Of(BlockLayout layout, int lanes) => layout.Penalties.Length == 0 ? null : new(layout, lanes);

    /// <summary>Their sum over a batch, divided by its samples.</summary>
    /// <param name="blocks">The first block.</param>
    /// <param name="samples">Samples of the batch.</param>
    public double Value(ref float blocks, int samples)
    {
        double sum = 0;
        foreach (HeadLayout penalty in layout.Penalties)
        {
            for (int sample = 0; sample < samples; sample++) sum += At(ref blocks, penalty.Output, sample);
        }

        return sum / samples;
    }

    /// <summary>Writes their gradients for blocks [<paramref name="first"/>, <paramref name="last"/>).</summary>
    /// <param name="blocks">Block 0.</param>
    /// <param name="samples">Samples of the batch; what pads the last block has no gradient.</param>
    /// <param name="areWanted">False for gradients of zero.</param>
    /// <param name="first">First block.</param>
    /// <param name="last">Block after the last.</param>
    public void WriteGradients(ref float blocks, int samples, bool areWanted, int first, int last)
    {
        float share = areWanted ? 1f / samples : 0;
        foreach (HeadLayout penalty in layout.Penalties)
        {
            for (int sample = first * lanes; sample < last * lanes; sample++)
                At(ref blocks, penalty.OutputGradient, sample) = sample < samples ? share : 0;
        }
    }

    private ref float At(ref float blocks, int feature, int sample) =>
        ref Unsafe.Add(ref blocks, (((sample / lanes * layout.BlockSize) + feature) * lanes) + (sample % lanes));
}
