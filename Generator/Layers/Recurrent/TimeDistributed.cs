using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>A layer at each step of a sequence, with the same weights.</summary>
internal sealed record TimeDistributed : Layer
{
    public override string Type => "TimeDistributed";

    /// <summary>The layer.</summary>
    public required Layer Wrapped { get; init; }

    public override MaskRule Mask => MaskRule.Passes;

    public override int? IndexLimit => Wrapped.IndexLimit;

    public static TimeDistributed Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Trainable = arguments.Trainable && arguments.Wrapped.Trainable,
        Activity = arguments.Wrapped.Activity,
        Wrapped = arguments.Wrapped,
    };

    public override WeightRules? RulesOf(Weight weight) => Wrapped.RulesOf(weight);

    public override IReadOnlyList<Shape>? InferShapes(IReadOnlyList<Shape> inputs, ShapeContext context)
    {
        if (inputs[0].Rank < 2)
        {
            context.Findings.Add(DiagnosticDescriptors.WrongShape.Id, context.Index, null, Name, "steps of at least one axis",
                context.Before,
                inputs[0].ToString(), "Let the layer before it return sequences.");
            return null;
        }

        if (!Wrapped.WorksStepByStep || Wrapped is RecurrentLayer { Stateful: true })
        {
            context.Findings.Add(DiagnosticDescriptors.NothingToWrap.Id, context.Index, null, Type,
                $"[{Wrapped.Type}] needs all steps at once");
            return null;
        }

        return Wrapped.InferShapes([RecurrentLayer.Each(inputs[0])], context with { Index = Wrapped.Index }) is { Count: 1 } outputs
            ? [new(outputs[0].Axes.Prepend(inputs[0][0]).ToArray())] : null;
    }

    public override IEnumerable<Weight> Weights(IReadOnlyList<Shape> inputs) => Wrapped.Weights([RecurrentLayer.Each(inputs[0])]);

    public override void LowerWeights(Lowering lowering) => Wrapped.LowerWeights(lowering);

    public override IReadOnlyList<Value> Lower(Lowering lowering, IReadOnlyList<Value> inputs)
    {
        // What works along the last axis, or number by number, works all steps at once.
        if (Wrapped.WorksAlongLastAxis) return Wrapped.Lower(lowering, inputs);
        var scan = new ScanBuilder(lowering, Name, inputs[0].Shape[0]);
        Value each = scan.Each(inputs[0]), output = each;
        scan.Over([], _ =>
        {
            output = Wrapped.Lower(lowering, [each])[0];
            return [];
        });
        Value all = scan.Collect(output, Name);
        scan.Build();
        return [all];
    }
}
