using System.Globalization;
using System.Numerics.Tensors;
using System.Text.Json;
using CompiledNets.Harness.Goldens;
using CompiledNets.Keras;
using CompiledNets.Keras.Training;

namespace CompiledNets.Conformance.Judges;

/// <summary>A whole training from given weights, without shuffling: history, weights afterwards, predictions.</summary>
internal sealed class TrainingJudge : Judge
{
    public override double Tolerance => 2e-5;

    public override bool Takes(GoldenCase golden) => golden.Part("model") is not null && golden.Arrays.ContainsKey("before0");

    public override string Network(GoldenCase golden, string className) => NetworkSource.Write(className, golden.Part("model")!.Value, keepNames: false);

    public override void Run(GoldenCase golden, Func<Model> makeNetwork, Comparison comparison)
    {
        Optimizer optimizer = Optimizer(golden);
        Callback[] callbacks = CallbackNote.Read(golden.Text("note"));
        FitArguments fit = FitArguments.Read(golden.Part("fit"));
        Model network = makeNetwork();
        if (!WeightCheck.Assign(network, golden, "before", comparison)) return;
        Tensor<float> x = golden["x0"].ToTensor(), y = golden["y0"].ToTensor();
        Tensor<float>? weights = golden.Arrays.TryGetValue("sample_weight", out NamedArray? given) ? given.ToTensor() : null;
        Compile(network, optimizer, golden.Part("compile")!.Value);
        History history = network.Fit(
            x, y, fit.BatchSize, fit.Epochs, Verbose.Silent, callbacks, fit.ValidationSplit, shuffle: false, classWeight: fit.ClassWeight, sampleWeight: weights, initialEpoch: fit.InitialEpoch);

        foreach (string array in golden.Arrays.Keys.Where(name => name.StartsWith("history/", StringComparison.Ordinal)))
        {
            string key = array["history/".Length..];
            if (history.TryGetValue(key, out IReadOnlyList<double>? values)) comparison.Add(array, values);
            else comparison.Fail($"the history has no {key}, only {string.Join(", ", history.Keys)}");
        }

        for (int i = 0; i < network.Weights.Count; i++) comparison.Add("after" + i.ToString(CultureInfo.InvariantCulture), network.Weights[i].Values, network.Weights[i].Shape);
        comparison.Add("predict0", network.Predict(x));
    }

    private static Optimizer Optimizer(GoldenCase golden) =>
        KerasOptimizers.Create(Configured(golden.Part("optimizer") ?? throw new KerasUnsupportedException("compile without an optimizer")));

    private static void Compile(Model network, Optimizer optimizer, JsonElement arguments)
    {
        Loss? loss = null;
        Metric[] metrics = [], weighted = [];
        foreach (JsonProperty argument in arguments.EnumerateObject())
        {
            switch (argument.Name)
            {
                case "loss":
                    loss = argument.Value.ValueKind == JsonValueKind.String ? Loss(argument.Value.GetString()!) : KerasLosses.Create(Configured(argument.Value));
                    break;
                case "metrics":
                    metrics = Metrics(argument.Value);
                    break;
                case "weighted_metrics":
                    weighted = Metrics(argument.Value);
                    break;
                default:
                    throw new KerasUnsupportedException($"compile with {argument.Name}");
            }
        }

        network.Compile(optimizer, loss ?? throw new KerasUnsupportedException("compile without a loss"), metrics, weighted);
    }

    private static Metric[] Metrics(JsonElement list) => [.. list.EnumerateArray().Select(metric =>
        metric.ValueKind == JsonValueKind.String ? Metric(metric.GetString()!) : KerasMetrics.Create(Configured(metric)))];

    private static Loss Loss(string name)
    {
        try
        {
            return CompiledNets.Loss.Get(name);
        }
        catch (ArgumentException)
        {
            throw new KerasUnsupportedException($"loss {name}");
        }
    }

    private static Metric Metric(string name)
    {
        try
        {
            return CompiledNets.Metric.Get(name);
        }
        catch (ArgumentException)
        {
            throw new KerasUnsupportedException($"metric {name}");
        }
    }

    private static KerasObject Configured(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("class", out JsonElement name)
        ? new(name.GetString()!, value.TryGetProperty("config", out JsonElement config) ? config : default)
        : throw new KerasUnsupportedException($"compile with {value}");
}
