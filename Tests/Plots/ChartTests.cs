using CompiledNets.Data;

namespace CompiledNets.Plots.Tests;

/// <summary>Pictures of figures.</summary>
public sealed class ChartTests
{
    [Fact]
    public void Learning_curves() => Pictures.Check(file => Made(60).Plot(file, dpi: 96));

    [Fact]
    public void One_figure() => Pictures.Check(file => Made(12).Plot(file, ["accuracy"], dpi: 96));

    [Fact]
    public void A_single_epoch() => Pictures.Check(file => Made(1).Plot(file, ["loss"], dpi: 96));

    [Fact]
    public void Two_trainings() => Pictures.Check(
        file => HistoryPlots.Compare(file, [("dropout", Made(40)), ("batch normalization", Made(40, 0.6))], dpi: 96));

    [Fact]
    public void Matrix_of_three_classes()
    {
        float[] actual = [.. Enumerable.Range(0, 90).Select(i => (float)(i % 3))],
            predicted = [.. Enumerable.Range(0, 90).Select(i => (float)(i % 7 == 0 ? (i + 1) % 3 : i % 3))];
        Pictures.Check(file => new ConfusionMatrix(actual, predicted, ["setosa", "versicolor", "virginica"]).Plot(file, dpi: 96));
    }

    [Fact]
    public void Matrix_of_long_labels()
    {
        float[] actual = [.. Enumerable.Range(0, 100).Select(i => (float)(i % 5))],
            predicted = [.. Enumerable.Range(0, 100).Select(i => (float)(i * i % 5))];
        Pictures.Check(file => new ConfusionMatrix(actual, predicted,
            ["aeroplanes and helicopters", "cars", "birds", "long-haired cats of all ages", "dogs"])
            .Plot(file, title: "What is seen in pictures", dpi: 96));
    }

    [Fact]
    public void Roc()
    {
        float[] scores = [.. Enumerable.Range(0, 200).Select(i => (MathF.Sin(i * 12.9898f) * 0.5f) + 0.5f)];
        float[] targets = [.. scores.Select((score, i) => score + (0.4f * MathF.Sin(i * 78.233f)) > 0.5f ? 1f : 0f)];
        Pictures.Check(file => RocCurve.Of(targets, scores).Plot(file, dpi: 96));
    }

    [Fact]
    public void The_area_is_the_part_of_pairs_in_order()
    {
        float[] targets = [0, 0, 1, 1, 1, 0], scores = [0.1f, 0.4f, 0.35f, 0.8f, 0.4f, 0.2f];
        double pairs = 0;
        for (int i = 0; i < 6; i++)
            for (int k = 0; k < 6; k++)
                if (targets[i] == 1 && targets[k] == 0) pairs += scores[i] > scores[k] ? 1 : scores[i] == scores[k] ? 0.5 : 0;
        Assert.Equal(pairs / 9, RocCurve.Of(targets, scores).Area, 12);
        Assert.Contains("both kinds",
            Assert.Throws<ArgumentException>(() => RocCurve.Of(new float[3], new float[3])).Message, StringComparison.Ordinal);
        Assert.Contains("0 and 1",
            Assert.Throws<ArgumentException>(() => RocCurve.Of(new float[] { 0, 2 }, new float[2])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RocCurve.Of(new float[2], new float[3]));
    }

    [Fact]
    public void A_callback_draws_while_it_trains()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("plots").FullName, "live.png");
        List<bool> isThere = [];
        MlpNet model = new(seed: 1);
        model.Compile("adam", "binary_crossentropy");
        LambdaCallback look = new(onEpochEnd: (_, _) => isThere.Add(File.Exists(file)));
        model.Fit(new float[40, 34], new float[40], epochs: 3,
            verbose: Verbose.Silent, callbacks: [new LearningCurves(file, every: 2), look]);
        Assert.Equal([false, true, true], isThere);
        History history = new();
        Assert.Throws<ArgumentException>(() => history.Plot(file));
        Assert.Contains("no figure 'auc'",
            Assert.Throws<ArgumentException>(() => Made(3).Plot(file, ["auc"])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1, "0,0.2,0.4,0.6,0.8,1.0")]
    [InlineData(0.31, 0.72, "0.3,0.4,0.5,0.6,0.7,0.8")]
    [InlineData(-3, 12, "\u22125.0,\u22122.5,0,2.5,5.0,7.5,10.0,12.5")]
    [InlineData(0, 2000000, "0,5e+5,1e+6,1.5e+6,2e+6")]
    public void Axes_have_round_numbers(double low, double high, string expected)
    {
        AxisTicks ticks = new(low, high, 6, isWhole: false, isTight: false);
        Assert.Equal(expected.Split(','), ticks.Values.Select(value => value == 0 ? "0" : ticks.Text(value)));
    }

    private static History Made(int epochs, double speed = 1)
    {
        History history = new();
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            double left = Math.Exp(-epoch * speed / 15.0), wave = 0.01 * Math.Sin(epoch * 1.7);
            Logs logs = new() { ["accuracy"] = 0.97 - (0.45 * left) + wave, ["loss"] = 0.08 + (0.62 * left) - wave };
            logs["val_accuracy"] = 0.92 - (0.42 * left) + (2 * wave);
            logs["val_loss"] = 0.2 + (0.5 * left) + (0.001 * epoch) - (2 * wave);
            history.Add(epoch, logs);
        }

        return history;
    }
}
