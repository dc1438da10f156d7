using System.Globalization;

namespace CompiledNets.Keras.Layers;

/// <summary>
/// The attribute of a layer as C# source: a name and its arguments. Arguments that are equal to their default are left out.
/// </summary>
internal sealed class AttributeSource(string attribute, string layer)
{
    private readonly List<string> arguments = [];
    private readonly List<string> members = [];

    private AttributeSource? wrapped;

    /// <summary>How many of its arguments stand before the nodes that it names.</summary>
    public int BeforeNodes { get; set; }

    /// <summary>The layer that it is of.</summary>
    public string Layer => layer;

    /// <summary>Members that the class needs for the attribute, such as an initializer with arguments.</summary>
    public IReadOnlyList<string> Members => members;

    /// <summary>Puts the attribute of the layer that it wraps after it.</summary>
    public AttributeSource Wrapping(AttributeSource inner)
    {
        wrapped = inner;
        members.AddRange(inner.members);
        return this;
    }

    /// <summary>Adds an argument without a name.</summary>
    public AttributeSource With(string value)
    {
        arguments.Add(value);
        return this;
    }

    /// <summary>Adds a named argument unless it is the default.</summary>
    public AttributeSource With(string argument, bool value, bool initial) =>
        value == initial ? this : With($"{argument} = {(value ? "true" : "false")}");

    /// <summary>Adds a named argument unless it is the default.</summary>
    public AttributeSource With(string argument, int value, int initial) =>
        value == initial ? this : With($"{argument} = {value.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Adds a named argument unless it is the default.</summary>
    public AttributeSource With(string argument, double value, double initial) =>
        value.Equals(initial) ? this : With($"{argument} = {Number(value)}");

    /// <summary>Adds a named argument unless the list is empty.</summary>
    public AttributeSource With(string argument, int[] values) =>
        values.Length == 0 ? this : With($"{argument} = [{LayerSources.List(values)}]");

    /// <summary>Adds the first argument unless it is the default.</summary>
    public AttributeSource WithFirst(double value, double initial) => value.Equals(initial) ? this : With(Number(value));

    /// <summary>Adds axes as the first arguments unless they are the last axis alone.</summary>
    public AttributeSource WithAxes(int[] axes) => axes is [-1] ? this : With(LayerSources.List(axes));

    /// <summary>Adds a named argument that names a member of the class, which is called after the layer and the argument.</summary>
    public AttributeSource WithMember(string argument, string type, string expression)
    {
        string member = LayerNames.Pascal(layer) + argument;
        members.Add($"private static {type} {member} => {expression};");
        return With($"{argument} = nameof({member})");
    }

    /// <summary>A number as people write it: <c>1e-5</c>.</summary>
    public static string Number(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        int e = text.IndexOf('E', StringComparison.Ordinal);
        return e < 0 ? text
            : string.Create(CultureInfo.InvariantCulture,
            $"{text.AsSpan(0, e)}e{int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)}");
    }

    /// <inheritdoc/>
    public override string ToString() => ToString([], []);

    /// <summary>The source without how weights begin, members that it names put in.</summary>
    public string WithoutInitializers()
    {
        IEnumerable<string> kept = arguments.Where(argument => !argument.Contains("Initializer = ", StringComparison.Ordinal))
            .Select(argument =>
        {
            int name = argument.IndexOf("nameof(", StringComparison.Ordinal);
            string? member = name < 0 ? null
                : members.Find(member => member.Contains($" {argument[(name + 7)..^1]} => ", StringComparison.Ordinal));
            return member is null ? argument : argument[..name] + member[(member.IndexOf("=> ", StringComparison.Ordinal) + 3)..^1];
        });
        string own = $"{attribute}({string.Join(", ", kept)})";
        return wrapped is null ? $"[{own}]" : $"[{own}, {wrapped.WithoutInitializers()[1..]}";
    }

    /// <summary>The source with the nodes that the layer takes beside the value of its chain.</summary>
    /// <param name="nodes">Nodes that have no name there.</param>
    /// <param name="named">Arguments that name nodes.</param>
    public string ToString(IReadOnlyList<string> nodes, IReadOnlyList<string> named)
    {
        string[] all = [.. arguments.Take(BeforeNodes), .. nodes, .. arguments.Skip(BeforeNodes), .. named];
        string own = all.Length == 0 ? attribute : $"{attribute}({string.Join(", ", all)})";
        return wrapped is null ? $"[{own}]" : $"[{own}, {wrapped.ToString()[1..]}";
    }
}
