using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Training;

/// <summary>Bad input gets an exception that says what was expected, what came and where; the model is unchanged afterwards.</summary>
public sealed class BadInputTests
{
    private static readonly Tensor<float> X = Examples.Features(8, 6);
    private static readonly Tensor<float> Y = Tensor.Create(new float[8], [8, 1]);

    [Fact]
    public void Training_before_compile() => Says<InvalidOperationException>("call `Compile()`", model => model.Fit(X, Y), compile: false);

    [Fact]
    public void Backward_before_forward() =>
        Says<InvalidOperationException>("call `Forward()` of 'BinaryNet' before `Backward()`", model => model.Backward(Y));

    [Fact]
    public void Wrong_feature_count() =>
        Says<ArgumentException>("The input of 'BinaryNet' has the wrong shape. Expected shape (None, 6), but received: x.shape=(8, 5).",
            model => model.Fit(Examples.Features(8, 5), Y));

    [Fact]
    public void A_row_without_batch() =>
        Says<ArgumentException>("For a single sample call Predict with a span", model => model.Predict(Tensor.Create(new float[6])));

    [Fact]
    public void Empty_data() =>
        Says<ArgumentException>("There are no samples: expected at least one row, but received: x.shape=(0, 6).", model =>
            model.Fit(Examples.Features(0, 6), Tensor.Create(Array.Empty<float>(), [0, 1])));

    [Fact]
    public void Different_numbers_of_rows() =>
        Says<ArgumentException>("x has 8, y has 5", model => model.Fit(X, Tensor.Create(new float[5], [5, 1])));

    [Fact]
    public void Not_a_number_in_features() =>
        Says<ArgumentException>("x is not a number (NaN) at row 2, column 4", model => model.Fit(With(X, (2 * 6) + 4, float.NaN), Y));

    [Fact]
    public void Not_a_number_in_targets() =>
        Says<ArgumentException>("y is not a number (NaN) at row 7, column 0", model => model.Fit(X, With(Y, 7, float.NaN)));

    [Theory]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void Infinity_in_data(float value, string word)
    {
        Says<ArgumentException>($"x is {word} at row 2, column 4", model => model.Fit(With(X, (2 * 6) + 4, value), Y));
        Says<ArgumentException>($"y is {word} at row 7, column 0", model => model.TrainOnBatch(X, With(Y, 7, value)));
        Says<ArgumentException>($"x is {word} at row 0, column 0", model => model.Evaluate(With(X, 0, value), Y));
        Says<ArgumentException>($"sampleWeight is {word} at row 3", model =>
            model.Fit(X, Y, sampleWeight: With(Tensor.Create(new float[8]), 3, value)));
        Says<ArgumentException>("class 1", model => model.Fit(X, Y, classWeight: new Dictionary<int, float> { [1] = value }));
    }

    [Fact]
    public void Large_numbers_whose_sum_is_infinite_are_numbers()
    {
        BinaryNet model = new(1);
        model.Compile("adam", "binary_crossentropy");
        model.Evaluate(With(With(X, 0, 3e38f), 1, 3e38f), Y, verbose: Verbose.Silent);
    }

    [Fact]
    public void A_single_weight_for_many_samples() =>
        Says<ArgumentException>("sampleWeight has 1", model => model.Fit(X, Y, sampleWeight: Tensor.Create(new float[1])));

    [Fact]
    public void A_batch_size_of_nothing() =>
        Says<ArgumentOutOfRangeException>("Expected `batchSize` of at least 1. Received: batchSize=0", model =>
        model.Fit(X, Y, batchSize: 0));

    [Fact]
    public void Everything_for_validation() =>
        Says<ArgumentException>("not sufficient to split it", model => model.Fit(X, Y, validationSplit: 1));

    [Fact]
    public void Class_weights_that_cannot_be()
    {
        Says<ArgumentException>("Expected a finite weight of at least 0 for class 1. Received: -2", model =>
            model.Fit(X, Y, classWeight: Weights(1, -2)));
        Says<ArgumentException>("class 7, which does not exist: classes are 0 to 1", model => model.Fit(X, Y, classWeight: Weights(7, 2)));
        ClassNet classes = new(1);
        classes.Compile("adam", "sparse_categorical_crossentropy");
        Tensor<float> x = Examples.Features(4, 4);
        Assert.Contains(
            "class 3, which does not exist: classes are 0 to 2",
            Assert.Throws<ArgumentException>(() => classes.Fit(x, new int[4], classWeight: Weights(3, 2))).Message,
                StringComparison.Ordinal);
        // A class need not be in the data, and targets of one output may be other numbers than 0 and 1.
        classes.Fit(x, new int[4], verbose: Verbose.Silent, classWeight: Weights(2, 2));
        BinaryNet signs = new(1);
        signs.Compile("adam", "mse");
        signs.Fit(X, new int[] { -1, 1, -1, 1, 1, 1, -1, 1 }, verbose: Verbose.Silent, classWeight: Weights(-1, 2));
    }

