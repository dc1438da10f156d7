using System.Text.Json;
using System.Text.Json.Nodes;

namespace CompiledNets.Keras;

/// <summary>
/// An object as Keras writes it to JSON: a class and its config. Remembers what was read of it, so that an option nobody has read, and that
/// asks for something, is not passed over.
/// </summary>
public sealed class KerasObject
{
    /// <summary>What every layer's config has and what does not change numbers.</summary>
    private static readonly HashSet<string> Neutral = new(StringComparer.Ordinal) { "name", "trainable", "dtype" };

    private readonly JsonElement config;
    private readonly HashSet<string> read = new(StringComparer.Ordinal);

    /// <summary>Makes an object.</summary>
    /// <param name="className">Its class: <c>Dense</c>.</param>
    /// <param name="config">Its arguments; undefined for none.</param>
    public KerasObject(string className, JsonElement config)
    {
        ClassName = className;
        this.config = config;
    }

    /// <summary>Its class.</summary>
    public string ClassName { get; }

    /// <summary>Reads <c>{"class_name": ..., "config": ...}</c>.</summary>
    /// <exception cref="KerasUnsupportedException">It is no such object.</exception>
    public static KerasObject Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("class_name", out JsonElement name))
            throw new KerasUnsupportedException($"{JsonText.Of(json)}, which is no object of Keras");
        return new(name.GetString()!, json.TryGetProperty("config", out JsonElement config) ? config : default);
    }

    /// <summary>The same object without an argument.</summary>
    internal KerasObject Without(string name)
    {
        JsonObject rest = JsonObject.Create(config)!;
        rest.Remove(name);
        using JsonDocument document = JsonDocument.Parse(rest.ToJsonString());
        return new(ClassName, document.RootElement.Clone());
    }

    /// <summary>The same arguments for another class.</summary>
    internal KerasObject As(string className) => new(className, config);

    /// <summary>Whether an argument is there, and be it null.</summary>
    public bool Has(string name) => config.ValueKind == JsonValueKind.Object && config.TryGetProperty(name, out _);

    /// <summary>An argument as it stands; null where it is missing or null.</summary>
    public JsonElement? Take(string name)
    {
        read.Add(name);
        return Look(name);
    }

    /// <summary>An argument as it stands, which has to be read still; null where it is missing or null.</summary>
    internal JsonElement? Look(string name) => config.ValueKind == JsonValueKind.Object
        && config.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A whole number.</summary>
    public int Int(string name, int initial) => Take(name) is { } value ? value.ValueKind == JsonValueKind.Number
        && value.TryGetInt32(out int number) ? number : throw Wrong(name, value) : initial;

    /// <summary>A number.</summary>
    public double Number(string name, double initial) => OptionalNumber(name) ?? initial;

    /// <summary>A number, or null where there is none.</summary>
    public double? OptionalNumber(string name) => Take(name) is { } value ? value.ValueKind == JsonValueKind.Number
        ? value.GetDouble() : throw Wrong(name, value) : null;

    /// <summary>Yes or no.</summary>
    public bool Bool(string name, bool initial) => Take(name) is { } value
        ? value.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => throw Wrong(name, value) }
        : initial;

    /// <summary>A text.</summary>
    public string? Text(string name) => Take(name) is { } value ? value.ValueKind == JsonValueKind.String
        ? value.GetString() : throw Wrong(name, value) : null;

    /// <summary>A list of whole numbers.</summary>
    public int[] Ints(string name)
    {
        if (Take(name) is not { } value) return [];
        if (value.ValueKind != JsonValueKind.Array) throw Wrong(name, value);
        return [.. value.EnumerateArray()
            .Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out int number)
            ? number : throw Wrong(name, value))];
    }

    /// <summary>Refuses what is left and asks for something: neither null nor false nor empty.</summary>
    /// <exception cref="KerasUnsupportedException">There is such an argument.</exception>
    public void RefuseRest()
    {
        if (config.ValueKind != JsonValueKind.Object) return;
        foreach (JsonProperty property in config.EnumerateObject())
        {
            if (read.Contains(property.Name) || Neutral.Contains(property.Name)) continue;
            bool asksForNothing = property.Value.ValueKind switch
            {
                JsonValueKind.Null or JsonValueKind.False => true,
                JsonValueKind.Array => property.Value.GetArrayLength() == 0,
                JsonValueKind.Object => property.Value.GetPropertyCount() == 0,
                _ => false,
            };
            if (!asksForNothing) throw Wrong(property.Name, property.Value);
        }
    }

    /// <summary>What is thrown for an argument that cannot be had.</summary>
    public KerasUnsupportedException Wrong(string name, JsonElement? value) => new($"{ClassName} with {name} {JsonText.Of(value)}");
}
