using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>One axis of all.</summary>
internal sealed record Flatten : UnaryLayer
{
    public override string Type => "Flatten";

    public override bool KeepsNumbers => true;

    public static Flatten Resolve(Arguments arguments) => new() { Index = arguments.Index, Name = arguments.Name };

    public override Shape? InferShape(Shape input, ShapeContext context) => Shape.Of(input.Size);

    public override Value Lower(Lowering lowering, Value input) =>
        input.Shape.Rank == 1 ? input : lowering.Add(Slice.Reshape(Name, input, Shape.Of(input.Shape.Size), Name));
}
