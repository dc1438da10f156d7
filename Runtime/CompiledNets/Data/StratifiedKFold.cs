using System.Globalization;

namespace CompiledNets.Data;

/// <summary>
/// Folds that have the classes in the proportions of the whole, as scikit-learn's StratifiedKFold: without shuffling, the samples of a
/// class go to the folds in the order they have.
/// Classes are told apart by their targets: class numbers or one-hot rows.
/// </summary>
public class StratifiedKFold : CrossValidator
{
    /// <summary>Says how to divide.</summary>
    /// <param name="splits">How many folds, at least 2. Default: 5.</param>
    /// <param name="shuffle">Whether folds are drawn at random. Default: no.</param>
    /// <param name="seed">The same seed gives the same folds; it counts where folds are drawn.</param>
    /// <exception cref="ArgumentException">There are fewer than 2 folds.</exception>
    public StratifiedKFold(int splits = 5, bool shuffle = false, int seed = 0) : this(splits, 1, shuffle, seed)
    {
    }

    private protected StratifiedKFold(int splits, int repeats, bool shuffle, int seed) : base(splits, repeats, shuffle, seed)
    {
    }

    private protected override int[] FoldOfEach(Samples targets, int count, int repeat)
    {
        (int[] classes, int[] counts) = TargetClasses.ByAppearance(targets);
        if (counts.Max() < Splits)
        {
            string received = string.Create(
                CultureInfo.InvariantCulture, $"{counts.Length} classes, the largest of {counts.Max()} samples");
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"Expected a class with at least as many samples as folds, {Splits}. Received: {received}"),
                nameof(targets));
        }

        // Each fold takes every n-th of the samples sorted by class; how many of each class that makes is what counts.
        int[] next = new int[counts.Length];
        int[][] foldsOfClass = new int[counts.Length][];
        int before = 0;
        for (int c = 0; c < counts.Length; c++)
        {
            int first = before;
            int[] folds = [.. Enumerable.Range(first, counts[c]).Select(place => place % Splits).Order()];
            int[] order = Order(counts[c], repeat, c);
            foldsOfClass[c] = [.. order.Select(place => folds[place])];
            before += counts[c];
        }

        return Array.ConvertAll(classes, c => foldsOfClass[c][next[c]++]);
    }
}

/// <summary>
/// <see cref="StratifiedKFold"/> several times over, each time with folds drawn anew, as scikit-learn's RepeatedStratifiedKFold.
/// </summary>
public sealed class RepeatedStratifiedKFold : StratifiedKFold
{
    /// <summary>Says how to divide.</summary>
    /// <param name="splits">How many folds, at least 2. Default: 5.</param>
    /// <param name="repeats">How many times, at least 1. Default: 10.</param>
    /// <param name="seed">The same seed gives the same folds.</param>
    /// <exception cref="ArgumentException">There are fewer than 2 folds or no repetitions.</exception>
    public RepeatedStratifiedKFold(int splits = 5, int repeats = 10, int seed = 0) : base(splits, repeats, shuffle: true, seed)
    {
    }
}
