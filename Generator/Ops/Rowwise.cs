namespace CompiledNets.Generator.Ops;

/// <summary>A function of the last axis as a whole, such as softmax.</summary>
internal sealed class Rowwise(string layer, RowwiseKind kind, Value x, string outputName)
    : Op(layer, [x], new Value(outputName, kind == RowwiseKind.Glu ? x.Shape.WithLast(x.Shape.Last / 2) : x.Shape, Space.Sample))
{
    public RowwiseKind Kind { get; } = kind;

    public override void Differentiate(Gradients gradients)
    {
        if (gradients.Of(Output) is not { } upstream || !gradients.IsNeeded(Inputs[0])) return;
        // Softmax and its logarithm need their result, the others their argument.
        Value kept = Kind is RowwiseKind.Softmax or RowwiseKind.LogSoftmax ? Output : Inputs[0];
        gradients.Contribute(Inputs[0], new RowwiseGradient(Layer, Kind, kept, upstream, Inputs[0].Shape, Inputs[0].Name + "_gradient"));
    }

    public override void Evaluate(Evaluation evaluation)
    {
        double[] x = evaluation[Inputs[0]], y = evaluation.Make(Output);
        int from = Inputs[0].Shape.Last, to = Output.Shape.Last;
        for (int r = 0; r < x.Length / from; r++) RowwiseReference.Forward(Kind, x.AsSpan(r * from, from), y.AsSpan(r * to, to));
    }
}

/// <summary>The gradient of a <see cref="Rowwise"/> function.</summary>
internal sealed class RowwiseGradient(string layer, RowwiseKind kind, Value kept, Value upstream, Shape shape, string outputName)
    : Op(layer, [kept, upstream], new Value(outputName, shape, Space.Sample))
{
    public RowwiseKind Kind { get; } = kind;

    public override void Differentiate(Gradients gradients) => throw new InvalidOperationException("Gradients are not differentiated again.");

    public override void Evaluate(Evaluation evaluation)
    {
        double[] kept = evaluation[Inputs[0]], g = evaluation[Inputs[1]], dx = evaluation.Make(Output);
        int to = Output.Shape.Last, upstream = Inputs[1].Shape.Last;
        for (int r = 0; r < dx.Length / to; r++)
            RowwiseReference.Backward(Kind, kept.AsSpan(r * to, to), g.AsSpan(r * upstream, upstream), dx.AsSpan(r * to, to));
    }
}

internal enum RowwiseKind
{
    /// <summary>exp(x - max) / Σ exp(x - max).</summary>
    Softmax,

    /// <summary>x - max - log Σ exp(x - max).</summary>
    LogSoftmax,

    /// <summary>max(x - τ, 0) with the threshold τ as Keras 3.15 computes it.</summary>
    Sparsemax,

    /// <summary>The first half times the sigmoid of the second.</summary>
    Glu,
}
