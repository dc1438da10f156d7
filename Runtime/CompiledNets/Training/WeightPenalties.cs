using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// The penalties on a network's weights. Gradients are added where a chunk of rows is worked, while it is in the cache. Values are summed
/// row by row, and the rows in order, so that neither chunks nor threads change a bit. Frozen layers have no penalty, as in Keras.
/// </summary>
internal sealed class WeightPenalties
{
    private readonly Entry[] entries;
    private readonly Arena parameters;
    private readonly bool[] frozen;
    private readonly double[] rowSums;
    private readonly float[] wholeGradients;

    private WeightPenalties(Entry[] entries, Arena parameters, bool[] frozen)
    {
        this.entries = entries;
        this.parameters = parameters;
        this.frozen = frozen;
        rowSums = new double[entries.Sum(entry => entry.Sums)];
        wholeGradients = new float[entries.Sum(entry => entry.OfEach is null ? entry.Length : 0)];
    }

    /// <summary>The penalties of a network; null where it has none.</summary>
    /// <param name="description">The network.</param>
    /// <param name="parameters">Its weights, as they start: each regularizer is tried on its own.</param>
    /// <param name="frozen">By layer, whether its weights do not train.</param>
    /// <exception cref="ArgumentException">A regularizer is not for weights of the shape it is given.</exception>
    public static WeightPenalties? Of(NetworkDescription description, Arena parameters, bool[] frozen)
    {
        List<Entry> entries = [];
        int sums = 0, whole = 0;
        foreach (WeightDescription weight in description.Weights)
        {
            if (weight.Regularizer?.Invoke() is not { } regularizer) continue;
            var entry = new Entry(weight, regularizer, sums, whole);
            WeightRule.Try(description, weight, "regularizer", () => regularizer.Penalty(entry.Of(parameters), weight.Shape, default));
            entries.Add(entry);
            sums += entry.Sums;
            if (entry.OfEach is null) whole += entry.Length;
        }

        return entries.Count == 0 ? null : new([.. entries], parameters, frozen);
    }

    /// <summary>The sum of all penalties in the step that was worked last, with the weights from before it.</summary>
    public double Value
    {
        get
        {
            double value = 0;
            foreach (Entry entry in entries)
            {
                if (frozen[entry.Layer]) continue;
                for (int row = 0; row < entry.Sums; row++) value += rowSums[entry.FirstSum + row];
            }

            return value;
        }
    }

    /// <summary>Whether a layer has any.</summary>
    public bool Has(int layer)
    {
        foreach (Entry entry in entries)
            if (entry.Layer == layer) return true;
        return false;
    }

    /// <summary>The sum of all penalties on the weights as they are.</summary>
    public double Evaluate()
    {
        double value = 0;
        foreach (Entry entry in entries)
        {
            if (frozen[entry.Layer]) continue;
            if (entry.OfEach is not { } each)
            {
                value += entry.Regularizer.Penalty(entry.Of(parameters), entry.Shape, default);
                continue;
            }

            ReadOnlySpan<float> weight = entry.Of(parameters);
            for (int row = 0; row < entry.Sums; row++) value += each.Value(weight.Slice(row * entry.Columns, entry.Columns));
        }

        return value;
    }

    /// <summary>Works what is of whole weights, before any chunk is.</summary>
    public void Begin()
    {
        foreach (Entry entry in entries)
        {
            if (entry.OfEach is not null || frozen[entry.Layer]) continue;
            Span<float> gradient = wholeGradients.AsSpan(entry.FirstWhole, entry.Length);
            gradient.Clear();
            rowSums[entry.FirstSum] = entry.Regularizer.Penalty(entry.Of(parameters), entry.Shape, gradient);
        }
    }

    /// <summary>
    /// Adds the gradient of the penalties of some rows, and notes their values. May be called for different rows at once.
    /// </summary>
    public void Add(in ParameterRun rows, Span<float> gradient)
    {
        foreach (Entry entry in entries)
        {
            int first = Math.Max(rows.Offset, entry.Offset), last = Math.Min(rows.Offset + rows.Length, entry.Offset + entry.Length);
            if (first >= last) continue;
            Span<float> target = gradient[(first - rows.Offset)..(last - rows.Offset)];
            if (entry.OfEach is not { } each)
            {
                ReadOnlySpan<float> own = wholeGradients.AsSpan(entry.FirstWhole + first - entry.Offset, last - first);
                for (int i = 0; i < own.Length; i++) target[i] += own[i];
                continue;
            }

            ReadOnlySpan<float> weight = parameters.Span[first..last];
            each.AddGradient(weight, target);
            int row = entry.FirstSum + ((first - entry.Offset) / entry.Columns);
            for (int at = 0; at < weight.Length; at += entry.Columns) rowSums[row++] = each.Value(weight.Slice(at, entry.Columns));
        }
    }

    private sealed class Entry(WeightDescription weight, Regularizer regularizer, int firstSum, int firstWhole)
    {
        public int Layer => weight.Layer;

        public int[] Shape => weight.Shape;

        public int Offset { get; } = weight.Offset;

        public int Length { get; } = WeightRule.Length(weight);

        /// <summary>Floats of a row; chunks begin and end at rows.</summary>
        public int Columns { get; } = weight.Shape[^1];

        public Regularizer Regularizer => regularizer;

        public NumberPenalty? OfEach { get; } = regularizer.OfEachNumber;

        /// <summary>How many sums it has: one a row, or one alone.</summary>
        public int Sums => OfEach is null ? 1 : Length / Columns;

        public int FirstSum => firstSum;

        public int FirstWhole => firstWhole;

        public ReadOnlySpan<float> Of(Arena parameters) => parameters.Span.Slice(Offset, Length);
    }
}
