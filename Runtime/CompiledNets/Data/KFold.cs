namespace CompiledNets.Data;

/// <summary>
/// Folds of neighbouring samples, as scikit-learn's KFold: where the samples do not divide evenly, the first folds have one more. With
/// shuffling, of samples at random.
/// </summary>
public class KFold : CrossValidator
{
    /// <summary>Says how to divide.</summary>
    /// <param name="splits">How many folds, at least 2. Default: 5.</param>
    /// <param name="shuffle">Whether folds are drawn at random. Default: no.</param>
    /// <param name="seed">The same seed gives the same folds; it counts where folds are drawn.</param>
    /// <exception cref="ArgumentException">There are fewer than 2 folds.</exception>
    public KFold(int splits = 5, bool shuffle = false, int seed = 0) : this(splits, 1, shuffle, seed)
    {
    }

    private protected KFold(int splits, int repeats, bool shuffle, int seed) : base(splits, repeats, shuffle, seed)
    {
    }

    private protected override int[] FoldOfEach(Samples targets, int count, int repeat)
    {
        int[] folds = new int[count], order = Order(count, repeat, 0);
        int larger = count % Splits, size = count / Splits;
        for (int i = 0; i < count; i++)
        {
            int inLarger = larger * (size + 1);
            folds[order[i]] = i < inLarger ? i / (size + 1) : larger + ((i - inLarger) / size);
        }

        return folds;
    }
}

/// <summary><see cref="KFold"/> several times over, each time with folds drawn anew, as scikit-learn's RepeatedKFold.</summary>
public sealed class RepeatedKFold : KFold
{
    /// <summary>Says how to divide.</summary>
    /// <param name="splits">How many folds, at least 2. Default: 5.</param>
    /// <param name="repeats">How many times, at least 1. Default: 10.</param>
    /// <param name="seed">The same seed gives the same folds.</param>
    /// <exception cref="ArgumentException">There are fewer than 2 folds or no repetitions.</exception>
    public RepeatedKFold(int splits = 5, int repeats = 10, int seed = 0) : base(splits, repeats, shuffle: true, seed)
    {
    }
}
