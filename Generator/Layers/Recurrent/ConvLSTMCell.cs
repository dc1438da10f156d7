using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>An LSTM whose products are convolutions: states are images. That of the state keeps the image's size.</summary>
internal sealed record ConvLSTMCell : LSTMCell
{
    /// <summary>How the kernel of the input moves.</summary>
    public required KernelMotion Motion { get; init; }

    protected override bool DropsByGate => Dropout != 0 || RecurrentDropout != 0;

    private int Dimensions => Motion.Dimensions;

    private EquatableArray<int> KernelSize => Motion.KernelSize;

    public override IReadOnlyList<(string Name, Shape Shape)> States(Shape input)
    {
        Shape state = Shape.Of([.. OfInput(input).Axes.Select(axis => axis.Count), Units]);
        return [("h", state), ("c", state)];
    }

    public override bool Takes(Shape input, ShapeContext context)
    {
        string image = Dimensions switch
        {
            1 => "(steps, rows, channels)",
            2 => "(steps, rows, columns, channels)",
            _ => "(steps, planes, rows, columns, channels)"
        };
        return HasSteps(input, Dimensions + 1, image, context) && WindowShapes.Positions(input, Motion, context) is not null
            && Keeps(Activation, nameof(Activation), context) && Keeps(RecurrentActivation, nameof(RecurrentActivation), context);
    }

    public override IEnumerable<Weight> Weights(Shape input)
    {
        yield return new(Prefix + "kernel", Shape.Of([.. KernelSize, input.Last, 4 * Units]), KernelInitializer);
        yield return new(Prefix + "recurrent_kernel", Shape.Of([.. KernelSize, Units, 4 * Units]), RecurrentInitializer);
        if (UseBias) yield return new(Prefix + "bias", Shape.Of(4 * Units), InitialBias) { Kernel = Prefix + "kernel" };
    }

    public override Value Project(Lowering lowering, Value input) => Project(lowering, input, 1);

    protected override Value ProjectByGates(Lowering lowering, Value input) => Project(lowering, input, Gates);

    protected override Value Recur(Lowering lowering, Value state)
    {
        // Gates that have a state each are groups of channels.
        Window window =
            WindowShapes.Of(state.Shape, new(Dimensions, KernelSize, Ones, "same", Ones), state.Shape.Last > Units ? Gates : 1);
        return lowering.Add(
            new Convolution(Name, window, state, lowering.Weight(Prefix + "recurrent_kernel"), null, 4 * Units,
            $"{Name}_{Prefix}recurrent"));
    }

    // All steps at once: they are an axis in front, along which the kernel has one place.
    private Value Project(Lowering lowering, Value input, int groups)
    {
        int steps = input.Shape[0];
        Window window = OfInput(new(input.Shape.Axes.Skip(1).ToArray()));
        return lowering.Add(new Convolution(Name, new([new(steps, 1, 1, 1, 0, steps), .. window.Axes], groups), input,
            lowering.Weight(Prefix + "kernel"), UseBias ? lowering.Weight(Prefix + "bias") : null, 4 * Units, $"{Name}_{Prefix}input"));
    }

    // The gates of a place lie side by side there.
    protected override IReadOnlyList<Value> Gate(Lowering lowering, Value sum)
    {
        Shape shape = sum.Shape.WithLast(Units);
        Value[] gates = [.. new[] { "i", "f", "g", "o" }.Select((gate, i) =>
            lowering.Add(new Slice(Name, sum, shape.Positions, i * Units, new($"{Name}_{Prefix}{gate}", shape, Space.Sample))))];
        return [.. gates.Select((gate, i) => i == 2 ? gate : Activate(lowering, RecurrentActivation, gate))];
    }

    private EquatableArray<int> Ones => Enumerable.Repeat(1, Dimensions).ToArray();

    private Window OfInput(Shape input) => WindowShapes.Of(input, Motion, 1);
}
