namespace CompiledNets;

/// <summary>What became of weights that a network took over from another.</summary>
public sealed class WeightReport
{
    /// <summary>Makes a report.</summary>
    /// <param name="copied">Paths of the weights that were taken over.</param>
    /// <param name="mismatches">The weights that stayed as they were.</param>
    /// <param name="unused">Paths of the weights of the source that no weight took.</param>
    public WeightReport(IReadOnlyList<string> copied, IReadOnlyList<WeightMismatch> mismatches, IReadOnlyList<string> unused) =>
        (Copied, Mismatches, Unused) = (copied, mismatches, unused);

    /// <summary>Paths of the weights that were taken over, as the network has them: <c>encoder/dense/kernel</c>.</summary>
    public IReadOnlyList<string> Copied { get; }

    /// <summary>The weights of the network that stayed as they were, each with the reason.</summary>
    public IReadOnlyList<WeightMismatch> Mismatches { get; }

    /// <summary>Paths of the weights of the source that no weight took, as the source has them.</summary>
    public IReadOnlyList<string> Unused { get; }

    /// <summary>Whether the state of the training came with them, so that it goes on as if it had not stopped.</summary>
    public bool HasTrainingState { get; init; }

    /// <summary>Every weight of the network was taken over.</summary>
    public bool IsComplete => Mismatches.Count == 0;

    /// <summary>How many weights were taken over, and each that was not.</summary>
    public override string ToString()
    {
        string[] lines = [.. Mismatches.Select(mismatch => mismatch.ToString()),
            .. Unused.Select(path => $"'{path}' of the source was not used.")];
        return string.Join('\n', lines.Prepend($"{Copied.Count} of {Copied.Count + Mismatches.Count} weights were taken over."));
    }
}

/// <summary>A weight that found none to take over.</summary>
/// <param name="Path">Its path: <c>encoder/dense/kernel</c>.</param>
/// <param name="Reason">Why, as the end of a sentence.</param>
public sealed record WeightMismatch(string Path, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"'{Path}' stays as it is: {Reason}";
}
