using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>Mean 0 and variance 1 for each channel over the batch, then scaled and shifted.</summary>
internal sealed record BatchNormalization : UnaryLayer
{
    public override string Type => "BatchNormalization";

    // Masks are of steps, the first axis; Keras counts them in the last one's moments.
    public override MaskRule Mask => Axis is -1 or > 1 ? MaskRule.Passes : MaskRule.Refuses;

    public override bool WorksStepByStep => false;

    /// <summary>The axis of the channels, the batch being 0.</summary>
    public required int Axis { get; init; }

    public required double Momentum { get; init; }

    public required double Epsilon { get; init; }

    public required bool Center { get; init; }

    public required bool Scale { get; init; }

    public required string BetaInitializer { get; init; }

    public required string GammaInitializer { get; init; }

    public required string MovingMeanInitializer { get; init; }

    public required string MovingVarianceInitializer { get; init; }

    public static BatchNormalization Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Trainable = arguments.Trainable,
        Axis = arguments.Int(nameof(Axis), -1),
        Momentum = arguments.Number(nameof(Momentum), 0.99, momentum => momentum is >= 0 and <= 1, "from 0 to 1"),
        Epsilon = arguments.Epsilon(nameof(Epsilon), 1e-3),
        Center = arguments.Bool(nameof(Center), true),
        Scale = arguments.Bool(nameof(Scale), true),
        BetaInitializer = arguments.Initializer(nameof(BetaInitializer), "zeros"),
        GammaInitializer = arguments.Initializer(nameof(GammaInitializer), "ones"),
        MovingMeanInitializer = arguments.Initializer(nameof(MovingMeanInitializer), "zeros"),
        MovingVarianceInitializer = arguments.Initializer(nameof(MovingVarianceInitializer), "ones"),
    };

    public override Shape? InferShape(Shape input, ShapeContext context) => context.AxisOf(Axis, input, nameof(Axis)) is null
        ? null : input;

    public override IEnumerable<Weight> Weights(Shape input)
    {
        Shape channels = Shape.Of(input[ShapeContext.Normalize(Axis, input)]);
        if (Scale) yield return new("gamma", channels, GammaInitializer);
        if (Center) yield return new("beta", channels, BetaInitializer);
        yield return new("moving_mean", channels, MovingMeanInitializer, Trainable: false);
        yield return new("moving_variance", channels, MovingVarianceInitializer, Trainable: false);
    }

    public override Value Lower(Lowering lowering, Value input)
    {
        Access channels = ShapeContext.AlongAxis(Axis, input.Shape);
        Value mean = lowering.Weight("moving_mean"), variance = lowering.Weight("moving_variance");
        BatchMoments? moments = null;
        if (lowering.IsTraining)
        {
            moments = new(Name, lowering.LayerIndex, input, mean, variance, channels, Momentum, lowering.MaskOf(input));
            lowering.Add(moments);
            (mean, variance) = (moments.Mean, moments.Variance);
        }

        Value? gamma = Scale ? lowering.Weight("gamma") : null, beta = Center ? lowering.Weight("beta") : null;
        var operands = new List<Value> { input, mean, variance };
        Scalar factor = 1 / Scalar.Sqrt(Scalar.Operand(2) + Epsilon);
        if (gamma is not null)
        {
            factor = Scalar.Operand(operands.Count) * factor;
            operands.Add(gamma);
        }

        Scalar result = (Scalar.Operand(0) - Scalar.Operand(1)) * factor;
        if (beta is not null)
        {
            result += Scalar.Operand(operands.Count);
            operands.Add(beta);
        }

        Access[] accesses = [.. operands.Select((_, i) => i == 0 ? Access.Whole(input.Shape) : channels)];
        var output = new Value(Name, input.Shape, Space.Sample);
        return lowering.Add(moments is null
            ? new ChannelScaling(Name, new(mean, variance, Epsilon, gamma, beta), operands, accesses, result, output)
            : new BatchScaling(moments, Epsilon, gamma, beta, operands, accesses, result, output));
    }
}
