using System.Numerics.Tensors;
using System.Text.Json;
using System.Text.Json.Nodes;
using CompiledNets.Harness.Goldens;
using CompiledNets.Keras;
using CompiledNets.Keras.Training;

namespace CompiledNets.Conformance.Judges;

/// <summary>A loss: its value and the gradient of the summed value.</summary>
internal sealed class LossJudge : Judge
{
    public override bool Takes(GoldenCase golden) => golden.Text("loss") is not null && golden.Arrays.ContainsKey("y_pred");

    public override void Run(GoldenCase golden, Func<Model> makeNetwork, Comparison comparison)
    {
        JsonObject config = golden.Part("args") is { } args ? JsonObject.Create(args)! : [];
        config["reduction"] = golden.Text("reduction");
        Loss loss = KerasLosses.Create(new(golden.Text("loss")!, JsonSerializer.SerializeToElement(config)));
        Tensor<float> target = golden["y_true"].ToTensor(), output = golden["y_pred"].ToTensor();
        Tensor<float>? weight = golden.Part("weighted") is { ValueKind: JsonValueKind.True } ? golden["weight"].ToTensor() : null;
        if (loss.Reduction == Reduction.None) comparison.Add("value", loss.Values(target, output, weight));
        else comparison.Add("value", [loss.Call(target, output, weight)]);
        comparison.Add("gradient", loss.Gradient(target, output, weight));
    }
}
