using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>The layer after it, whose kernel is divided by its largest singular value before each step of training.</summary>
internal sealed record SpectralNormalization : Layer
{
    private const string Kernel = "kernel", VectorU = "vector_u";

    private const string InitializerOfU = "static () => new global::CompiledNets.Initializers.TruncatedNormal(stddev: 0.02)";

    public override string Type => "SpectralNormalization";

    /// <summary>The layer: it has a kernel.</summary>
    public required Layer Wrapped { get; init; }

    public required int PowerIterations { get; init; }

    public static SpectralNormalization Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Trainable = arguments.Trainable && arguments.Wrapped.Trainable,
        Activity = arguments.Wrapped.Activity,
        Wrapped = arguments.Wrapped,
        PowerIterations = arguments.Positive(nameof(PowerIterations)),
    };

    public override bool WorksStepByStep => Wrapped.WorksStepByStep;

    public override bool WorksAlongLastAxis => Wrapped.WorksAlongLastAxis;

    public override IReadOnlyList<string> OutputNames => Wrapped.OutputNames;

    public override int? IndexLimit => Wrapped.IndexLimit;

    public override MaskRule Mask => Wrapped.Mask;

    public override bool GivesMask(IReadOnlyList<bool> masked) => Wrapped.GivesMask(masked);

    public override Value? LowerMask(Lowering lowering, IReadOnlyList<Value> inputs) => Wrapped.LowerMask(lowering, inputs);

    public override WeightRules? RulesOf(Weight weight) => Wrapped.RulesOf(weight);

    public override IReadOnlyList<Shape>? InferShapes(IReadOnlyList<Shape> inputs, ShapeContext context)
    {
        if (Wrapped.InferShapes(inputs, context with { Index = Wrapped.Index }) is not { } outputs) return null;
        Weight[] weights = [.. Wrapped.Weights(inputs)];
        string? wrong = weights.All(weight => weight.Name != Kernel) ? "has no kernel"
            : weights.Any(weight => weight.Name == VectorU) ? "is normalized already" : null;
        if (wrong is null) return outputs;
        context.Findings.Add(DiagnosticDescriptors.NothingToWrap.Id, context.Index, null, Type, $"[{Wrapped.Type}] {wrong}");
        return null;
    }

    // As Keras has them: the kernel is the wrapper's own, the layer's other weights come after those.
    public override IEnumerable<Weight> Weights(IReadOnlyList<Shape> inputs)
    {
        Weight[] weights = [.. Wrapped.Weights(inputs)];
        Weight kernel = weights.First(weight => weight.Name == Kernel);
        yield return kernel;
        yield return new(VectorU, Shape.Of(1, kernel.Shape.Last), InitializerOfU, Trainable: false);
        foreach (Weight weight in weights.Where(weight => weight != kernel)) yield return weight;
    }

    public override void LowerWeights(Lowering lowering)
    {
        Wrapped.LowerWeights(lowering);
        if (!lowering.IsTraining) return;
        lowering.Add(new SpectralDivision(Name, lowering.Weight(Kernel), lowering.Weight(VectorU), PowerIterations));
    }

    public override IReadOnlyList<Value> Lower(Lowering lowering, IReadOnlyList<Value> inputs) => Wrapped.Lower(lowering, inputs);
}
