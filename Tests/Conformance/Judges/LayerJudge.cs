using System.Numerics.Tensors;
using System.Reflection;
using CompiledNets.Harness.Goldens;
using CompiledNets.Keras;

namespace CompiledNets.Conformance.Judges;

/// <summary>One layer: outputs, gradients and changed state, in inference and in training.</summary>
internal sealed class LayerJudge : Judge
{
    public override bool Takes(GoldenCase golden) => golden.Text("class") is not null && golden.Arrays.ContainsKey("x0");

    public override string Network(GoldenCase golden, string className)
    {
        if (golden.Numbered("x").Count > 1 || golden.Arrays.ContainsKey("mask") || golden.Arrays.ContainsKey("state0")) throw new KerasUnsupportedException("several inputs");
        KerasObject layer = new(golden.Text("class")!, golden.Part("config") ?? default);
        return NetworkSource.Write(className, golden["x0"].Shape.Skip(1), [layer], keepNames: false);
    }

    public override void Run(GoldenCase golden, Func<Model> makeNetwork, Comparison comparison)
    {
        foreach (string mode in new[] { "infer", "train" })
        {
            if (!golden.Arrays.ContainsKey(mode + "/y0")) continue;
            Model network = makeNetwork();
            if (!Assign(network, golden.Numbered("w"), comparison)) return;
            if (golden.Arrays.ContainsKey("mean")) Adapt(network, golden, comparison);
            Run(network, golden, mode, comparison);
        }
    }

    /// <summary>Gives a network the weights of a golden, in Keras's order.</summary>
    internal static bool Assign(Model network, IReadOnlyList<NamedArray> weights, Comparison comparison)
    {
        if (weights.Count > 0 && weights.Count != network.Weights.Count)
        {
            comparison.Fail($"Keras has {weights.Count} weights, the network {network.Weights.Count}");
            return false;
        }

        for (int i = 0; i < weights.Count; i++) network.Weights[i].Assign(weights[i].ToTensor(network.Weights[i].Shape));
        return true;
    }

    private static void Run(Model network, GoldenCase golden, string mode, Comparison comparison)
    {
        Tensor<float> x = golden["x0"].ToTensor();
        comparison.Add(mode + "/y0", Numbers(network.Forward(x, training: mode == "train")));
        if (mode == "infer") comparison.Add(mode + "/y0", Numbers(network.Predict(x)));
        if (golden.Arrays.ContainsKey("u0"))
        {
            float[] inputGradient = Numbers(network.Backward(golden["u0"].ToTensor()));
            if (golden.Arrays.ContainsKey(mode + "/g_x0")) comparison.Add(mode + "/g_x0", inputGradient);
        }

        for (int i = 0; i < network.Weights.Count; i++)
        {
            if (golden.Arrays.ContainsKey($"{mode}/g_w{i}")) comparison.Add($"{mode}/g_w{i}", network.Weights[i].Gradient);
            if (golden.Arrays.ContainsKey($"{mode}/after_w{i}")) comparison.Add($"{mode}/after_w{i}", network.Weights[i].Values);
        }
    }

    // The compiler writes Adapt for layers that learn from data.
    private static void Adapt(Model network, GoldenCase golden, Comparison comparison)
    {
        ModelLayer layer = network.Layers[0];
        MethodInfo adapt = layer.GetType().GetMethod("Adapt") ?? throw new KerasUnsupportedException("adapting");
        adapt.Invoke(layer, [golden["x0"].ToTensor()]);
        foreach (ModelWeight weight in layer.Weights)
        {
            if (golden.Arrays.ContainsKey(weight.Name)) comparison.Add(weight.Name, weight.Values);
        }
    }

    /// <summary>The numbers of a tensor.</summary>
    internal static float[] Numbers(Tensor<float> tensor)
    {
        float[] numbers = new float[tensor.FlattenedLength];
        tensor.FlattenTo(numbers);
        return numbers;
    }
}
