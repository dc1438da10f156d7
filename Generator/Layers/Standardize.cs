using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>(x - mean) / sqrt(variance + epsilon) within each sample, with gamma and beta where a layer has them.</summary>
internal static class Standardize
{
    /// <summary>Lowers it.</summary>
    /// <param name="lowering">What the layer is lowered with; its weights are gamma and beta.</param>
    /// <param name="layer">Name of the layer.</param>
    /// <param name="x">What has the moments.</param>
    /// <param name="axes">The axes over which they are taken.</param>
    /// <param name="weights">How gamma and beta meet the elements.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="scale">Whether there is a gamma.</param>
    /// <param name="center">Whether there is a beta.</param>
    /// <param name="outputName">Name of the result.</param>
    public static Value Lower(Lowering lowering, string layer, Value x, int[] axes, Access weights, double epsilon, bool scale, bool center,
        string outputName)
    {
        // What is left without the mean is kept: the variance of it needs no mean, and so its gradient has one sum less.
        Value mean = lowering.Add(Reduce.Mean(layer, [x], Scalar.Operand(0), x.Shape, axes, layer + "_mean", "mean"));
        Value centered = lowering.Add(new Pointwise(layer, [x, mean], Scalar.Operand(0) - Scalar.Operand(1), layer + "_centered"));
        Value variance = lowering.Add(
            Reduce.Mean(layer, [centered], Scalar.Operand(0) * Scalar.Operand(0), x.Shape, axes, layer + "_variance", "variance"));

        List<Value> operands = [centered, variance];
        List<Access> accesses = [Access.Whole(x.Shape), Access.Between(x.Shape, variance.Shape)];
        Scalar factor = 1 / Scalar.Sqrt(Scalar.Operand(1) + epsilon);
        if (scale) factor = Weight("gamma") * factor;
        Scalar result = Scalar.Operand(0) * factor;
        if (center) result += Weight("beta");
        return lowering.Add(new Pointwise(layer, operands, accesses, result, new Value(outputName, x.Shape, Space.Sample)));

        Scalar Weight(string name)
        {
            operands.Add(lowering.Weight(name));
            accesses.Add(weights);
            return Scalar.Operand(operands.Count - 1);
        }
    }
}
