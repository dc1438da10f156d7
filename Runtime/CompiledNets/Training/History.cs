using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CompiledNets;

/// <summary>
/// What <c>Fit</c> gives: each figure epoch by epoch, under Keras's names (<c>loss</c>, <c>val_loss</c>, <c>accuracy</c>, ...).
/// </summary>
public sealed class History : IReadOnlyDictionary<string, IReadOnlyList<double>>
{
    private readonly List<string> names = [];
    private readonly Dictionary<string, List<double>> figures = new(StringComparer.Ordinal);
    private readonly List<int> epochs = [];

    /// <summary>The numbers of the epochs, from 0.</summary>
    public IReadOnlyList<int> Epochs => epochs;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => names;

    /// <inheritdoc/>
    public IEnumerable<IReadOnlyList<double>> Values => names.Select(name => figures[name]);

    /// <inheritdoc/>
    public int Count => names.Count;

    /// <summary>A figure epoch by epoch.</summary>
    /// <param name="key">Its name.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name; the message has those that are there.</exception>
    public IReadOnlyList<double> this[string key] => figures.TryGetValue(key, out List<double>? values)
        ? values
        : throw new KeyNotFoundException($"The history has no figure '{key}'. It has: {string.Join(", ", names)}.");

    /// <inheritdoc/>
    public bool ContainsKey(string key) => figures.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out IReadOnlyList<double> value)
    {
        bool found = figures.TryGetValue(key, out List<double>? values);
        value = values;
        return found;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, IReadOnlyList<double>>> GetEnumerator() =>
        names.Select(name => KeyValuePair.Create(name, (IReadOnlyList<double>)figures[name])).GetEnumerator();

    /// <summary>The figures of the last epoch, and its number: <c>150 epochs, the last: accuracy: 0.9345, loss: 0.1987</c>.</summary>
    public override string ToString() => epochs.Count == 0
        ? "no epochs"
        : string.Create(CultureInfo.InvariantCulture, $"{epochs.Count} epoch{(epochs.Count == 1 ? "" : "s")}, the last: ")
            + string.Join(", ", names.Select(name => string.Create(CultureInfo.InvariantCulture, $"{name}: {figures[name][^1]:0.0000}")));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Takes in the figures of an epoch, for loops of one's own; <c>Fit</c> does it by itself.</summary>
    /// <param name="epoch">Its number, from 0.</param>
    /// <param name="logs">Its figures.</param>
    public void Add(int epoch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        epochs.Add(epoch);
        foreach ((string name, double value) in logs)
        {
            if (!figures.TryGetValue(name, out List<double>? values))
            {
                names.Add(name);
                figures.Add(name, values = []);
            }

            values.Add(value);
        }
    }
}
