using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>An activation on its own.</summary>
internal sealed record Activation : UnaryLayer
{
    public override string Type => "Activation";

    public override MaskRule Mask => MaskRule.Passes;

    public override bool WorksAlongLastAxis => true;

    /// <summary>Keras's name of the activation.</summary>
    public required string? Function { get; init; }

    public override string? ShownActivation => Function ?? "linear";

    public static Activation Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Function = arguments.Activation("Activation"),
    };

    public override Shape? InferShape(Shape input, ShapeContext context) => ShapeOf(Function, input, "Activation", context);

    public override Value Lower(Lowering lowering, Value input) => lowering.Activate(Name, Function, input);

    /// <summary>What an activation makes of a shape: glu halves the last axis, the others keep it.</summary>
    public static Shape? ShapeOf(string? activation, Shape shape, string? argument, ShapeContext context)
    {
        if (activation is "softmax" or "log_softmax" or "sparsemax" && shape.Last == 1)
        {
            context.Findings.Add(DiagnosticDescriptors.ActivationOfOne.Id, context.Index, argument, context.Name, activation,
                activation == "log_softmax" ? "0" : "1");
        }

        if (activation != "glu") return shape;
        if (shape.Last % 2 == 0) return shape.WithLast(shape.Last / 2);
        context.Findings.Add(DiagnosticDescriptors.WrongShape.Id, context.Index, argument, "glu", "an even last axis", context.Before,
            shape.ToString(), "Make its last axis even.");
        return null;
    }
}
