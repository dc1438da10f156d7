using System.Numerics.Tensors;
using CompiledNets.Data;
using CompiledNets.Files;
using CompiledNets.Tests.Training;

namespace CompiledNets.Tests.Files;

public sealed class ModelFileTests
{
    /// <summary>Optimizers with all that one may keep.</summary>
    private static readonly Dictionary<string, Func<Optimizer>> Optimizers = new()
    {
        ["sgd"] = () => new SGD(0.05),
        ["momentum"] = () => new SGD(0.05, 0.9, nesterov: true) { WeightDecay = 1e-3 },
        ["rmsprop"] = () => new RMSprop(0.003, momentum: 0.5, centered: true),
        ["adam"] = () => new Adam(0.003),
        ["amsgrad"] = () => new Adam(0.0123456789, amsgrad: true) { ClipNorm = 0.5 },
        ["average"] = () => new AdamW(0.003) { UseEma = true, EmaOverwriteFrequency = 3 },
        ["accumulation"] = () => new Adamax(0.003) { GradientAccumulationSteps = 3 },
        ["lamb"] = () => new Lamb(0.003),
    };

    public static TheoryData<string> OptimizerNames => [.. Optimizers.Keys];

    [Theory]
    [MemberData(nameof(OptimizerNames))]
    public void Training_goes_on_with_the_bits_of_one_that_did_not_stop(string optimizer)
    {
        using TemporaryFolder folder = new();
        Dataset data = Examples.Classes(111, 64);
        WideNet whole = Compiled(7);
        whole.Fit(data, epochs: 2, verbose: Verbose.Silent);
        whole.Save(folder["a.safetensors"]);
        History expected = whole.Fit(data, epochs: 2, verbose: Verbose.Silent);

        // Another seed, whose shuffling and dropout the file replaces, and weights and state of another training.
        WideNet goesOn = Compiled(99);
        goesOn.Fit(data, epochs: 1, verbose: Verbose.Silent);
        WeightReport report = goesOn.LoadWeights(folder["a.safetensors"]);
        Assert.True(report.IsComplete && report.HasTrainingState);
        Assert.Equal(7, goesOn.Seed);
        History actual = goesOn.Fit(data, epochs: 2, verbose: Verbose.Silent);
        Assert.Equal(expected["loss"], actual["loss"]);
        foreach ((ModelWeight first, ModelWeight second) in whole.Weights.Zip(goesOn.Weights))
            Assert.Equal(first.Values.ToArray(), second.Values.ToArray());
        Assert.Equal(whole.Optimizer!.Iterations, goesOn.Optimizer!.Iterations);

        WideNet Compiled(int seed)
        {
            WideNet model = new(seed);
            model.Compile(Optimizers[optimizer](), "sparse_categorical_crossentropy", "accuracy");
            return model;
        }
    }

    [Fact]
    public void What_was_frozen_goes_on_too()
    {
        using TemporaryFolder folder = new();
        Dataset data = Examples.Classes(64, 64);
        WideNet whole = Compiled();
        whole.Layers[0].Trainable = false;
        whole.Fit(data, epochs: 2, verbose: Verbose.Silent);
        whole.SaveWeights(folder["a.safetensors"]);
        whole.Layers[0].Trainable = true;
        whole.Fit(data, epochs: 2, verbose: Verbose.Silent);

        WideNet goesOn = Compiled();
        goesOn.Layers[0].Trainable = false;
        Assert.True(goesOn.LoadWeights(folder["a.safetensors"]).HasTrainingState);
        goesOn.Layers[0].Trainable = true;
        goesOn.Fit(data, epochs: 2, verbose: Verbose.Silent);
        foreach ((ModelWeight first, ModelWeight second) in whole.Weights.Zip(goesOn.Weights))
            Assert.Equal(first.Values.ToArray(), second.Values.ToArray());

        WideNet Compiled()
        {
            WideNet model = new(1);
            model.Compile("adam", "sparse_categorical_crossentropy");
            return model;
        }
    }

    [Fact]
    public void A_network_is_made_of_a_file()
    {
        using TemporaryFolder folder = new();
        ClassNet model = new(3);
        model.Save(folder["a.safetensors"]);
        var again = ClassNet.Load(folder["a.safetensors"], seed: 5);
        using FileStream stream = File.OpenRead(folder["a.safetensors"]);
        var streamed = ClassNet.Load(stream);
        Tensor<float> x = Examples.Features(20, 4);
        Assert.Equal(model.Predict(x).ToArray(), again.Predict(x).ToArray());
        Assert.Equal(model.Predict(x).ToArray(), streamed.Predict(x).ToArray());
    }

