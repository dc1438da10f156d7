using System.Globalization;
using CompiledNets.Numerics;

namespace CompiledNets.Data;

/// <summary>Divides samples into folds, and takes each fold once to test with and the others to train on.</summary>
public abstract class CrossValidator
{
    // The stream of random numbers under a seed.
    private const uint Stream = 0x46_4F_4C_44;

    private readonly bool shuffle;
    private readonly int seed;

    private protected CrossValidator(int splits, int repeats, bool shuffle, int seed)
    {
        if (splits < 2)
        {
            throw new ArgumentOutOfRangeException(
                nameof(splits), string.Create(CultureInfo.InvariantCulture, $"Expected at least 2 folds. Received: splits={splits}"));
        }

        if (repeats < 1)
        {
            string message = string.Create(CultureInfo.InvariantCulture, $"Expected at least 1 repetition. Received: repeats={repeats}");
            throw new ArgumentOutOfRangeException(nameof(repeats), message);
        }

        (Splits, Repeats, this.shuffle, this.seed) = (splits, repeats, shuffle, seed);
    }

    /// <summary>How many folds the samples are divided into.</summary>
    public int Splits { get; }

    /// <summary>How often they are divided anew.</summary>
    public int Repeats { get; }

    /// <summary>The parts of each fold: all of the first division, then those of the next.</summary>
    /// <param name="data">The samples.</param>
    /// <returns><see cref="Splits"/> times <see cref="Repeats"/> pairs, made one by one.</returns>
    /// <exception cref="ArgumentException">There are fewer samples than folds, or the classes have too few.</exception>
    public IEnumerable<(Dataset Train, Dataset Test)> Split(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Rows(data.Targets).Select(rows => (data.Take(rows.Train), data.Take(rows.Test)));
    }

    /// <summary>The rows of each fold, in ascending order.</summary>
    /// <param name="targets">The targets of the samples, shape (samples) or (samples, outputs).</param>
    /// <returns><see cref="Splits"/> times <see cref="Repeats"/> pairs.</returns>
    /// <exception cref="ArgumentException">There are fewer samples than folds, or the classes have too few.</exception>
    public IEnumerable<(int[] Train, int[] Test)> Rows(Samples targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        int count = targets.Tensor.Rank == 0 ? 0 : checked((int)targets.Tensor.Lengths[0]);
        if (count < Splits)
        {
            string message = string.Create(
                CultureInfo.InvariantCulture, $"Expected at least as many samples as folds, {Splits}. Received: {count} samples");
            throw new ArgumentException(message, nameof(targets));
        }

        int[][] divisions = [.. Enumerable.Range(0, Repeats).Select(repeat => FoldOfEach(targets, count, repeat))];
        return divisions.SelectMany(folds => Enumerable.Range(0, Splits).Select(fold => Parts(folds, fold)));
    }

    /// <summary>The fold of each sample, from 0.</summary>
    private protected abstract int[] FoldOfEach(Samples targets, int count, int repeat);

    /// <summary>
    /// A random order of numbers from 0, that of a repetition and of what is ordered in it; or 0, 1, 2, ... without shuffling.
    /// </summary>
    private protected int[] Order(int count, int repeat, int purpose)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        if (shuffle) Shuffling.Run(order, Philox.DeriveKey(Philox.DeriveKey((uint)seed, Stream, (uint)repeat), Stream, (uint)purpose));
        return order;
    }

    private static (int[] Train, int[] Test) Parts(int[] folds, int fold)
    {
        int[] rows = [.. Enumerable.Range(0, folds.Length)];
        return ([.. rows.Where(row => folds[row] != fold)], [.. rows.Where(row => folds[row] == fold)]);
    }
}
