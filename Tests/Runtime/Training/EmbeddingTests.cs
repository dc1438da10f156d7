using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Training;

[Network]
[Input(5)]
[Embedding(7, 20)]
[GlobalAveragePooling1D]
[Dense(1)]
internal sealed partial class LookupNet;

[Network]
[Input(4)]
[Embedding(6, 3, MaskZero = true)]
[Dense(2)]
internal sealed partial class MaskedNet;

[Network]
internal sealed partial class TwoTablesNet
{
    [Input(3)] public partial Node Words { get; }

    [Input(2)] public partial Node Figures { get; }

    [From(nameof(Words)), Embedding(9, 4)] public partial Node Large { get; }

    [From(nameof(Words)), Reshape(1, 3), Embedding(5, 4), Reshape(3, 4)] public partial Node Small { get; }

    [Add(nameof(Large), nameof(Small)), GlobalAveragePooling1D, Concatenate(nameof(Figures)), Dense(1), Output]
    public partial Node Answer { get; }
}

/// <summary>Rows of tables by their numbers: what is checked before anything is read, and what masked steps weigh.</summary>
public sealed class EmbeddingTests
{
    private static readonly Tensor<float> Targets = Tensor.Create(new float[6], [6, 1]);

    [Theory]
    [InlineData(7)]
    [InlineData(-1)]
    [InlineData(2.5f)]
    public void A_number_that_names_no_row_is_named_before_anything_is_read(float wrong)
    {
        LookupNet model = new(seed: 1);
        model.Compile("sgd", "mse");
        Tensor<float> x = Indices(6, 5, 7);
        x[3, 2] = wrong;
        float[] before = model.Weights[0].Values.ToArray(), flat = [.. x];
        string message = FormattableString.Invariant($"rows of its table, but x is {wrong} at row 3, column 2");
        Says(message, () => model.Fit(x, Targets));
        Says(message, () => model.Evaluate(x, Targets));
        Says(message, () => model.Predict(x));
        Says(message, () => model.Forward(x));
        Says("whole numbers from 0 to 6, by which 'embedding' looks up the 7 rows", () => model.Predict(flat));
        Says("at row 0, column 2", () => model.Predict(flat.AsSpan(15, 5), new float[1]));
        Says("at row 3, column 2", () => model.TrainOnBatch(flat, new float[6]));
        Assert.Equal(before, model.Weights[0].Values.ToArray());
    }

    [Fact]
    public void An_input_of_several_tables_has_the_limit_of_the_smallest()
    {
        TwoTablesNet model = new(seed: 1);
        Samples[] x = [Tensor.Create([0f, 4, 5], [1, 3]), Tensor.Create(new float[2], [1, 2])];
        string message = Assert.Throws<ArgumentException>(() => model.Predict(x)).Message;
        Assert.Contains("'embedding_1' looks up the 5 rows of its table, but x['words'] is 5", message, StringComparison.Ordinal);
        Says("'embedding_1' looks up the 5 rows", () =>
        {
            SinglePrediction single = model.PredictSingle();
            single.Take(0, [0, 4, 5]);
        });
    }

    [Fact]
    public void Threads_change_no_bit_of_a_table()
    {
        float[] one = Trained(1), three = Trained(3);
        Assert.Equal(one, three);

        static float[] Trained(int threads)
        {
            LookupNet model = new(seed: 2) { Threads = threads };
            model.Compile(new Adam(0.01), "mse");
            Tensor<float> x = Indices(700, 5, 7);
            model.Fit(x, Tensor.Create([.. Enumerable.Range(0, 700).Select(i => x[i, 0])], [700, 1]), batchSize: 700, epochs: 3,
                verbose: Verbose.Silent);
            return model.Weights[0].Values.ToArray();
        }
    }

    [Fact]
    public void A_table_learns_what_its_rows_stand_for()
    {
        LookupNet model = new(seed: 3);
        model.Compile(new Adam(0.05), "mse");
        Tensor<float> x = Indices(200, 5, 7);
        Tensor<float> y =
            Tensor.Create([.. Enumerable.Range(0, 200).Select(i => Enumerable.Range(0, 5).Count(j => x[i, j] == 3) / 5f)], [200, 1]);
        Assert.True(model.Fit(x, y, epochs: 40, verbose: Verbose.Silent)["loss"][^1] < 1e-3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Masked_steps_weigh_nothing_in_loss_and_metrics(bool isWeighted)
    {
        MaskedNet model = new(seed: 1);
        IReadOnlyList<Metric> weighted = isWeighted ? ["mae"] : [];
        model.Compile(new SGD(0.1), "mse", metrics: ["mae", "root_mean_squared_error"], weightedMetrics: weighted);
        Tensor<float> x = Tensor.Create([1f, 2, 0, 0, 3, 0, 4, 0, 5, 1, 2, 3], [3, 4]);
        Tensor<float> y = Tensor.Create([.. Enumerable.Range(0, 24).Select(i => (i % 5) - 2f)], [3, 4, 2]);
        Tensor<float> weights = Tensor.Create([1f, 2, 0.5f], [3, 1]);
        Tensor<float> outputs = model.Predict(x);
        double squares = 0, errors = 0, weighed = 0, sumOfWeights = 0, all = 0;
        for (int i = 0; i < 12; i++)
        {
            double square = 0, error = 0;
            for (int c = 0; c < 2; c++)
            {
                double distance = outputs[i / 4, i % 4, c] - y[i / 4, i % 4, c];
                square += distance * distance / 2;
                error += Math.Abs(distance) / 2;
            }

            all += square / 12;
            if (x[i / 4, i % 4] == 0) continue;
            double weight = isWeighted ? weights[i / 4, 0] : 1;
            squares += weight * square / 8;
            errors += error / 8;
            weighed += weight * error;
            sumOfWeights += weight;
        }

        Logs logs = model.Evaluate(x, y, sampleWeight: isWeighted ? new Samples(weights) : null, verbose: Verbose.Silent);
        Assert.Equal(squares, logs["loss"], 1e-6);
        Assert.Equal(errors, logs["mae"], 1e-6);
        Assert.Equal(Math.Sqrt(all), logs["root_mean_squared_error"], 1e-6);
        if (isWeighted) Assert.Equal(weighed / sumOfWeights, logs["weighted_mae"], 1e-6);
        History history =
            model.Fit(x, y, batchSize: 3, epochs: 1, sampleWeight: isWeighted ? new Samples(weights) : null, verbose: Verbose.Silent);
        Assert.Equal(squares, history["loss"][0], 1e-6);
    }

    [Fact]
    public void Without_a_step_that_is_there_the_loss_is_zero()
    {
        MaskedNet model = new(seed: 1);
        model.Compile(new SGD(0.1), "mse");
        float[] before = model.Weights[1].Values.ToArray();
        History history =
            model.Fit(Tensor.Create(new float[8], [2, 4]), Tensor.Create(new float[16], [2, 4, 2]), epochs: 1, verbose: Verbose.Silent);
        Assert.Equal(0, history["loss"][0]);
        Assert.Equal(before, model.Weights[1].Values.ToArray());
    }

    private static void Says(string words, Action action) =>
        Assert.Contains(words, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);

    private static Tensor<float> Indices(int samples, int length, int limit)
    {
        Random random = new(4);
        return Tensor.Create([.. Enumerable.Range(0, samples * length).Select(_ => (float)random.Next(limit))], [samples, length]);
    }
}
