using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>The products of two values, summed over an axis of each.</summary>
internal sealed record Dot : Layer
{
    /// <summary>The least sum of squares that a length is the root of, as in Keras.</summary>
    private const double LeastSquares = 1e-12;

    public override string Type => "Dot";

    /// <summary>The axis of each value, the batch being 0.</summary>
    public required EquatableArray<int> Axes { get; init; }

    public required bool Normalize { get; init; }

    /// <summary>The argument that gives the axes.</summary>
    public required string Argument { get; init; }

    public static Dot Resolve(Arguments arguments)
    {
        int[] axes = arguments.Ints(nameof(Axes));
        return new()
        {
            Index = arguments.Index,
            Name = arguments.Name,
            Axes = axes.Length > 0 ? axes : [arguments.Int("Axis", 0), arguments.Int("Axis", 0)],
            Argument = axes.Length > 0 ? nameof(Axes) : "Axis",
            Normalize = arguments.Bool(nameof(Normalize), false),
        };
    }

    public override IReadOnlyList<Shape>? InferShapes(IReadOnlyList<Shape> inputs, ShapeContext context)
    {
        if (!Merge.HasCount(inputs.Count, 2, context)) return null;
        if (Axes.Count != 2)
        {
            context.Findings.Add(DiagnosticDescriptors.OutOfRange.Id, context.Index, nameof(Axes), nameof(Axes), Name,
                "two axes, one of each value", $"{Emit.CodeWriter.Int(Axes.Count)}.");
            return null;
        }

        if (context.AxisOf(Axes[0], inputs[0], Argument) is not { } a || context.AxisOf(Axes[1], inputs[1], Argument) is not { } b)
            return null;
        if (inputs[0][a] == inputs[1][b]) return [Result(inputs[0], a, inputs[1], b)];
        context.Findings.Add(DiagnosticDescriptors.MergeShapes.Id, context.Index, null, Name, context.Value(0, inputs),
            context.Value(1, inputs),
            $"the axes that are summed over have {Emit.CodeWriter.Int(inputs[0][a])} and {Emit.CodeWriter.Int(inputs[1][b])} elements.");
        return null;
    }

    public override IReadOnlyList<Value> Lower(Lowering lowering, IReadOnlyList<Value> inputs)
    {
        Value x = inputs[0], y = inputs[1];
        int a = ShapeContext.Normalize(Axes[0], x.Shape), b = ShapeContext.Normalize(Axes[1], y.Shape);
        if (Normalize) (x, y) = (ToLengthOne(lowering, x, a, "_first"), ToLengthOne(lowering, y, b, "_second"));
        // The elements that are summed: the axes of both that stay, and the one that goes.
        int[] staysOfX = [.. Others(x.Shape, a)], staysOfY = [.. Others(y.Shape, b)];
        Shape elements = Shape.Of([.. staysOfX.Select(axis => x.Shape[axis]), .. staysOfY.Select(axis => y.Shape[axis]), x.Shape[a]]);
        Access whole = Access.Whole(x.Shape), other = Access.Whole(y.Shape);
        Access ofX = new(0, (int[])[.. staysOfX.Select(axis => whole.Steps[axis]), .. staysOfY.Select(_ => 0), whole.Steps[a]]);
        Access ofY = new(0, (int[])[.. staysOfX.Select(_ => 0), .. staysOfY.Select(axis => other.Steps[axis]), other.Steps[b]]);
        Access target = Access.Along(elements, [.. Enumerable.Range(0, elements.Rank - 1)]);
        return [lowering.Add(new Reduce(Name, [x, y], [ofX, ofY], Scalar.Operand(0) * Scalar.Operand(1), elements, target,
            new(Name, Result(x.Shape, a, y.Shape, b), Space.Sample)))];
    }

    private Value ToLengthOne(Lowering lowering, Value x, int axis, string suffix)
    {
        int[] stays = [.. Others(x.Shape, axis)];
        Access kept = Access.Along(x.Shape, stays);
        Value squares = lowering.Add(new Reduce(Name, [x], [Access.Whole(x.Shape)], Scalar.Operand(0) * Scalar.Operand(0), x.Shape, kept,
            new(Name + suffix + "_squares", x.Shape.With(axis, 1), Space.Sample)));
        Scalar one = Scalar.Operand(0) / Scalar.Sqrt(Scalar.Max(Scalar.Operand(1), LeastSquares));
        return lowering.Add(new Pointwise(Name, [x, squares], [Access.Whole(x.Shape), kept], one,
            new Value(Name + suffix, x.Shape, Space.Sample)));
    }

    private static IEnumerable<int> Others(Shape shape, int axis) => Enumerable.Range(0, shape.Rank).Where(other => other != axis);

    // Two vectors give one number.
    private static Shape Result(Shape x, int a, Shape y, int b)
    {
        int[] axes = [.. Others(x, a).Select(axis => x[axis]), .. Others(y, b).Select(axis => y[axis])];
        return axes.Length == 0 ? Shape.Of(1) : new(axes);
    }
}
