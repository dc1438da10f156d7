namespace CompiledNets;

/// <summary>Layers whose weights go to others, or come from them.</summary>
/// <param name="Model">The outermost network that they are of.</param>
/// <param name="Name">Name of the network.</param>
/// <param name="Path">What their names begin with, which others do not share: <c>encoder/</c>.</param>
/// <param name="Layers">The layers.</param>
internal sealed record LayerSet(Model Model, string Name, string Path, IReadOnlyList<ModelLayer> Layers)
{
    public static LayerSet Of(Model model) => new(model, model.Name, "", model.Layers);

    public static LayerSet Of(ModelNetwork network) => new(network.Model, network.Name, network.Name + "/", network.Layers);
}

/// <summary>Copies weights from layers to others that belong to them.</summary>
internal static class WeightTransfer
{
    /// <summary>Copies the weights that fit, and reports the others.</summary>
    /// <exception cref="ArgumentException">A weight found none that fits, and that is not to be skipped.</exception>
    public static WeightReport Run(LayerSet target, LayerSet source, LayerMatch match, bool skipMismatch)
    {
        if (!Enum.IsDefined(match))
            throw new ArgumentException($"Expected LayerMatch.Name or LayerMatch.Position. Received: {match}", nameof(match));
        target.Model.Use.ThrowIfElsewhere("CopyWeightsFrom");
        source.Model.Use.ThrowIfElsewhere("CopyWeightsFrom");
        var pairs = new List<(ModelWeight To, ModelWeight From)>();
        var mismatches = new List<WeightMismatch>();
        List<(ModelLayer To, ModelLayer? From)> layers = match == LayerMatch.Name ? ByName(target, source) : ByPosition(target, source);
        foreach ((ModelLayer to, ModelLayer? from) in layers)
        {
            for (int i = 0; i < to.Weights.Count; i++)
            {
                ModelWeight weight = to.Weights[i];
                ModelWeight? other = match == LayerMatch.Name ? from?.Weights.FirstOrDefault(other => other.Name == weight.Name)
                    : from?.Weights.ElementAtOrDefault(i);
                if (from is null)
                    mismatches.Add(
                        new(weight.Path,
                        $"'{source.Name}' has no layer " +
                        $"{(match == LayerMatch.Name ? $"'{to.Name[target.Path.Length..]}'" : "with weights at its place")}."));
                else if (other is null) mismatches.Add(new(weight.Path, $"layer '{from.Name}' of '{source.Name}' has no such weight."));
                else if (!other.Shape.SequenceEqual(weight.Shape))
                    mismatches.Add(
                        new(weight.Path,
                        $"its shape is {ShapeText.Of(weight.Shape)}, but '{other.Path}' has {ShapeText.Of(other.Shape)}."));
                else pairs.Add((weight, other));
            }
        }

        HashSet<string> used = [.. pairs.Select(pair => pair.From.Path)];
        string[] unused =
            [.. source.Layers.SelectMany(layer => layer.Weights).Select(weight => weight.Path).Where(path => !used.Contains(path))];
        var report = new WeightReport([.. pairs.Select(pair => pair.To.Path)], mismatches, unused);
        if (mismatches.Count > 0 && !skipMismatch)
        {
            throw new ArgumentException(
                $"Expected a source with weights for all of '{target.Name}'. Received '{source.Name}', which fits {pairs.Count} of " +
                    $"{pairs.Count + mismatches.Count}. " +
                $"Pass `skipMismatch: true` to take over those that fit.\n{string.Join('\n', mismatches)}", nameof(source));
        }

        foreach ((ModelWeight to, ModelWeight from) in pairs) to.Assign(from.Values);
        foreach ((ModelLayer to, ModelLayer? from) in layers)
            if (from is not null && to.Type == from.Type && to.Weights.Count > 0
                && to.Weights.All(weight => report.Copied.Contains(weight.Path))) to.TakeMoments(from);
        return report;
    }

    private static List<(ModelLayer To, ModelLayer? From)> ByName(LayerSet target, LayerSet source)
    {
        Dictionary<string,
            ModelLayer> named = source.Layers.ToDictionary(layer => layer.Name[source.Path.Length..], StringComparer.Ordinal);
        return [.. target.Layers.Select(layer => (layer, named.GetValueOrDefault(layer.Name[target.Path.Length..])))];
    }

    private static List<(ModelLayer To, ModelLayer? From)> ByPosition(LayerSet target, LayerSet source)
    {
        ModelLayer[] from = [.. source.Layers.Where(layer => layer.Weights.Count > 0)];
        return [.. target.Layers.Where(layer => layer.Weights.Count > 0).Select((layer, i) => (layer, from.ElementAtOrDefault(i)))];
    }
}
