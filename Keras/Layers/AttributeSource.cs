using System.Globalization;

namespace CompiledNets.Keras.Layers;

/// <summary>An attribute as C# source: a name and its arguments. Arguments that are equal to their default are left out.</summary>
internal sealed class AttributeSource(string name)
{
    private readonly List<string> arguments = [];

    /// <summary>Members that the class needs for the attribute, such as an initializer with arguments.</summary>
    public List<string> Members { get; } = [];

    /// <summary>Adds an argument without a name.</summary>
    public AttributeSource With(string value)
    {
        arguments.Add(value);
        return this;
    }

    /// <summary>Adds a named argument unless it is the default.</summary>
    public AttributeSource With(string argument, bool value, bool initial) => value == initial ? this : With($"{argument} = {(value ? "true" : "false")}");

    /// <summary>Adds a named argument unless it is the default.</summary>
    public AttributeSource With(string argument, int value, int initial) => value == initial ? this : With($"{argument} = {value.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Adds a named argument unless it is the default.</summary>
    public AttributeSource With(string argument, double value, double initial) => value.Equals(initial) ? this : With($"{argument} = {Number(value)}");

    /// <summary>A number as C# writes it.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString() => arguments.Count == 0 ? $"[{name}]" : $"[{name}({string.Join(", ", arguments)})]";
}
