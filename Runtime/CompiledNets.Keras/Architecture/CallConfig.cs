using System.Text.Json;
using System.Text.Json.Nodes;
using CompiledNets.Keras.Graphs;

namespace CompiledNets.Keras.Architecture;

/// <summary>What a layer is called with, as Keras writes it: tensors in their places, and others by name.</summary>
internal static class CallConfig
{
    /// <summary>Keras's node of a call.</summary>
    /// <param name="member">What is called.</param>
    /// <param name="tensors">What it is called with.</param>
    public static JsonObject Of(SavedMember member, IReadOnlyList<JsonObject> tensors)
    {
        if (AttentionCall.Takes(member.ClassName)) return OfAttention(member, tensors);
        JsonObject named = [];
        JsonNode?[] places = [.. tensors];
        if (RecurrentCall.TakesStates(member.ClassName) && tensors.Count > 1)
        {
            named[RecurrentCall.KerasArgument] = new JsonArray(places[1..]);
            places = places[..1];
        }
        else if (member.ClassName == "Softmax" && tensors.Count > 1)
        {
            named["mask"] = places[1];
            places = places[..1];
        }

        // Layers that join values take one list.
        bool isList = Layers.LayerSources.IsMerge(new(member.ClassName, default)) || (member.Network is not null && places.Length > 1);
        return Node(isList ? new JsonArray(new JsonArray(places)) : new JsonArray(places), named);
    }

    // Values, then masks. Keras asks for the value even where the query is it.
    private static JsonObject OfAttention(SavedMember member, IReadOnlyList<JsonObject> tensors)
    {
        using var options = JsonDocument.Parse(member.Description!.Options);
        string[] given = [.. AttentionCall.MaskArguments.Where(argument => options.RootElement.TryGetProperty(argument, out _))];
        int count = tensors.Count - given.Length;
        JsonNode?[] values = count == 1 ? [tensors[0], tensors[0].DeepClone()] : [.. tensors.Take(count)];
        Dictionary<string, JsonObject> masks = given.Zip(tensors.Skip(count)).ToDictionary(pair => pair.First, pair => pair.Second);
        JsonObject named = [];
        foreach (string flag in AttentionCall.FlagArguments)
            if (options.RootElement.TryGetProperty(flag, out JsonElement value) && value.GetBoolean())
                named[Naming.SnakeCase.Of(flag)] = true;
        if (AttentionCall.HasHeads(member.ClassName))
        {
            foreach ((string argument, JsonObject mask) in masks) named[Naming.SnakeCase.Of(argument)] = mask;
            return Node(new JsonArray(values), named);
        }

        // Attentions of one head take lists, of values and of the masks of query and value.
        if (masks.Count > 0) named["mask"] = new JsonArray(masks.GetValueOrDefault("QueryMask"), masks.GetValueOrDefault("ValueMask"));
        return Node(new JsonArray(new JsonArray(values)), named);
    }

    private static JsonObject Node(JsonArray places, JsonObject named) => new() { ["args"] = places, ["kwargs"] = named };
}
