namespace CompiledNets.Generator.Ops;

/// <summary>
/// Evaluates an expression for each element of each sample, in double precision; shared by the ops that are made of expressions.
/// </summary>
internal sealed class Elements
{
    private readonly int samples;
    private readonly int count;
    private readonly double[][] arrays;
    private readonly int[][] places;
    private readonly int[] sampleSizes;
    private readonly ScalarEvaluation expression;

    public Elements(
        Evaluation evaluation, IReadOnlyList<Value> inputs, IReadOnlyList<Access> accesses, Scalar expression, Shape elements,
            bool isSample = false)
    {
        samples = isSample || inputs.Count == 0 || inputs.Any(input => input.IsSample) ? evaluation.Samples : 1;
        count = elements.Size;
        arrays = [.. inputs.Select(input => evaluation[input])];
        places = [.. accesses.Select(access => access.Places(elements))];
        sampleSizes = [.. inputs.Select(input => input.IsSample ? input.Shape.Size : 0)];
        this.expression = new(expression);
    }

    /// <summary>Hands on sample, element and value of each.</summary>
    public void Each(Action<int, int, double> take)
    {
        double[] operands = new double[arrays.Length];
        for (int s = 0; s < samples; s++)
        {
            for (int e = 0; e < count; e++)
            {
                for (int i = 0; i < operands.Length; i++) operands[i] = arrays[i][(s * sampleSizes[i]) + places[i][e]];
                take(s, e, expression.Of(operands));
            }
        }
    }
}
