using System.Globalization;
using System.Numerics.Tensors;
using CompiledNets.Data;
using CompiledNets.Harness.Goldens;
using CompiledNets.Keras;
using CompiledNets.Keras.Training;

namespace CompiledNets.Conformance.Judges;

/// <summary>A whole training from given weights, without shuffling: history, weights afterwards, predictions.</summary>
internal sealed class TrainingJudge : Judge
{
    public override double Tolerance => 2e-5;

    public override bool Takes(GoldenCase golden) => golden.Part("model") is not null && golden.Arrays.ContainsKey("before0");

    public override string Network(GoldenCase golden, string className) =>
        NetworkSource.Write(className, golden.Part("model")!.Value, keepNames: false);

    public override void Run(GoldenCase golden, Func<Model> makeNetwork, Comparison comparison)
    {
        Optimizer optimizer = Optimizer(golden);
        Callback[] callbacks = CallbackNote.Read(golden.Text("note"));
        // The optimizer is noted as it was after the training; a callback that changes the learning rate logs what it began with.
        if (callbacks.Length > 0 && golden.Arrays.TryGetValue("history/learning_rate", out NamedArray? rates))
            optimizer.LearningRate = rates.Data[0];
        FitArguments fit = FitArguments.Read(golden.Part("fit"));
        Model network = makeNetwork();
        if (!WeightCheck.Assign(network, golden, "before", comparison)) return;
        Samples[] x = [.. golden.Numbered("x").Select(array => new Samples(array.ToTensor()))],
            y = [.. golden.Numbered("y").Select(array => new Samples(array.ToTensor()))];
        Samples[]? weights = golden.Arrays.TryGetValue("sample_weight", out NamedArray? given) ? [new(given.ToTensor())] : null;
        CompileArguments.Compile(network, optimizer, golden.Part("compile")!.Value, golden.Part("model")!.Value);
        History history = network.Fit(
            x, y, fit.BatchSize, fit.Epochs, Verbose.Silent, callbacks, fit.ValidationSplit, shuffle: false, classWeight: fit.ClassWeight
                is null ? null : [fit.ClassWeight], sampleWeight: weights,
            initialEpoch: fit.InitialEpoch);

        foreach (string array in golden.Arrays.Keys.Where(name => name.StartsWith("history/", StringComparison.Ordinal)))
        {
            string key = array["history/".Length..];
            if (history.TryGetValue(key, out IReadOnlyList<double>? values)) comparison.Add(array, values);
            else comparison.Fail($"the history has no {key}, only {string.Join(", ", history.Keys)}");
        }

        for (int i = 0; i < network.Weights.Count; i++)
            comparison.Add("after" + i.ToString(CultureInfo.InvariantCulture), network.Weights[i].Values, network.Weights[i].Shape);
        Tensor<float>[] predictions = network.Predict(x);
        for (int i = 0; i < predictions.Length; i++) comparison.Add("predict" + i.ToString(CultureInfo.InvariantCulture), predictions[i]);
    }

    private static Optimizer Optimizer(GoldenCase golden) =>
        KerasOptimizers.Create(
            CompileArguments.Configured(golden.Part("optimizer") ?? throw new KerasUnsupportedException("compile without an optimizer")));
}
