using System.Globalization;
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
        KerasObject layer = new(golden.Text("class")!, golden.Part("config") ?? default);
        IReadOnlyList<NamedArray> inputs = golden.Numbered("x");
        if (RecurrentCase.IsStateful(golden)) return NetworkSource.Write(className, inputs[0].Shape.Skip(1), [layer], keepNames: false);
        if (RecurrentCase.Is(golden)) return RecurrentCase.Source(golden, className, layer);
        LayerCallCase call = LayerCallCase.Of(golden);
        if (golden.Arrays.ContainsKey("infer/y1") && !call.Returns("return_attention_scores"))
            throw new KerasUnsupportedException($"{layer.ClassName} with infer/y1");
        return inputs.Count == 1 && !call.IsApart
            ? NetworkSource.Write(className, inputs[0].Shape.Skip(1), [layer], keepNames: false)
            : NetworkSource.Write(className, call.Functional(golden, inputs), keepNames: false);
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
            Tensor<float>[] outputs = network.Forward(x, training: mode == "train"), predicted = mode == "infer" ? network.Predict(x) : [];
            for (int i = 0; i < outputs.Length; i++)
            {
                string y = RecurrentCase.Output(mode + "/y", i);
                comparison.Add(y, outputs[i]);
                if (mode != "infer") continue;
                comparison.Add(y, predicted[i], " predicted");
                if (!isRecurrent) comparison.Add(y, PredictEach(network, inputs, i), " predicted one by one");
            }

            IReadOnlyList<NamedArray> upstream = golden.Numbered("u");
            if (upstream.Count > 0) Backward(network, golden, mode, upstream, comparison);
            for (int i = 0; i < network.Weights.Count; i++)
            {
                string after = string.Create(CultureInfo.InvariantCulture, $"{mode}/after_w{i}");
                if (golden.Arrays.ContainsKey(after)) comparison.Add(after, network.Weights[i].Values, network.Weights[i].Shape);
            }
        }
    }

    /// <summary>The predictions of single samples, which other code computes than those of many.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="output">Which of its outputs.</param>
    internal static Tensor<float> PredictEach(Model network, IReadOnlyList<NamedArray> inputs, int output = 0)
    {
        int samples = inputs[0].Shape[0];
        Tensor<float>[] outputs = [.. Enumerable.Range(0, samples)
            .Select(sample => network.Predict([.. inputs.Select(input => Sample(input, sample))])[output])];
        nint[] shape = [samples, .. outputs[0].Lengths[1..]];
        return Tensor.Create([.. outputs.SelectMany(output => output)], shape);

        static Data.Samples Sample(NamedArray input, int sample)
        {
            int size = input.Data.Length / input.Shape[0];
            return new((input with { Shape = [1, .. input.Shape.Skip(1)], Data = input.Data.AsSpan(sample * size, size).ToArray() })
                .ToTensor());
        }
    }

    private static void Backward(Model network, GoldenCase golden, string mode, IReadOnlyList<NamedArray> upstream, Comparison comparison)
    {
        Tensor<float>[] inputGradients = network.Backward([.. upstream.Select(gradient => gradient.ToTensor())]);
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
