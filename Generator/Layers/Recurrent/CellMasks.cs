using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>What a cell drops in training, the same at all steps.</summary>
/// <param name="Input">The mask of the input; null for none.</param>
/// <param name="State">The mask of the state as it goes into the sums; null for none.</param>
internal sealed record CellMasks(Value? Input, Value? State)
{
    /// <summary>Those of the cells that it is made of.</summary>
    public IReadOnlyList<CellMasks> Cells { get; init; } = [];
}

/// <summary>Masks that are drawn once for a sequence.</summary>
internal static class DropMask
{
    /// <summary>Streams of random numbers that no call has: masks of one call are drawn apart by them.</summary>
    public const int Input = 1 << 24, State = 2 << 24, OfCell = 4 << 24;

    /// <summary>A mask; null where nothing is dropped.</summary>
    public static Value? Draw(Lowering lowering, string layer, double rate, Shape shape, int stream) =>
        !lowering.IsTraining || rate == 0 ? null
        : lowering.Add(
            new DropoutMask(layer, lowering.CallIndex + stream, shape, rate, rate == 1 ? 0 : 1 / (1 - rate), idle: 1, layer + "_dropout"));

    /// <summary>What is left of a value, or of one for each step.</summary>
    public static Value Apply(Lowering lowering, string layer, Value value, Value? mask) => mask is null ? value
        : lowering.Add(
            new Pointwise(layer, [value, mask], Scalar.Operand(0) * Scalar.Operand(1),
            new Value(value.Name + "_dropped", value.Shape, Space.Sample)));

    /// <summary>What is left of a value, or of one for each step, in each gate, which has a mask of its own; side by side.</summary>
    public static Value ApplyByGates(Lowering lowering, string layer, Value value, Value mask)
    {
        int gates = mask.Shape[0], features = value.Shape.Last, places = mask.Shape.Size / (gates * features), all = places * features;
        Shape elements = Shape.Of(value.Shape.Size / all, places, gates, features);
        Value masked = lowering.Add(new Pointwise(layer, [value, mask],
            [new(0, new([all, features, 0, 1])), new(0, new([0, features, all, 1]))],
            Scalar.Operand(0) * Scalar.Operand(1), new Value(value.Name + "_dropped", elements, Space.Sample)));
        return lowering.Add(Slice.Reshape(layer, masked, value.Shape.WithLast(gates * features), value.Name + "_left"));
    }
}
