using System.Globalization;
using CompiledNets.Numerics;

namespace CompiledNets.Data;

/// <summary>Divides rows at random into those to train on and those to test with, as scikit-learn's train_test_split.</summary>
public static class TrainTestSplit
{
    // The stream of random numbers under a seed; a model's own streams are 1, 2 and 3.
    private const uint Stream = 0x53_50_4C_54;

    /// <summary>The rows of each part, by a share.</summary>
    /// <param name="count">How many rows there are.</param>
    /// <param name="testSize">The share to test with, above 0 and below 1; rounded up to whole rows. Default: a quarter.</param>
    /// <param name="seed">The same seed gives the same rows.</param>
    /// <exception cref="ArgumentException">The share is not one, or leaves no row to train on.</exception>
    public static (int[] Train, int[] Test) Rows(int count, double testSize = 0.25, int seed = 0) =>
        Rows(count, TestRows(count, testSize, nameof(testSize)), seed);

    /// <summary>The rows of each part, by their number.</summary>
    /// <param name="count">How many rows there are.</param>
    /// <param name="testRows">How many to test with, at least 1 and less than <paramref name="count"/>.</param>
    /// <param name="seed">The same seed gives the same rows.</param>
    /// <exception cref="ArgumentException">One of the parts would be empty.</exception>
    public static (int[] Train, int[] Test) Rows(int count, int testRows, int seed = 0)
    {
        CheckTestRows(count, testRows);
        int[] order = Order(count, seed, 0);
        return (order[testRows..], order[..testRows]);
    }

    /// <summary>
    /// The rows of each part, by a share, with the classes in both parts in the proportions of the whole: as scikit-learn's
    /// <c>stratify</c>.
    /// </summary>
    /// <param name="targets">The targets of the rows, shape (samples) or (samples, outputs); rows with equal targets are a class.</param>
    /// <param name="testSize">The share to test with, above 0 and below 1; rounded up to whole rows. Default: a quarter.</param>
    /// <param name="seed">The same seed gives the same rows.</param>
    /// <exception cref="ArgumentException">
    /// The share is not one, a class has one row only, or a part is smaller than the number of classes.
    /// </exception>
    public static (int[] Train, int[] Test) Stratified(Samples targets, double testSize = 0.25, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return Stratified(targets, TestRows(RowCount(targets), testSize, nameof(testSize)), seed);
    }

    /// <summary>The rows of each part, by their number, with the classes in both parts in the proportions of the whole.</summary>
    /// <param name="targets">The targets of the rows, shape (samples) or (samples, outputs); rows with equal targets are a class.</param>
    /// <param name="testRows">How many to test with, at least 1 and less than there are.</param>
    /// <param name="seed">The same seed gives the same rows.</param>
    /// <exception cref="ArgumentException">
    /// A part would be empty or smaller than the number of classes, or a class has one row only.
    /// </exception>
    public static (int[] Train, int[] Test) Stratified(Samples targets, int testRows, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(targets);
        CheckTestRows(RowCount(targets), testRows);
        (int[] classes, int[] counts) = TargetClasses.ByAppearance(targets);
        int count = classes.Length, least = Math.Min(testRows, count - testRows);
        if (counts.Min() < 2 || least < counts.Length)
        {
            string found = string.Create(
                CultureInfo.InvariantCulture,
                $"{counts.Length} classes, the smallest of {counts.Min()} rows, in parts of {count - testRows} and {testRows} rows");
            throw new ArgumentException(
                $"Expected at least two rows of each class, and a row for each class in both parts. Received: {found}", nameof(targets));
        }

        int[] left = Shares(counts, count, testRows, seed);
        List<int> train = [], test = [];
        foreach (int row in Order(count, seed, 0))
        {
            if (left[classes[row]]-- > 0) test.Add(row);
            else train.Add(row);
        }

        return ([.. train], [.. test]);
    }

    /// <summary>How many rows a share is, rounded up.</summary>
    internal static int TestRows(int count, double share, string argument)
    {
        if (share is > 0 and < 1) return (int)Math.Ceiling(count * share);
        string rows = argument == "testSize" ? ", or a whole number as testRows" : "";
        throw new ArgumentOutOfRangeException(
            argument,
            string.Create(CultureInfo.InvariantCulture, $"Expected a share above 0 and below 1{rows}. Received: {argument}={share}"));
    }

    // The rows of each class to test with: the whole part of its share, and one more for those whose rest is largest; of equal rests those
    // that are drawn.
    private static int[] Shares(int[] counts, int count, int testRows, int seed)
    {
        int[] shares = Array.ConvertAll(counts, size => (int)((long)size * testRows / count));
        int missing = testRows - shares.Sum();
        IEnumerable<int> byRest = Order(counts.Length, seed, 1).OrderByDescending(c => (long)counts[c] * testRows % count);
        foreach (int c in byRest.Take(missing)) shares[c]++;
        return shares;
    }

    private static int[] Order(int count, int seed, uint purpose)
    {
        int[] order = new int[count];
        Shuffling.Run(order, Philox.DeriveKey((uint)seed, Stream, purpose));
        return order;
    }

    private static int RowCount(Samples targets) => targets.Tensor.Rank == 0 ? 0 : checked((int)targets.Tensor.Lengths[0]);

    private static void CheckTestRows(int count, int testRows)
    {
        if (testRows >= 1 && testRows < count) return;
        string found = string.Create(CultureInfo.InvariantCulture, $"{testRows} of {count} rows to test with");
        throw new ArgumentOutOfRangeException(
            nameof(testRows), $"Expected at least one row to train on and one to test with. Received: {found}.");
    }
}
