namespace CompiledNets.Generator.Ops;

/// <summary>
/// dw[k, n] = Σ over samples and positions of x[p, k] dy[p, n], and for the bias the sum of dy[p, n]. Worked over parameters: rows of w are
/// shared among threads.
/// </summary>
internal sealed class ContractionWeightGradient : Op
{
    public ContractionWeightGradient(string layer, Value x, Value upstream, Value weights, Value? bias)
        : base(layer, [x, upstream], MakeOutputs(weights, bias))
    {
    }

    public ContractionWeightGradient(string layer, IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs)
        : base(layer, inputs, [.. outputs])
    {
    }

    public Value X => Inputs[0];

    /// <summary>The gradient of the contraction's result; the turned one where no other is read.</summary>
    public Value Upstream => Inputs[1];

    /// <summary>
    /// The same turned (samples by outputs), where vectors run over outputs; null before the pass that turns, and where they do not.
    /// </summary>
    public Value? Turned => Inputs.Count > 2 ? Inputs[2] : null;

    /// <summary>The first positions, at which x is zero, are left out.</summary>
    public int PositionsWithout { get; init; }

    public bool HasBias => Outputs.Count > 1;

    /// <summary>Outputs of the contraction: numbers of a row of the weights.</summary>
    public int Columns => Output.Shape.Size / X.Shape.Last;

    public override void Evaluate(Evaluation evaluation)
    {
        int inputs = X.Shape.Last, outputs = Columns, rows = evaluation.Samples * X.Shape.Positions;
        double[] x = evaluation[X], g = evaluation[Upstream], dw = evaluation.Make(Output);
        double[]? db = HasBias ? evaluation.Make(Outputs[1]) : null;
        for (int r = 0; r < rows; r++)
        {
            for (int n = 0; n < outputs; n++)
            {
                double upstream = g[(r * outputs) + n];
                if (db is not null) db[n] += upstream;
                for (int k = 0; k < inputs; k++) dw[(k * outputs) + n] += x[(r * inputs) + k] * upstream;
            }
        }
    }

    protected override OpFacts MakeFacts() => new() { When = When.Rows, Work = (long)X.Shape.Size * Columns };

    private static Value[] MakeOutputs(Value weights, Value? bias)
    {
        Value kernel = weights.Gradient();
        return bias is null ? [kernel] : [kernel, bias.Gradient()];
    }
}
