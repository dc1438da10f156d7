using System.Globalization;
using System.Text.Json;
using CompiledNets.Naming;

namespace CompiledNets.Keras.Layers;

/// <summary>
/// Regularizers and constraints: numbers or a constant where those will do, else a member of the class that makes one.
/// </summary>
internal static class RuleSource
{
    /// <summary>Constraints by Keras class: the arguments that have numbers, with their defaults; whether it has an axis.</summary>
    private static readonly Dictionary<string, ((string Argument, string Name, double Initial)[] Numbers, bool HasAxis)> Constraints = new(
        StringComparer.Ordinal)
    {
        ["MaxNorm"] = ([("maxValue", "max_value", 2)], true),
        ["NonNeg"] = ([], false),
        ["UnitNorm"] = ([], true),
        ["MinMaxNorm"] = ([("minValue", "min_value", 0), ("maxValue", "max_value", 1), ("rate", "rate", 1)], true),
    };

    /// <summary>Adds regularizer and constraint of a weight, where it has any.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="word">The word that the attribute's arguments begin with: <c>Kernel</c>.</param>
    /// <param name="name">The one that Keras's begin with: <c>kernel</c>.</param>
    /// <exception cref="KerasUnsupportedException">There is no such regularizer or constraint.</exception>
    public static AttributeSource WithRules(this AttributeSource attribute, KerasObject layer, string word, string name) =>
        attribute.WithRegularizer(layer, word, name + "_regularizer").WithConstraint(layer, word + "Constraint", name + "_constraint");

    /// <summary>Adds the penalty on the outputs of a layer, where it has one.</summary>
    /// <exception cref="KerasUnsupportedException">There is no such regularizer.</exception>
    public static AttributeSource WithActivity(this AttributeSource attribute, KerasObject layer) =>
        attribute.WithRegularizer(layer, "Activity", "activity_regularizer");

    private static AttributeSource WithRegularizer(this AttributeSource attribute, KerasObject layer, string word, string name)
    {
        if (Part(layer, name, ["L1", "L2", "L1L2", "OrthogonalRegularizer"], "regularizer") is not { } regularizer) return attribute;
        double initial = regularizer.ClassName == "L1L2" ? 0 : 0.01;
        if (regularizer.ClassName == "OrthogonalRegularizer")
        {
            if (word == "Activity") throw new KerasUnsupportedException($"{layer.ClassName} with {name} OrthogonalRegularizer");
            double factor = regularizer.Number("factor", initial);
            string mode = regularizer.Text("mode") ?? "rows";
            regularizer.RefuseRest();
            if (mode is not ("rows" or "columns")) throw regularizer.Wrong("mode", null);
            if (factor.Equals(initial) && mode == "rows") return attribute.With($"{word}Regularizer = Regularizer.OrthogonalRegularizer");
            string rest = mode == "rows" ? "" : ", CompiledNets.Regularizers.OrthogonalMode.Columns";
            string made = $"new CompiledNets.Regularizers.OrthogonalRegularizer({AttributeSource.Number(factor)}{rest})";
            return attribute.WithMember(word + "Regularizer", nameof(Regularizer), made);
        }

        double l1 = regularizer.ClassName == "L2" ? 0 : Shortest(regularizer.Number("l1", initial));
        double l2 = regularizer.ClassName == "L1" ? 0 : Shortest(regularizer.Number("l2", initial));
        regularizer.RefuseRest();
        return attribute.With(word + "L1", l1, 0).With(word + "L2", l2, 0);
    }

    private static AttributeSource WithConstraint(this AttributeSource attribute, KerasObject layer, string argument, string name)
    {
        if (Part(layer, name, Constraints.Keys, "constraint") is not { } constraint) return attribute;
        ((string Argument, string Name, double Initial)[] numbers, bool hasAxis) = Constraints[constraint.ClassName];
        double[] values = [.. numbers.Select(number => constraint.Number(number.Name, number.Initial))];
        int[] axes = hasAxis ? Axes(constraint) : [0];
        constraint.RefuseRest();
        bool hasSeveral = axes.Length != 1;
        List<string> arguments = [];
        for (int i = 0; i < numbers.Length; i++)
        {
            // The form with several axes has no defaults.
            if (!hasSeveral && values[i].Equals(numbers[i].Initial)) continue;
            arguments.Add($"{numbers[i].Argument}: {AttributeSource.Number(values[i])}");
        }

        if (hasSeveral) arguments.Add($"axis: [{LayerSources.List(axes)}]");
        else if (axes[0] != 0) arguments.Add($"axis: {axes[0].ToString(CultureInfo.InvariantCulture)}");
        return arguments.Count == 0
            ? attribute.With($"{argument} = {nameof(Constraint)}.{constraint.ClassName}")
            : attribute.WithMember(
                argument, nameof(Constraint), $"new CompiledNets.Constraints.{constraint.ClassName}({string.Join(", ", arguments)})");
    }

    /// <summary>The axes of a constraint: one, or a list.</summary>
    internal static int[] Axes(KerasObject constraint) => constraint.Take("axis") switch
    {
        null => [0],
        { ValueKind: JsonValueKind.Array } => constraint.Ints("axis"),
        _ => [constraint.Int("axis", 0)],
    };

    // An object, or a string, of one of some classes.
    private static KerasObject? Part(KerasObject layer, string name, IReadOnlyCollection<string> classes, string kind)
    {
        if (layer.Take(name) is not { } value) return null;
        KerasObject part = value.ValueKind == JsonValueKind.String ? new(value.GetString()!, default) : KerasObject.Read(value);
        string given = part.ClassName;
        string? known = classes.FirstOrDefault(own => own == given || SnakeCase.Of(own) == given);
        if (known is null) throw new KerasUnsupportedException($"{kind} {given}");
        return known == given ? part : new(known, default);
    }

    // Keras rounds some factors through single precision: 0.019999999552965164 is 0.02.
    private static double Shortest(double value) => (float)value != value
        ? value
        : double.Parse(((float)value).ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
