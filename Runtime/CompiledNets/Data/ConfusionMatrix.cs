using System.Globalization;
using System.Text;

namespace CompiledNets.Data;

/// <summary>How many samples of each class were predicted as which: a row for each true class, a column for each predicted one.</summary>
public sealed class ConfusionMatrix
{
    // A table that nobody reads: what was given is not class numbers.
    private const int MostClasses = 10_000;

    private readonly int[,] counts;
    private readonly IReadOnlyList<string> labels;

    /// <summary>Counts samples.</summary>
    /// <param name="yTrue">
    /// The true classes: class numbers of shape (samples) or (samples, 1), or one-hot rows of shape (samples, classes).
    /// </param>
    /// <param name="yPred">
    /// What was predicted for the same samples: as <paramref name="yTrue"/>, or as a network gives it, probabilities of shape (samples,
    /// classes), of which the largest counts, or
    /// of shape (samples, 1), which mean class 1 above <paramref name="threshold"/>.
    /// </param>
    /// <param name="labels">A label for each class, such as <see cref="LabelEncoder{T}.Classes"/>; null for their numbers.</param>
    /// <param name="threshold">Above which a single probability means class 1. Default: 0.5.</param>
    /// <exception cref="ArgumentException">
    /// The numbers of samples differ, there are none, a shape is another, a number is no class, or there are fewer labels than classes.
    /// </exception>
    public ConfusionMatrix(Samples yTrue, Samples yPred, IReadOnlyList<string>? labels = null, double threshold = 0.5)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        int[] actual = TargetClasses.Numbers(yTrue, nameof(yTrue));
        int[] predicted = TargetClasses.Numbers(yPred, nameof(yPred), threshold);
        if (actual.Length != predicted.Length || actual.Length == 0)
        {
            throw new ArgumentException(
                $"Expected yTrue and yPred of the same samples, at least one. Received: yTrue.shape={yTrue}, yPred.shape={yPred}",
                    nameof(yPred));
        }

        int found = Math.Max(Math.Max(actual.Max(), predicted.Max()) + 1, Math.Max(Width(yTrue), Width(yPred)));
        if (found > MostClasses)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected class numbers below {MostClasses}. Received: {found - 1}"),
                    nameof(yTrue));
        }

        if (labels is not null && labels.Count < found)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"Expected a label for each of {found} classes. Received: {labels.Count} labels"), nameof(labels));
        }

        Count = labels?.Count ?? found;
        this.labels = labels ?? [.. Enumerable.Range(0, Count).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        counts = new int[Count, Count];
        for (int i = 0; i < actual.Length; i++) counts[actual[i], predicted[i]]++;
    }

    /// <summary>How many classes there are.</summary>
    public int Count { get; }

    /// <summary>A label for each class.</summary>
    public IReadOnlyList<string> Labels => labels;

    /// <summary>How many samples of one class were predicted as another, or as the same.</summary>
    /// <param name="actual">The true class, from 0.</param>
    /// <param name="predicted">The predicted class, from 0.</param>
    public int this[int actual, int predicted] => counts[actual, predicted];

    /// <summary>A table with a line for each true class and a column for each predicted one.</summary>
    public override string ToString()
    {
        int side = Math.Max("actual".Length, labels.Max(label => label.Length));
        int[] widths = new int[Count];
        for (int column = 0; column < Count; column++)
        {
            widths[column] = labels[column].Length;
            for (int row = 0; row < Count; row++) widths[column] = Math.Max(widths[column], Text(counts[row, column]).Length);
        }

        StringBuilder table = new();
        table.Append(' ', side).Append("  predicted\n").Append("actual".PadRight(side));
        for (int column = 0; column < Count; column++) table.Append("  ").Append(labels[column].PadLeft(widths[column]));
        for (int row = 0; row < Count; row++)
        {
            table.Append('\n').Append(labels[row].PadRight(side));
            for (int column = 0; column < Count; column++) table.Append("  ").Append(Text(counts[row, column]).PadLeft(widths[column]));
        }

        return table.ToString();
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);

    // The classes that rows of one number for each name.
    private static int Width(Samples samples) => samples.Tensor.Rank == 2 && samples.Tensor.Lengths[1] > 1 ? (int)samples.Tensor.Lengths[1]
        : 1;
}
