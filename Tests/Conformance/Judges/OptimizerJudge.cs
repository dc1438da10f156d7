using System.Numerics.Tensors;
using CompiledNets.Harness.Goldens;
using CompiledNets.Keras.Training;

namespace CompiledNets.Conformance.Judges;

/// <summary>An optimizer: steps of several weights with given gradients.</summary>
internal sealed class OptimizerJudge : Judge
{
    public override bool Takes(GoldenCase golden) => golden.Text("optimizer") is not null && golden.Arrays.ContainsKey("g0_0");

    public override void Run(GoldenCase golden, Func<Model> makeNetwork, Comparison comparison)
    {
        Optimizer optimizer = KerasOptimizers.Create(new(golden.Text("optimizer")!, golden.Part("config") ?? default));
        Tensor<float>[] weights = [.. golden.Numbered("w").Select(weight => weight.ToTensor())];
        for (int step = 0; golden.Arrays.ContainsKey($"g{step}_0"); step++)
        {
            optimizer.Apply([.. golden.Numbered($"g{step}_").Select(gradient => gradient.ToTensor())], weights);
            for (int w = 0; w < weights.Length; w++) comparison.Add($"after{step}_{w}", weights[w]);
        }
    }
}
