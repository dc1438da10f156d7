using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CompiledNets;

/// <summary>
/// Figures by name, such as those of an epoch: <c>accuracy</c>, <c>loss</c>, <c>val_loss</c>. Names are in ordinal order, as Keras sorts
/// them.
/// </summary>
public sealed class Logs : IReadOnlyDictionary<string, double>
{
    private readonly SortedList<string, double> figures = new(StringComparer.Ordinal);

    /// <summary>A figure. Setting one adds it, which callbacks do with <c>learning_rate</c>.</summary>
    /// <param name="key">Its name.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name; the message has those that are there.</exception>
    public double this[string key]
    {
        get => figures.TryGetValue(key, out double value)
            ? value
            : throw new KeyNotFoundException($"There is no figure '{key}'. There are: {string.Join(", ", figures.Keys)}.");
        set => figures[key] = value;
    }

    /// <summary>The loss.</summary>
    public double Loss => this["loss"];

    /// <inheritdoc/>
    public IEnumerable<string> Keys => figures.Keys;

    /// <inheritdoc/>
    public IEnumerable<double> Values => figures.Values;

    /// <inheritdoc/>
    public int Count => figures.Count;

    /// <inheritdoc/>
    public bool ContainsKey(string key) => figures.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value) => figures.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() => figures.GetEnumerator();

    /// <summary>All figures in one line: <c>accuracy: 0.9345, loss: 0.1987</c>.</summary>
    public override string ToString() =>
        string.Join(", ", figures.Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Key}: {figure.Value:0.0000}")));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Forgets all figures.</summary>
    internal void Clear() => figures.Clear();
}
