using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>activation(x · kernel + bias) on the last axis.</summary>
internal sealed record Dense : UnaryLayer
{
    public override string Type => "Dense";

    public override MaskRule Mask => MaskRule.Passes;

    public override bool WorksAlongLastAxis => true;

    public required int Units { get; init; }

    public required string? Activation { get; init; }

    public override string? ShownActivation => Activation ?? "linear";

    public required bool UseBias { get; init; }

    public required string KernelInitializer { get; init; }

    public required string BiasInitializer { get; init; }

    public static Dense Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Trainable = arguments.Trainable,
        Units = arguments.Positive(nameof(Units)),
        Activation = arguments.Activation(nameof(Activation)),
        UseBias = arguments.Bool(nameof(UseBias), true),
        KernelInitializer = arguments.Initializer(nameof(KernelInitializer), "glorot_uniform"),
        BiasInitializer = arguments.Initializer(nameof(BiasInitializer), "zeros"),
    };

    public override Shape? InferShape(Shape input, ShapeContext context) =>
        Layers.Activation.ShapeOf(Activation, input.WithLast(Units), nameof(Activation), context);

    public override IEnumerable<Weight> Weights(Shape input)
    {
        yield return new("kernel", Shape.Of(input.Last, Units), KernelInitializer);
        if (UseBias) yield return new("bias", Shape.Of(Units), BiasInitializer);
    }

    public override Value Lower(Lowering lowering, Value input)
    {
        Value z = lowering.Add(new Contraction(Name, input, lowering.Weight("kernel"), UseBias ? lowering.Weight("bias") : null, Name));
        return lowering.Activate(Name, Activation, z);
    }
}
