using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

public sealed class ConfusionMatrixTests
{
    [Fact]
    public void Samples_are_counted_by_true_and_predicted_class()
    {
        // The example of scikit-learn's documentation.
        ConfusionMatrix matrix = new(new[] { 2, 0, 2, 2, 0, 1 }, new[] { 0, 0, 2, 2, 0, 2 });
        Assert.Equal(3, matrix.Count);
        int[,] expected = { { 2, 0, 0 }, { 0, 0, 1 }, { 1, 0, 2 } };
        for (int actual = 0; actual < 3; actual++)
        {
            for (int predicted = 0; predicted < 3; predicted++) Assert.Equal(expected[actual, predicted], matrix[actual, predicted]);
        }
    }

    [Fact]
    public void It_prints_as_a_table()
    {
        LabelEncoder encoder = new();
        ConfusionMatrix matrix = new(
            encoder.FitTransform(["cat", "ant", "cat", "cat", "ant", "bird"]),
                encoder.Transform(["ant", "ant", "cat", "cat", "ant", "cat"]), encoder.Classes);
        Assert.Equal(
            """
                    predicted
            actual  ant  bird  cat
            ant       2     0    0
            bird      0     0    1
            cat       1     0    2
            """.ReplaceLineEndings("\n"),
            matrix.ToString());
    }

    [Fact]
    public void Predictions_are_taken_as_a_network_gives_them()
    {
        ConfusionMatrix binary = new(new[] { 0, 1, 1 }, new float[,] { { 0.2f }, { 0.5f }, { 0.9f } });
        Assert.Equal((1, 0, 1, 1), (binary[0, 0], binary[0, 1], binary[1, 0], binary[1, 1]));
        Assert.Equal(2, new ConfusionMatrix(new[] { 0, 1, 1 }, new float[,] { { 0.2f }, { 0.5f }, { 0.9f } }, threshold: 0.4)[1, 1]);
        ConfusionMatrix classes = new(OneHot.ToCategorical(new[] { 0, 1 }, 3), new float[,] { { 0.2f, 0.1f, 0.7f }, { 0.1f, 0.8f, 0.1f } });
        Assert.Equal((3, 1, 1), (classes.Count, classes[0, 2], classes[1, 1]));
        Assert.Equal(3, new ConfusionMatrix(new[] { 0 }, new float[,] { { 1, 0, 0 } }).Count);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Refused("Expected yTrue and yPred of the same samples, at least one. Received: yTrue.shape=(2,), yPred.shape=(3,)",
            () => new(new[] { 0, 1 }, new[] { 0, 1, 1 }));
        Refused("Expected a label for each of 3 classes. Received: 2 labels", () => new(new[] { 0, 2 }, new[] { 0, 1 }, ["a", "b"]));
        Refused("Expected yPred to have probabilities from 0 to 1. Received: 1.5 at row 1",
            () => new(new[] { 0, 1 }, new[] { 0.5f, 1.5f }));
        Refused("Expected yPred to have finite numbers. Received: NaN at row 0", () => new(new[] { 0 }, new float[,] { { 1, float.NaN } }));
        Refused("Expected yTrue to have class numbers: whole ones from 0. Received: 0.5 at row 0",
            () => new(new[] { 0.5f }, new[] { 0.5f }));
        Refused("Expected class numbers below 10000. Received: 1000000", () => new(new[] { 1_000_000 }, new[] { 0 }));
        Refused("Expected yTrue of shape (samples), (samples, 1) or (samples, classes). Received: yTrue.shape=(1, 2, 2)",
            () => new(new float[1, 2, 2], new[] { 0 }));
    }

    private static void Refused(string message, Func<ConfusionMatrix> make) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);
}
