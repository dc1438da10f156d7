namespace CompiledNets.Generator.Ops;

/// <summary>A function of one axis as a whole, such as softmax.</summary>
/// <param name="layer">Name of the layer.</param>
/// <param name="kind">The function.</param>
/// <param name="x">Its argument.</param>
/// <param name="axis">The axis, counted from 0 without the batch.</param>
/// <param name="outputName">Name of the result.</param>
internal sealed class Rowwise(string layer, RowwiseKind kind, Value x, int axis, string outputName)
    : Op(layer, [x], new Value(outputName, kind == RowwiseKind.Glu ? x.Shape.With(axis, x.Shape[axis] / 2) : x.Shape, Space.Sample))
{
    public RowwiseKind Kind { get; } = kind;

    public RowwiseLayout Layout { get; } = RowwiseLayout.Of(x.Shape, axis);

    public override void Differentiate(Gradients gradients)
    {
        if (gradients.Of(Output) is not { } upstream || !gradients.IsNeeded(Inputs[0])) return;
        // Softmax and its logarithm need their result, the others their argument.
        Value kept = Kind is RowwiseKind.Softmax or RowwiseKind.LogSoftmax ? Output : Inputs[0];
        gradients.Contribute(Inputs[0], new RowwiseGradient(Layer, Kind, Layout, kept, upstream, Inputs[0].Gradient()));
    }

    public override void Evaluate(Evaluation evaluation)
    {
        double[] x = evaluation[Inputs[0]], y = evaluation.Make(Output);
        double[] from = new double[Layout.Count], to = new double[Output.Shape.Size / Layout.Positions];
        foreach (RowwiseLayout.Row row in Layout.Rows(evaluation.Samples))
        {
            row.Read(x, from);
            RowwiseReference.Forward(Kind, from, to);
            row.Write(to, y);
        }
    }

    protected override OpFacts MakeFacts() => new() { Work = Inputs[0].Shape.Size };
}

/// <summary>The gradient of a <see cref="Rowwise"/> function.</summary>
internal sealed class RowwiseGradient(string layer, RowwiseKind kind, RowwiseLayout layout, Value kept, Value upstream, Value output)
    : Op(layer, [kept, upstream], output)
{
    public RowwiseKind Kind { get; } = kind;

    public RowwiseLayout Layout { get; } = layout;

    public override void Evaluate(Evaluation evaluation)
    {
        double[] kept = evaluation[Inputs[0]], g = evaluation[Inputs[1]], dx = evaluation.Make(Output);
        double[] from = new double[Layout.Count], upstream = new double[Inputs[1].Shape.Size / Layout.Positions],
            to = new double[Layout.Count];
        foreach (RowwiseLayout.Row row in Layout.Rows(evaluation.Samples))
        {
            row.Read(kept, from);
            row.Read(g, upstream);
            RowwiseReference.Backward(Kind, from, upstream, to);
            row.Write(to, dx);
        }
    }
}

/// <summary>How the rows of an axis lie in a value: outer axes, the axis, inner axes.</summary>
internal sealed record RowwiseLayout(int Outer, int Count, int Inner)
{
    /// <summary>Rows of a sample.</summary>
    public int Positions => Outer * Inner;

    public static RowwiseLayout Of(Shape shape, int axis) =>
        new(shape.Axes.Take(axis).Aggregate(1, (product, size) => product * size), shape[axis],
            shape.Axes.Skip(axis + 1).Aggregate(1, (product, size) => product * size));

    /// <summary>All rows of some samples.</summary>
    public IEnumerable<Row> Rows(int samples)
    {
        for (int outer = 0; outer < samples * Outer; outer++)
            for (int inner = 0; inner < Inner; inner++) yield return new(outer, inner, Inner);
    }

    /// <summary>One row; its elements lie <paramref name="Step"/> apart, in values of any length of the axis.</summary>
    public readonly record struct Row(int Outer, int InnerIndex, int Step)
    {
        public void Read(double[] from, double[] row)
        {
            for (int i = 0; i < row.Length; i++) row[i] = from[(((Outer * row.Length) + i) * Step) + InnerIndex];
        }

        public void Write(double[] row, double[] to)
        {
            for (int i = 0; i < row.Length; i++) to[(((Outer * row.Length) + i) * Step) + InnerIndex] = row[i];
        }
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
