using System.Globalization;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// What a batch takes: arenas are addressed by <see cref="int"/>, so that a batch of very many samples, or of very large ones, does not
/// fit.
/// </summary>
internal static class BatchMemory
{
    /// <summary>The lane blocks of a batch, and the floats of their arena.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="samples">Samples of the batch.</param>
    /// <param name="blockSize">Features of a block.</param>
    /// <param name="lanes">Samples of a block.</param>
    /// <exception cref="ArgumentException">
    /// They are more than an arena holds; the message has the batch size, the bytes and what would fit.
    /// </exception>
    public static (int Blocks, int Floats) Of(string network, int samples, int blockSize, int lanes)
    {
        long blocks = ((long)samples + lanes - 1) / lanes, floats = blocks * lanes * blockSize;
        if (floats <= Arena.MostFloats) return ((int)blocks, (int)floats);
        long fitting = Arena.MostFloats / ((long)blockSize * lanes) * lanes;
        throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture,
            $"A batch of {samples} samples of '{network}' needs {floats * sizeof(float)} bytes for the values of its layers, " +
            $"and at most {(long)Arena.MostFloats * sizeof(float)} are possible. ") +
            (fitting == 0
                ? "The network is too large for any batch."
                : string.Create(CultureInfo.InvariantCulture, $"Give a batchSize of at most {fitting}.")));
    }

    /// <summary>Floats of the outputs of many samples.</summary>
    /// <exception cref="ArgumentException">They are more than an array holds.</exception>
    public static int OfOutputs(string network, int samples, int outputSize)
    {
        long floats = (long)samples * outputSize;
        if (floats <= Array.MaxLength) return (int)floats;
        throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture,
            $"The outputs of {samples} samples of '{network}' take {floats * sizeof(float)} bytes, more than an array holds. " +
            $"Predict at most {Array.MaxLength / outputSize} samples at once."));
    }
}