    [Fact]
    public void A_callback_that_is_not_there() =>
        Says<ArgumentException>("number 1 of callbacks (from 0) is null", model =>
        model.Fit(X, Y, callbacks: [new EarlyStopping(), null!]));

    [Fact]
    public void Both_kinds_of_weights() => Says<ArgumentException>(
        "cannot be given at the same time", model =>
            model.Fit(X, Y, classWeight: new Dictionary<int, float>(), sampleWeight: Tensor.Create(new float[8])));

    [Fact]
    public void Too_few_weights() =>
        Says<ArgumentException>("sampleWeight has 5", model => model.Fit(X, Y, sampleWeight: Tensor.Create(new float[5])));

    [Fact]
    public void Targets_wider_than_the_output() =>
        Says<ArgumentException>("The loss 'binary_crossentropy'", model => model.Fit(X, Examples.Features(8, 3)));

    [Fact]
    public void A_label_outside_the_classes()
    {
        ClassNet model = new(1);
        model.Compile("adam", "sparse_categorical_crossentropy", "accuracy");
        float[] before = model.Dense.Kernel.Values.ToArray();
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() =>
            model.Fit(Examples.Features(4, 4), Tensor.Create(new float[] { 0, 1, 3, 2 }), verbose: Verbose.Silent));
        Assert.Contains("3", exception.Message, StringComparison.Ordinal);
        Assert.Contains("[0, 3)", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Dense.Kernel.Values.ToArray());
    }

    [Fact]
    public void A_metric_that_does_not_fit()
    {
        ClassNet model = new(1);
        model.Compile(new Adam(), new SparseCategoricalCrossentropy(), new CategoricalAccuracy());
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() =>
            model.Fit(Examples.Features(4, 4), Tensor.Create(new float[4]), verbose: Verbose.Silent));
        Assert.Contains("The metric 'categorical_accuracy'", exception.Message, StringComparison.Ordinal);
        model.Compile(new Adam(), new SparseCategoricalCrossentropy(), new SparseCategoricalAccuracy());
        model.Fit(Examples.Features(4, 4), Tensor.Create(new float[4]), verbose: Verbose.Silent);
    }

    [Fact]
    public void Names_that_are_not_known()
    {
        BinaryNet model = new(1);
        Assert.Contains("Did you mean 'adam'?", Assert.ThrowsAny<ArgumentException>(() => model.Compile("adamm", "mse")).Message,
            StringComparison.Ordinal);
        Assert.Contains("Did you mean 'binary_crossentropy'?",
            Assert.ThrowsAny<ArgumentException>(() => model.Compile("adam", "binary_crosentropy")).Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'accuracy'?",
            Assert.ThrowsAny<ArgumentException>(() => model.Compile("adam", "mse", "acuracy")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_of_another_shape()
    {
        BinaryNet model = new(1);
        Assert.Contains("(6, 10)", Assert.ThrowsAny<ArgumentException>(() => model.Dense.Kernel.Assign(Examples.Features(5, 10))).Message,
            StringComparison.Ordinal);
    }

    private static Dictionary<int, float> Weights(int number, float weight) => new() { [number] = weight };

    private static Tensor<float> With(Tensor<float> tensor, int at, float value)
    {
        float[] numbers = TensorRows.Numbers(tensor);
        numbers[at] = value;
        return Tensor.Create(numbers, tensor.Lengths);
    }

    private static void Says<TException>(string words, Action<BinaryNet> action, bool compile = true) where TException : Exception
    {
        BinaryNet model = new(1);
        if (compile) model.Compile("adam", "binary_crossentropy", "accuracy");
        float[] before = model.Dense.Kernel.Values.ToArray();
        TException exception = Assert.ThrowsAny<TException>(() => action(model));
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Dense.Kernel.Values.ToArray());
    }
}
