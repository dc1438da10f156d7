using System.Globalization;

namespace CompiledNets.Data;

/// <summary>The class of each sample as its targets tell it.</summary>
internal static class TargetClasses
{
    /// <summary>
    /// A number for each sample, equal where targets are equal, counted by first appearance: labels, class numbers and one-hot rows alike.
    /// This is what stratifying needs.
    /// </summary>
    /// <returns>The number of each sample, and how many samples have each number.</returns>
    public static (int[] OfSample, int[] Counts) ByAppearance(Samples targets)
    {
        Rows rows = new(targets.Tensor);
        int[] ofSample = new int[rows.Count];
        List<int> counts = [];
        Dictionary<RowKey, int> numbers = [];
        float[] all = TensorRows.Numbers(targets.Tensor);
        for (int i = 0; i < ofSample.Length; i++)
        {
            RowKey key = new(all.AsMemory(i * rows.RowLength, rows.RowLength));
            if (!numbers.TryGetValue(key, out int number))
            {
                number = counts.Count;
                numbers.Add(key, number);
                counts.Add(0);
            }

            ofSample[i] = number;
            counts[number]++;
        }

        return (ofSample, [.. counts]);
    }

    /// <summary>
    /// The class number of each sample: the number itself for shape (samples) or (samples, 1), the place of the largest number for
    /// (samples, classes).
    /// </summary>
    /// <param name="targets">The targets, or what a network predicts.</param>
    /// <param name="argument">What errors call them.</param>
    /// <param name="threshold">
    /// Above which a single number that is no whole one, a probability, means class 1; null where there are none.
    /// </param>
    /// <exception cref="ArgumentException">The shape is another, or a number is no class.</exception>
    public static int[] Numbers(Samples targets, string argument, double? threshold = null)
    {
        Rows rows = new(targets.Tensor);
        if (rows.Shape.Length is not (1 or 2) || rows.RowLength == 0)
        {
            const string shapes = "(samples), (samples, 1) or (samples, classes)";
            throw new ArgumentException($"Expected {argument} of shape {shapes}. Received: {argument}.shape={targets}", argument);
        }

        ReadOnlySpan<float> all = rows.Span;
        int[] numbers = new int[rows.Count];
        bool probabilities = threshold is not null && rows.RowLength == 1 && all.ContainsAnyInRange(float.Epsilon, float.BitDecrement(1));
        for (int i = 0; i < numbers.Length; i++)
        {
            ReadOnlySpan<float> row = all.Slice(i * rows.RowLength, rows.RowLength);
            int bad = IndexOfBad(row, probabilities);
            if (bad >= 0)
            {
                string expected = row.Length > 1 ? "finite numbers"
                    : probabilities ? "probabilities from 0 to 1"
                    : "class numbers: whole ones from 0";
                string found = string.Create(CultureInfo.InvariantCulture, $"{row[bad]} at row {i} (from 0)");
                throw new ArgumentException($"Expected {argument} to have {expected}. Received: {found}.", argument);
            }

            numbers[i] = row.Length > 1 ? Argument.OfLargest(row) : probabilities ? (row[0] > threshold ? 1 : 0) : (int)row[0];
        }

        return numbers;
    }

    private static int IndexOfBad(ReadOnlySpan<float> row, bool probabilities)
    {
        for (int i = 0; i < row.Length; i++)
        {
            float number = row[i];
            bool good = row.Length > 1 ? float.IsFinite(number)
                : probabilities ? number is >= 0 and <= 1
                : number >= 0 && number < int.MaxValue && float.IsInteger(number);
            if (!good) return i;
        }

        return -1;
    }

    // A row of targets, equal where its numbers are.
    private readonly record struct RowKey(ReadOnlyMemory<float> Row)
    {
        public bool Equals(RowKey other) => Row.Span.SequenceEqual(other.Row.Span);

        public override int GetHashCode()
        {
            HashCode hash = default;
            foreach (float number in Row.Span) hash.Add(number);
            return hash.ToHashCode();
        }
    }
}
