using System.Text.Json;
using System.Text.Json.Serialization;

namespace CompiledNets.Keras;

/// <summary>Pieces of JSON as texts.</summary>
internal static class JsonText
{
    /// <summary>A piece as a message names it, in one line: an object of Keras by its class.</summary>
    public static string Of(JsonElement? piece) => piece switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => "None",
        { ValueKind: JsonValueKind.Object } value when value.TryGetProperty("class_name", out JsonElement name) => name.ToString(),
        { ValueKind: JsonValueKind.Object or JsonValueKind.Array } value => JsonSerializer.Serialize(value, TextJson.Default.JsonElement),
        { } value => value.ToString(),
    };

    /// <summary>A text as a string literal; C# and JSON agree on them.</summary>
    public static string Literal(string text) => JsonSerializer.Serialize(text, TextJson.Default.String);
}

/// <summary>Writes without reflection.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class TextJson : JsonSerializerContext;
