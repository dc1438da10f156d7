using System.Globalization;
using CompiledNets.Generator.Declaration;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Emit;

/// <summary>The arguments of a layer's attribute as JSON, which files of other programs are written from: <c>{"Units":10}</c>.</summary>
internal static class LayerOptions
{
    /// <summary>Of a layer without arguments.</summary>
    public const string None = "{}";

    // What is told elsewhere: the name, what trains, what it is applied to.
    private static readonly HashSet<string> Elsewhere = new(StringComparer.Ordinal) { "Name", "Trainable", "Node", "Nodes" };

    /// <summary>Writes the arguments that were given.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="wrapped">Class and options of the layers that it wraps: one, several cells, or none.</param>
    public static string Write(LayerDeclaration attribute, IReadOnlyList<(string Type, string Options)> wrapped)
    {
        var parts = new List<string>();
        foreach (ArgumentDeclaration argument in attribute.Arguments)
            if (!Elsewhere.Contains(argument.Name)) parts.Add($"{String(argument.Name)}:{Value(argument.Value)}");
        string[] inner = [.. wrapped.Select(layer => $"{{\"Type\":{String(layer.Type)},\"Options\":{layer.Options}}}")];
        if (inner.Length == 1) parts.Add($"\"Layer\":{inner[0]}");
        else if (inner.Length > 1) parts.Add($"\"Cells\":[{string.Join(",", inner)}]");
        return $"{{{string.Join(",", parts)}}}";
    }

    // Infinity, which JSON does not have, is what Keras calls None.
    private static string Value(object? value) => value switch
    {
        null => "null",
        bool yes => yes ? "true" : "false",
        int number => Int(number),
        float or double => Number(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        EquatableArray<object?> items => $"[{string.Join(",", items.Select(Value))}]",
        _ => String(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    private static string Number(double value) =>
        double.IsNaN(value) || double.IsInfinity(value) ? "null" : value.ToString("R", CultureInfo.InvariantCulture);
}
