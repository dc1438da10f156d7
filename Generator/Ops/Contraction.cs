namespace CompiledNets.Generator.Ops;

/// <summary>
/// y[p, n] = bias[n] + Σ over k of weights[k, n] x[p, k]: a matrix product over the last axis. The weights may have more axes, of which the
/// first together have as many elements as the last axis of x.
/// </summary>
internal sealed class Contraction : Op
{
    public Contraction(string layer, Value x, Value weights, Value? bias, string outputName)
        : base(layer, bias is null ? [x, weights] : [x, weights, bias],
            new Value(outputName, x.Shape.WithLast(weights.Shape.Size / x.Shape.Last), Space.Sample))
    {
    }

    public Contraction(string layer, IReadOnlyList<Value> inputs, Value output, Scalar? epilogue)
        : base(layer, inputs, output) => Epilogue = epilogue;

    public Value X => Inputs[0];

    public Value Weights => Inputs[1];

    public Value? Bias => Inputs.Count > 2 && Inputs[2].Space == Space.Weight ? Inputs[2] : null;

    /// <summary>A second operand of the epilogue, of the shape of the result; a contraction that has one has no bias.</summary>
    public Value? Beside => Inputs.Count > 2 && Inputs[2].Space != Space.Weight ? Inputs[2] : null;

    /// <summary>
    /// Applied to each result before it is stored; short, so that the kernel keeps its sums in registers. Null for nothing.
    /// </summary>
    public Scalar? Epilogue { get; }

    public override void Differentiate(Gradients gradients)
    {
        if (gradients.Of(Output) is not { } upstream) return;
        if (gradients.IsNeeded(Weights))
        {
            var op = new ContractionWeightGradient(Layer, X, upstream, Weights, Bias);
            gradients.Append(op);
            gradients.Contribute(Weights, op.Outputs[0]);
            if (Bias is not null) gradients.Contribute(Bias, op.Outputs[1]);
        }

        if (gradients.IsNeeded(X)) gradients.Contribute(X, new ContractionInputGradient(Layer, upstream, Weights, X.Gradient()));
    }

    public override void Evaluate(Evaluation evaluation)
    {
        int inputs = X.Shape.Last, outputs = Output.Shape.Last, rows = evaluation.Samples * X.Shape.Positions;
        double[] x = evaluation[X], w = evaluation[Weights], y = evaluation.Make(Output);
        ScalarEvaluation? epilogue = Epilogue is null ? null : new(Epilogue);
        double[]? bias = Bias is null ? null : evaluation[Bias], beside = Beside is null ? null : evaluation[Beside];
        for (int r = 0; r < rows; r++)
        {
            for (int n = 0; n < outputs; n++)
            {
                double sum = bias?[n] ?? 0;
                for (int k = 0; k < inputs; k++) sum += w[(k * outputs) + n] * x[(r * inputs) + k];
                y[(r * outputs) + n] = epilogue is null ? sum : epilogue.Of([sum, beside?[(r * outputs) + n] ?? 0]);
            }
        }
    }

    protected override OpFacts MakeFacts() => new() { Work = (long)X.Shape.Size * Output.Shape.Last };
}
