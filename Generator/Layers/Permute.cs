using System.Globalization;
using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>The axes in another order.</summary>
internal sealed record Permute : UnaryLayer
{
    public override string Type => "Permute";

    public override bool KeepsNumbers => true;

    /// <summary>For each axis of the result the axis that it was, counted from 1.</summary>
    public required EquatableArray<int> Dims { get; init; }

    public static Permute Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Dims = arguments.Ints(nameof(Dims)),
    };

    public override Shape? InferShape(Shape input, ShapeContext context)
    {
        if (Dims.OrderBy(axis => axis).SequenceEqual(Enumerable.Range(1, input.Rank)))
            return new(Dims.Select(axis => input[axis - 1]).ToArray());
        string axes = string.Join(", ", Enumerable.Range(1, input.Rank).Select(axis => axis.ToString(CultureInfo.InvariantCulture)));
        context.Findings.Add(DiagnosticDescriptors.OutOfRange.Id, Index, null, nameof(Dims), Name,
            $"{axes} in some order, for {input} of '{context.Before}'", Shape.Of([.. Dims]) + ".");
        return null;
    }

    public override Value Lower(Lowering lowering, Value input) =>
        lowering.Add(Axes(Name, input, [.. Dims.Select(axis => axis - 1)], Name));

    /// <summary>The op that puts axes, counted from 0, into an order.</summary>
    public static Pointwise Axes(string layer, Value x, int[] order, string outputName)
    {
        EquatableArray<int> steps = Access.Whole(x.Shape).Steps;
        var output = new Value(outputName, new(order.Select(axis => x.Shape[axis]).ToArray()), x.Space);
        return new(layer, [x], [new(0, order.Select(axis => steps[axis]).ToArray())], Scalar.Operand(0), output);
    }
}
