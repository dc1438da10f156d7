namespace CompiledNets.Generator.Ops;

/// <summary>
/// Runs of the elements of a value as values of their own: parts of it, which cost nothing. Their gradients are made side by side.
/// </summary>
internal sealed class Split : Op
{
    private readonly int[] starts;

    public Split(string layer, Value x, IReadOnlyList<Value> parts)
        : base(layer, [x], [.. parts])
    {
        starts = new int[parts.Count];
        for (int i = 1; i < starts.Length; i++) starts[i] = starts[i - 1] + parts[i - 1].Shape.Size;
    }

    /// <summary>Runs of some sizes along the only axis.</summary>
    public static Split Of(string layer, Value x, params (string Name, int Size)[] parts) =>
        new(layer, x, [.. parts.Select(part => new Value($"{layer}_{part.Name}", Shape.Of(part.Size), Space.Sample))]);

    public override void Differentiate(Gradients gradients)
    {
        if (!gradients.IsNeeded(Inputs[0]) || Outputs.All(part => gradients.Of(part) is null)) return;
        Value[] sides = [.. Outputs.Select(part => gradients.Of(part) ?? Nothing(gradients, part))];
        gradients.Contribute(Inputs[0], new Concatenate(Layer, sides, 1, Inputs[0].Gradient()));
    }

    public override void Evaluate(Evaluation evaluation)
    {
        double[] x = evaluation[Inputs[0]];
        int size = Inputs[0].Shape.Size;
        for (int i = 0; i < Outputs.Count; i++)
        {
            double[] y = evaluation.Make(Outputs[i]);
            int run = Outputs[i].Shape.Size;
            for (int s = 0; s < evaluation.Samples; s++) Array.Copy(x, (s * size) + starts[i], y, s * run, run);
        }
    }

    protected override OpFacts MakeFacts() => new() { PartOfInput = 0, PartsOfInput = starts };

    private Value Nothing(Gradients gradients, Value part)
    {
        var zeros = new Pointwise(Layer, [], [], Scalar.Zero, part.Gradient("_no_gradient"));
        gradients.Append(zeros);
        return zeros.Output;
    }
}