    [Fact]
    public void Every_difference_is_named_and_nothing_changed()
    {
        using TemporaryFolder folder = new();
        new BinaryNet(1).SaveWeights(folder["a.safetensors"]);
        ClassNet model = new(2);
        float[] before = model.Weights[1].Values.ToArray();
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => model.LoadWeights(folder["a.safetensors"]));
        foreach (string part in new[] { "a.safetensors", "'dense/kernel' stays as it is: its shape is (4, 12), but the file has (6, 10)",
            "'dense_1/bias'", "0 of 4" })
            Assert.Contains(part, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Weights[1].Values.ToArray());
        WeightReport report = model.LoadWeights(folder["a.safetensors"], skipMismatch: true);
        Assert.Equal(4, report.Mismatches.Count);
        Assert.False(report.HasTrainingState);
    }

    [Fact]
    public void A_state_of_another_optimizer_is_left_out()
    {
        using TemporaryFolder folder = new();
        ClassNet model = new(1);
        model.Compile("adam", "sparse_categorical_crossentropy");
        model.Fit(Examples.Classes(32, 4), verbose: Verbose.Silent);
        model.Save(folder["a.safetensors"]);
        ClassNet other = new(1);
        other.Compile("sgd", "sparse_categorical_crossentropy");
        Assert.False(other.LoadWeights(folder["a.safetensors"]).HasTrainingState);
        TrainingState state = model.GetTrainingState()!;
        ArgumentException refused = Assert.Throws<ArgumentException>(() => other.SetTrainingState(state));
        Assert.Contains("SGD", refused.Message, StringComparison.Ordinal);
        other.Compile("adam", "sparse_categorical_crossentropy");
        other.SetTrainingState(state);
        Assert.Equal(1, other.Optimizer!.Iterations);
        refused = Assert.Throws<ArgumentException>(() => other.SetTrainingState(state with { Variables = [.. state.Variables.Skip(1)] }));
        Assert.Contains("'momentum' of 'dense/kernel' is missing", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Moments_that_came_from_a_file_are_there()
    {
        using TemporaryFolder folder = new();
        new NormalizedNet(1).SaveWeights(folder["a.safetensors"]);
        NormalizedNet model = new(1);
        Assert.True(model.Layers[0].LacksMoments);
        model.LoadWeights(folder["a.safetensors"]);
        Assert.False(model.Layers[0].LacksMoments);
    }

    [Theory]
    [InlineData("model.keras", "CompiledNets.Keras")]
    [InlineData("model", ".safetensors")]
    public void Endings_that_nobody_knows_are_named(string path, string expected)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new ClassNet(1).Save(path));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void What_is_no_network_is_named()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["a"], "nothing");
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => new ClassNet(1).LoadWeights(folder["a"]));
        Assert.Contains(folder["a"], refused.Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => new ClassNet(1).LoadWeights(folder["b"]));
    }

    [Fact]
    public void A_failure_leaves_the_old_file_and_nothing_else()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["a.safetensors"], "old");
        Assert.Throws<IOException>(() => AtomicFile.Write(folder["a.safetensors"], stream =>
        {
            stream.WriteByte(1);
            throw new IOException("full");
        }));
        Assert.Equal("old", File.ReadAllText(folder["a.safetensors"]));
        Assert.Equal(["a.safetensors"], folder.Names);
        Assert.Throws<DirectoryNotFoundException>(() => new ClassNet(1).Save(folder["none/a.safetensors"]));
    }

    [Fact]
    public void Many_writers_and_readers_see_whole_files()
    {
        using TemporaryFolder folder = new();
        string path = folder["a.safetensors"];
        ClassNet[] models = [.. Enumerable.Range(0, 4).Select(seed => new ClassNet(seed))];
        models[0].Save(path);
        float[][] possible = [.. models.Select(model => model.Weights[0].Values.ToArray())];
        Parallel.For(0, 8, worker =>
        {
            for (int i = 0; i < 50; i++)
            {
                if (worker < 4)
                {
                    models[worker].Save(path);
                    continue;
                }

                float[] kernel = ClassNet.Load(path).Weights[0].Values.ToArray();
                Assert.Contains(possible, values => values.AsSpan().SequenceEqual(kernel));
            }
        });
        Assert.Equal(["a.safetensors"], folder.Names);
    }
}
