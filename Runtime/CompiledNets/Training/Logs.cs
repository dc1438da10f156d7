using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CompiledNets;

/// <summary>
/// Figures by name, such as those of an epoch: <c>accuracy</c>, <c>loss</c>, <c>val_loss</c>. Names are in ordinal order, as Keras sorts
/// them; what callbacks add stands after them, in the order in which they do.
/// </summary>
public sealed class Logs : IReadOnlyDictionary<string, double>
{
    private readonly SortedList<string, double> figures = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, double>> added = [];

    /// <summary>A figure. Setting one adds it, which callbacks do with <c>learning_rate</c>.</summary>
    /// <param name="key">Its name.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name; the message has those that are there.</exception>
    public double this[string key]
    {
        get => TryGetValue(key, out double value)
            ? value
            : throw new KeyNotFoundException($"There is no figure '{key}'. There are: {string.Join(", ", Keys)}.");
        set
        {
            ArgumentNullException.ThrowIfNull(key);
            int at = added.FindIndex(figure => figure.Key == key);
            if (figures.ContainsKey(key)) figures[key] = value;
            else if (at >= 0) added[at] = new(key, value);
            else added.Add(new(key, value));
        }
    }

    /// <summary>The loss.</summary>
    public double Loss => this["loss"];

    /// <inheritdoc/>
    public IEnumerable<string> Keys => added.Count == 0 ? figures.Keys : figures.Keys.Concat(added.Select(figure => figure.Key));

    /// <inheritdoc/>
    public IEnumerable<double> Values => added.Count == 0 ? figures.Values : figures.Values.Concat(added.Select(figure => figure.Value));

    /// <inheritdoc/>
    public int Count => figures.Count + added.Count;

    /// <inheritdoc/>
    public bool ContainsKey(string key) => TryGetValue(key, out _);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value)
    {
        if (figures.TryGetValue(key, out value)) return true;
        int at = added.Count == 0 ? -1 : added.FindIndex(figure => figure.Key == key);
        if (at < 0) return false;
        value = added[at].Value;
        return true;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() =>
        added.Count == 0 ? figures.GetEnumerator() : figures.Concat(added).GetEnumerator();

    /// <summary>All figures in one line: <c>accuracy: 0.9345, loss: 0.1987</c>.</summary>
    public override string ToString() =>
        string.Join(", ", this.Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Key}: {figure.Value:0.0000}")));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Sets a figure of training, in its place among the others.</summary>
    internal void Report(string name, double value) => figures[name] = value;

    /// <summary>Forgets all figures.</summary>
    internal void Clear()
    {
        figures.Clear();
        added.Clear();
    }
}
