using System.Globalization;
using System.Numerics.Tensors;
using System.Reflection;
using System.Text.Json;
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
        string source = NetworkSource.Write(className, golden["x0"].Shape.Skip(1), [layer], keepNames: false);
        if (golden.Part("call") is { ValueKind: JsonValueKind.Object } call && call.EnumerateObject().FirstOrDefault() is { Value.ValueKind: not JsonValueKind.Undefined } argument)
            throw new KerasUnsupportedException($"{layer.ClassName} called with {argument.Name}");
        foreach (string several in new[] { "x1", "mask", "state0", "infer/y1" })
            if (golden.Arrays.ContainsKey(several)) throw new KerasUnsupportedException($"{layer.ClassName} with {several}");
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
            Tensor<float> x = golden["x0"].ToTensor();
            comparison.Add(mode + "/y0", network.Forward(x, training: mode == "train"));
            if (mode == "infer")
            {
                comparison.Add("infer/y0", network.Predict(x), " predicted");
                comparison.Add("infer/y0", PredictEach(network, golden["x0"]), " predicted one by one");
            }

            if (golden.Arrays.TryGetValue("u0", out NamedArray? upstream)) Backward(network, golden, mode, upstream, comparison);
            for (int i = 0; i < network.Weights.Count; i++)
            {
                string after = string.Create(CultureInfo.InvariantCulture, $"{mode}/after_w{i}");
                if (golden.Arrays.ContainsKey(after)) comparison.Add(after, network.Weights[i].Values, network.Weights[i].Shape);
            }
        }
    }

    /// <summary>The predictions of single samples, which other code computes than those of many.</summary>
    internal static Tensor<float> PredictEach(Model network, NamedArray input)
    {
        int samples = input.Shape[0], size = input.Data.Length / samples;
        float[] numbers = Array.ConvertAll(input.Data, number => (float)number);
        float[] outputs = [.. Enumerable.Range(0, samples).SelectMany(i => network.Predict(numbers.AsSpan(i * size, size)))];
        nint[] shape = [samples, .. Array.ConvertAll(network.Layers[^1].OutputShape.ToArray(), axis => (nint)axis)];
        return Tensor.Create(outputs, shape);
    }

    private static void Backward(Model network, GoldenCase golden, string mode, NamedArray upstream, Comparison comparison)
    {
        Tensor<float> inputGradient = network.Backward(upstream.ToTensor());
        if (golden.Arrays.ContainsKey(mode + "/g_x0")) comparison.Add(mode + "/g_x0", inputGradient);
        for (int i = 0; i < network.Weights.Count; i++)
        {
            string gradient = string.Create(CultureInfo.InvariantCulture, $"{mode}/g_w{i}");
            if (golden.Arrays.ContainsKey(gradient)) comparison.Add(gradient, network.Weights[i].Gradient, network.Weights[i].Shape);
        }
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
