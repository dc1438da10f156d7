using System.Numerics.Tensors;
using System.Text.Json;
using CompiledNets.Harness.Goldens;
using CompiledNets.Keras;

namespace CompiledNets.Conformance.Judges;

/// <summary>An activation: values and derivatives of single numbers, or rows with the gradient of their outputs.</summary>
internal sealed class ActivationJudge : Judge
{
    public override bool Takes(GoldenCase golden) => golden.Text("activation") is not null && golden.Arrays.ContainsKey("x");

    public override string Network(GoldenCase golden, string className)
    {
        string name = golden.Text("activation")!;
        RefuseArguments(golden, name);

        // The argument of the function that has a name of its own in attributes.
        if (golden.Part("approximate") is { ValueKind: JsonValueKind.True }) name += "_approximate";
        JsonElement config = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["activation"] = name });
        return NetworkSource.Write(className, Rows(golden["x"]).Shape.Skip(1), [new("Activation", config)]);
    }

    public override void Run(GoldenCase golden, Func<Model> makeNetwork, Comparison comparison)
    {
        Model network = makeNetwork();
        NamedArray x = Rows(golden["x"]);
        Tensor<float> y = network.Forward(x.ToTensor());
        Compare("y", y, "");
        Compare("y", network.Predict(x.ToTensor()), " predicted");
        Compare("y", LayerJudge.PredictEach(network, [x]), " predicted one by one");
        bool hasUpstream = golden.Arrays.TryGetValue("u", out NamedArray? upstream);
        float[] ones = new float[y.FlattenedLength];
        Array.Fill(ones, 1);
        Compare(hasUpstream ? "gx" : "dy", network.Backward(hasUpstream ? upstream!.ToTensor() : Tensor.Create(ones, y.Lengths)), "");

        void Compare(string array, Tensor<float> actual, string how)
        {
            if (golden["x"].Shape.Length == 1) comparison.Add(array, [.. actual.Select(number => (double)number)], how);
            else comparison.Add(array, actual, how);
        }
    }

    // Everything that stands in the case and is no description of it is an argument of the function.
    private static void RefuseArguments(GoldenCase golden, string name)
    {
        KerasObject function = new("activation " + name, golden.Info);
        foreach (string known in new[] { "case", "activation", "approximate", "arrays", "note" }) function.Take(known);
        if (function.Int("axis", -1) != -1) throw function.Wrong("axis", function.Take("axis"));
        function.RefuseRest();
    }

    // A list of numbers is a sample each.
    private static NamedArray Rows(NamedArray x) => x.Shape.Length == 1 ? x with { Shape = [x.Shape[0], 1] } : x;
}
