using CompiledNets.Harness.Goldens;
using CompiledNets.Keras.Training;

namespace CompiledNets.Conformance.Judges;

/// <summary>A constraint: what it makes of a weight.</summary>
internal sealed class ConstraintJudge : Judge
{
    public override bool Takes(GoldenCase golden) => golden.Text("constraint") is not null && golden.Arrays.ContainsKey("w");

    public override void Run(GoldenCase golden, Func<Model> makeNetwork, Comparison comparison)
    {
        Constraint constraint = KerasConstraints.Create(new(golden.Text("constraint")!, golden.Part("args") ?? default));
        NamedArray w = golden["w"];
        float[] weight = Array.ConvertAll(w.Data, number => (float)number);
        constraint.Apply(weight, w.Shape);
        comparison.Add("result", weight, w.Shape);
    }
}
