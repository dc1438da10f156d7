namespace CompiledNets.Generator.Ops;

/// <summary>dx[p, k] = Σ over n of weights[k, n] dy[p, n].</summary>
internal sealed class ContractionInputGradient : Op
{
    public ContractionInputGradient(string layer, Value upstream, Value weights, Value output)
        : base(layer, [upstream, weights], output)
    {
    }

    public ContractionInputGradient(string layer, IReadOnlyList<Value> inputs, Value output, Scalar epilogue)
        : base(layer, inputs, output) => Epilogue = epilogue;

    public Value Upstream => Inputs[0];

    public Value Weights => Inputs[1];

    /// <summary>
    /// Applied to each result before it is stored, with the second operand beside it: the derivative of the activation below. Null for
    /// nothing.
    /// </summary>
    public Scalar? Epilogue { get; }

    /// <summary>The second operand of the epilogue.</summary>
    public Value? Beside => Inputs.Count > 2 ? Inputs[2] : null;

    public override void Evaluate(Evaluation evaluation)
    {
        int inputs = Output.Shape.Last, outputs = Upstream.Shape.Last, rows = evaluation.Samples * Upstream.Shape.Positions;
        double[] g = evaluation[Upstream], w = evaluation[Weights], dx = evaluation.Make(Output);
        ScalarEvaluation? epilogue = Epilogue is null ? null : new(Epilogue);
        double[]? beside = Beside is null ? null : evaluation[Beside];
        for (int r = 0; r < rows; r++)
        {
            for (int k = 0; k < inputs; k++)
            {
                double sum = 0;
                for (int n = 0; n < outputs; n++) sum += w[(k * outputs) + n] * g[(r * outputs) + n];
                dx[(r * inputs) + k] = epilogue is null ? sum : epilogue.Of([sum, beside?[(r * inputs) + k] ?? 0]);
            }
        }
    }

    protected override OpFacts MakeFacts() => new() { Work = (long)Upstream.Shape.Size * Output.Shape.Last };
}
