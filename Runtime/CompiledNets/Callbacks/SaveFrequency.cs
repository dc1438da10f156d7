using System.Globalization;

namespace CompiledNets;

/// <summary>When a callback saves: after each epoch, or each so many batches, those of several epochs counted.</summary>
internal sealed class SaveFrequency
{
    private readonly int? every;
    private int batches;

    /// <summary>Reads what Keras takes: <c>epoch</c>, or a number of batches.</summary>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public SaveFrequency(string saveFreq)
    {
        ArgumentNullException.ThrowIfNull(saveFreq);
        if (saveFreq == "epoch") return;
        if (!int.TryParse(saveFreq, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < 1)
            throw new ArgumentException($"Expected \"epoch\" or a number of batches. Received: \"{saveFreq}\"", nameof(saveFreq));
        every = number;
    }

    /// <summary>Whether it saves after epochs.</summary>
    public bool IsEpoch => every is null;

    /// <summary>Counts a batch.</summary>
    /// <returns>Whether it is time to save.</returns>
    public bool Counts()
    {
        if (every is null || ++batches < every) return false;
        batches = 0;
        return true;
    }

    /// <summary>Starts to count anew.</summary>
    public void Reset() => batches = 0;
}
