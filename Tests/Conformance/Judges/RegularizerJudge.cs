using CompiledNets.Harness.Goldens;
using CompiledNets.Keras.Training;

namespace CompiledNets.Conformance.Judges;

/// <summary>A regularizer: the penalty of a weight and its gradient.</summary>
internal sealed class RegularizerJudge : Judge
{
    public override bool Takes(GoldenCase golden) => golden.Text("regularizer") is not null && golden.Arrays.ContainsKey("w");

    public override void Run(GoldenCase golden, Func<Model> makeNetwork, Comparison comparison)
    {
        Regularizer regularizer = KerasRegularizers.Create(new(golden.Text("regularizer")!, golden.Part("args") ?? default));
        NamedArray w = golden["w"];
        float[] weight = Array.ConvertAll(w.Data, number => (float)number), gradient = new float[weight.Length];
        float value = (float)regularizer.Penalty(weight, w.Shape, gradient);
        comparison.Add("value", [value], [1]);
        comparison.Add("gradient", gradient, w.Shape);
    }
}
