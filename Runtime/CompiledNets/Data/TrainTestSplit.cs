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
    public static (int[] Train, int[] Test) Rows(int count, double testSize = 0.25, int seed = 0)
    {
        if (testSize is > 0 and < 1) return Rows(count, (int)Math.Ceiling(count * testSize), seed);
        throw new ArgumentOutOfRangeException(
            nameof(testSize), string.Create(CultureInfo.InvariantCulture, $"Expected a share above 0 and below 1, or a whole number as testRows. Received: testSize={testSize}"));
    }

    /// <summary>The rows of each part, by their number.</summary>
    /// <param name="count">How many rows there are.</param>
    /// <param name="testRows">How many to test with, at least 1 and less than <paramref name="count"/>.</param>
    /// <param name="seed">The same seed gives the same rows.</param>
    /// <exception cref="ArgumentException">One of the parts would be empty.</exception>
    public static (int[] Train, int[] Test) Rows(int count, int testRows, int seed = 0)
    {
        if (testRows < 1 || testRows >= count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(testRows), string.Create(CultureInfo.InvariantCulture, $"Expected at least one row to train on and one to test with. Received: {testRows} of {count} rows to test with."));
        }

        int[] order = new int[count];
        Shuffling.Run(order, Philox.DeriveKey((uint)seed, Stream, 0));
        return (order[testRows..], order[..testRows]);
    }
}
