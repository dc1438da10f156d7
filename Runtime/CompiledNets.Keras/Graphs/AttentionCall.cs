using CompiledNets.Keras.Layers;

namespace CompiledNets.Keras.Graphs;

/// <summary>A call of an attention: query, value and key, by their places or names, masks, and what else it asks for.</summary>
/// <param name="Values">The query alone where it is all three; else query, value and, where it is another one, key.</param>
/// <param name="Masks">The masks, by the argument of the attribute.</param>
/// <param name="Asked">Arguments of the attribute that are set.</param>
internal sealed record AttentionCall(
    IReadOnlyList<GraphValue> Values, IReadOnlyList<(string Argument, GraphValue Value)> Masks, IReadOnlyList<string> Asked)
{
    private static readonly string[] Places = ["query", "value", "key", "query_mask", "value_mask", "key_mask", "attention_mask"];

    private static readonly string[] Flags = ["use_causal_mask", "return_attention_scores"];

    /// <summary>The arguments of attributes that name masks, in the order in which the masks come.</summary>
    public static IReadOnlyList<string> MaskArguments { get; } = [.. Places.Skip(3).Select(LayerNames.Pascal), "Mask"];

    /// <summary>The arguments of attributes that ask for something.</summary>
    public static IReadOnlyList<string> FlagArguments { get; } = [.. Flags.Select(LayerNames.Pascal)];

    /// <summary>Whether a class is an attention.</summary>
    public static bool Takes(string className) => className is "Attention" or "AdditiveAttention" || HasHeads(className);

    /// <summary>Reads a call.</summary>
    /// <exception cref="KerasUnsupportedException">It has an argument that there is not.</exception>
    public static AttentionCall Read(string className, IReadOnlyList<GraphValue> inputs, Call call)
    {
        Dictionary<string, GraphValue> byName = new(StringComparer.Ordinal);
        int placed = inputs.Count - call.Named.Count;
        for (int i = 0; i < inputs.Count; i++)
        {
            string? name = i >= placed ? call.Named[i - placed] : i < Places.Length ? Places[i] : null;
            // Keras's attention of several heads leaves the argument for the query's mask aside.
            // One of a single head has those of query and value, as a list.
            bool isKnown = Array.IndexOf(Places, name) is >= 0 and var place && (place < 3
                || (HasHeads(className) ? name != "query_mask" || className != "MultiHeadAttention"
                : name is "query_mask" or "value_mask"));
            if (!isKnown || !byName.TryAdd(name!, inputs[i]))
                throw new KerasUnsupportedException($"{className} called with {name ?? "more values"}");
        }

        if (call.Asked.FirstOrDefault(argument => !Flags.Contains(argument)) is string unknown)
            throw new KerasUnsupportedException($"{className} called with {unknown}");
        if (!byName.TryGetValue("query", out GraphValue? query)) throw new KerasUnsupportedException($"{className} called without a query");
        GraphValue value = byName.GetValueOrDefault("value", query), key = byName.GetValueOrDefault("key", value);
        return new(
            key != value ? [query, value, key] : value != query ? [query, value] : [query],
            [.. Places.Skip(3).Where(byName.ContainsKey).Select(name => (LayerNames.Pascal(name), byName[name]))],
            [.. Flags.Where(call.Asked.Contains).Select(LayerNames.Pascal)]);
    }

    /// <summary>Whether a class is an attention of several heads.</summary>
    public static bool HasHeads(string className) => className is "MultiHeadAttention" or "GroupedQueryAttention" or "GroupQueryAttention";
}
