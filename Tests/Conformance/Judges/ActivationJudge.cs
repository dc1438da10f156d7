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
        // Arguments of the function that have a name of their own in attributes.
        if (golden.Part("approximate") is { ValueKind: JsonValueKind.True }) name += "_approximate";
        JsonElement config = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["activation"] = name });
        return NetworkSource.Write(className, Rows(golden["x"]).Shape.Skip(1), [new("Activation", config)]);
    }

    public override void Run(GoldenCase golden, Func<Model> makeNetwork, Comparison comparison)
    {
        Model network = makeNetwork();
        Tensor<float> y = network.Forward(Rows(golden["x"]).ToTensor());
        comparison.Add("y", LayerJudge.Numbers(y));
        bool hasUpstream = golden.Arrays.TryGetValue("u", out NamedArray? upstream);
        float[] ones = new float[y.FlattenedLength];
        Array.Fill(ones, 1);
        Tensor<float> gradient = network.Backward(hasUpstream ? upstream!.ToTensor() : Tensor.Create(ones, y.Lengths));
        comparison.Add(hasUpstream ? "gx" : "dy", LayerJudge.Numbers(gradient));
    }

    // A list of numbers is a sample each.
    private static NamedArray Rows(NamedArray x) => x.Shape.Length == 1 ? x with { Shape = [x.Shape[0], 1] } : x;
}
