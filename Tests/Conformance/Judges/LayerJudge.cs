using System.Globalization;
using System.Numerics.Tensors;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using CompiledNets.Harness.Goldens;
using CompiledNets.Keras;

namespace CompiledNets.Conformance.Judges;

/// <summary>One layer: outputs, gradients and changed state, in inference and in training.</summary>
internal sealed class LayerJudge : Judge
{
    public override bool Takes(GoldenCase golden) => golden.Text("class") is not null && golden.Arrays.ContainsKey("x0");

    public override string Network(GoldenCase golden, string className)
    {
        KerasObject layer = new(golden.Text("class")!, golden.Part("config") ?? default);
        IReadOnlyList<NamedArray> inputs = golden.Numbered("x");
        if (RecurrentCase.IsStateful(golden)) return NetworkSource.Write(className, inputs[0].Shape.Skip(1), [layer], keepNames: false);
        if (RecurrentCase.Is(golden)) return RecurrentCase.Source(golden, className, layer);
        string source = inputs.Count == 1
            ? NetworkSource.Write(className, inputs[0].Shape.Skip(1), [layer], keepNames: false)
            : NetworkSource.Write(className, Functional(golden, inputs), keepNames: false);
        if (golden.Part("call") is { ValueKind: JsonValueKind.Object } call
            && call.EnumerateObject().FirstOrDefault() is { Value.ValueKind: not JsonValueKind.Undefined } argument)
            throw new KerasUnsupportedException($"{layer.ClassName} called with {argument.Name}");
        return source;
    }

    public override void Run(GoldenCase golden, Func<Model> makeNetwork, Comparison comparison)
    {
        foreach (string mode in new[] { "infer", "train" })
        {
            if (!golden.Arrays.ContainsKey(mode + "/y0")) continue;
            Model network = makeNetwork();
            if (!WeightCheck.Assign(network, golden, "w", comparison)) return;
            if (golden.Arrays.ContainsKey("mean")) Adapt(network, golden, comparison);
            IReadOnlyList<NamedArray> inputs = golden.Numbered("x");
            if (RecurrentCase.IsStateful(golden))
            {
                RecurrentCase.RunStateful(network, golden, comparison);
                return;
            }

            bool isRecurrent = RecurrentCase.Is(golden);
            Data.Samples[] x = isRecurrent ? RecurrentCase.Inputs(golden) : [.. inputs.Select(input => new Data.Samples(input.ToTensor()))];
            Tensor<float>[] outputs = network.Forward(x, training: mode == "train");
            for (int i = 0; i < outputs.Length; i++) comparison.Add(RecurrentCase.Output(mode + "/y", i), outputs[i]);
            if (mode == "infer")
            {
                outputs = network.Predict(x);
                for (int i = 0; i < outputs.Length; i++) comparison.Add(RecurrentCase.Output("infer/y", i), outputs[i], " predicted");
                if (!isRecurrent) comparison.Add("infer/y0", PredictEach(network, inputs), " predicted one by one");
            }

            if (golden.Arrays.ContainsKey("u0")) Backward(network, golden, mode, comparison);
            for (int i = 0; i < network.Weights.Count; i++)
            {
                string after = string.Create(CultureInfo.InvariantCulture, $"{mode}/after_w{i}");
                if (golden.Arrays.ContainsKey(after)) comparison.Add(after, network.Weights[i].Values, network.Weights[i].Shape);
            }
        }
    }

    /// <summary>The predictions of single samples, which other code computes than those of many.</summary>
    internal static Tensor<float> PredictEach(Model network, params IReadOnlyList<NamedArray> inputs)
    {
        int samples = inputs[0].Shape[0];
        Tensor<float>[] outputs = [.. Enumerable.Range(0, samples)
            .Select(sample => network.Predict([.. inputs.Select(input => Sample(input, sample))])[0])];
        nint[] shape = [samples, .. outputs[0].Lengths[1..]];
        return Tensor.Create([.. outputs.SelectMany(output => output)], shape);

        static Data.Samples Sample(NamedArray input, int sample)
        {
            int size = input.Data.Length / input.Shape[0];
            return new((input with { Shape = [1, .. input.Shape.Skip(1)], Data = input.Data.AsSpan(sample * size, size).ToArray() })
                .ToTensor());
        }
    }

    private static void Backward(Model network, GoldenCase golden, string mode, Comparison comparison)
    {
        Tensor<float>[] inputGradients = network.Backward([.. golden.Numbered("u").Select(upstream => upstream.ToTensor())]);
        for (int i = 0; i < inputGradients.Length; i++)
        {
            string gradient = string.Create(CultureInfo.InvariantCulture, $"{mode}/g_x{i}");
            if (golden.Arrays.ContainsKey(gradient)) comparison.Add(gradient, inputGradients[i]);
        }

        for (int i = 0; i < network.Weights.Count; i++)
        {
            string gradient = string.Create(CultureInfo.InvariantCulture, $"{mode}/g_w{i}");
            if (golden.Arrays.ContainsKey(gradient)) comparison.Add(gradient, network.Weights[i].Gradient, network.Weights[i].Shape);
        }
    }

    // The network of Keras in which the layer is called with several inputs.
    private static JsonElement Functional(GoldenCase golden, IReadOnlyList<NamedArray> inputs)
    {
        JsonArray layers = [], values = [], ports = [];
        foreach (NamedArray input in inputs)
        {
            JsonArray shape = [null, .. input.Shape.Skip(1).Select(axis => JsonValue.Create(axis))];
            layers.Add(Entry("InputLayer", input.Name, new JsonObject { ["batch_shape"] = shape }, []));
            values.Add(new JsonObject
            {
                ["class_name"] = "__keras_tensor__",
                ["config"] = new JsonObject { ["keras_history"] = Port(input.Name) }
            });
            ports.Add((JsonNode)Port(input.Name));
        }

        JsonArray calls = [new JsonObject { ["args"] = new JsonArray { values } }];
        layers.Add(Entry(golden.Text("class")!, "layer", golden.Part("config") is { } config
            ? JsonNode.Parse(config.GetRawText()) : null, calls));
        JsonObject network = new() { ["layers"] = layers, ["input_layers"] = ports, ["output_layers"] = Port("layer") };
        return JsonSerializer.SerializeToElement(new JsonObject { ["class_name"] = "Functional", ["config"] = network });

        static JsonArray Port(string layer) => [layer, 0, 0];

        static JsonNode Entry(string className, string name, JsonNode? config, JsonArray calls) =>
            new JsonObject { ["class_name"] = className, ["name"] = name, ["config"] = config, ["inbound_nodes"] = calls };
    }

    // The compiler writes Adapt for layers that learn from data. Keras keeps what they learn in the rank of the input.
    private static void Adapt(Model network, GoldenCase golden, Comparison comparison)
    {
        ModelLayer layer = network.Layers[0];
        MethodInfo adapt = layer.GetType().GetMethod("Adapt") ?? throw new KerasUnsupportedException($"{layer.Type} with adapt");
        adapt.Invoke(layer, [new Data.Samples(golden["x0"].ToTensor())]);
        foreach (ModelWeight weight in layer.Weights)
        {
            if (golden.Arrays.ContainsKey(weight.Name)) comparison.Add(weight.Name, weight.Values);
        }
    }
}
