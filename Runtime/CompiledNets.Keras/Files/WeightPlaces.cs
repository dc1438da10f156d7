using System.Globalization;
using CompiledNets.Keras.Architecture;
using CompiledNets.Naming;

namespace CompiledNets.Keras.Files;

/// <summary>Where the weights of a layer lie in its group: most in its own variables, those of inner layers below.</summary>
internal static class WeightPlaces
{
    /// <summary>The place of each weight, <c>vars/0</c>; a wrapper's kernel lies at two.</summary>
    public static IEnumerable<(string Path, ModelWeight Weight)> Of(SavedMember member) =>
        Of(member.ClassName, member.Wrapped, member.Layer!.Weights);

    private static IEnumerable<(string Path, ModelWeight Weight)> Of(
        string className, IReadOnlyList<WrappedLayer> wrapped, IReadOnlyList<ModelWeight> weights)
    {
        switch (className)
        {
            case "LSTM" or "GRU" or "SimpleRNN" or "ConvLSTM1D" or "ConvLSTM2D" or "ConvLSTM3D":
                return Numbered("cell/vars", weights);
            case "RNN":
                return wrapped.Count == 1 ? Numbered("cell/vars", weights) : OfCells(wrapped, weights);
            case "TimeDistributed":
                return Below("layer", Of(wrapped[0].ClassName, wrapped[0].Wrapped, weights));
            case "Bidirectional":
                int half = weights.Count / 2;
                return [.. Numbered("forward_layer/cell/vars", [.. weights.Take(half)]),
                    .. Numbered("backward_layer/cell/vars", [.. weights.Skip(half)])];
            case "SpectralNormalization":
                ModelWeight[] own = [.. weights.Take(2)], inner = [weights[0], .. weights.Skip(2)];
                return [.. Numbered("vars", own), .. Numbered("layer/vars", inner)];
            case "MultiHeadAttention" or "GroupedQueryAttention":
                return weights.GroupBy(weight => PartOf(weight.Name)).SelectMany(part => Numbered(
                    $"{(className == "MultiHeadAttention" && part.Key != "gate" ? "" : "_")}{part.Key}_dense/vars", [.. part]));
            default:
                return Numbered("vars", weights);
        }
    }

    // query/kernel is of the query.
    private static string PartOf(string name) => name[..name.IndexOf('/', StringComparison.Ordinal)].Replace(
        "attention_", "", StringComparison.Ordinal);

    private static IEnumerable<(string Path, ModelWeight Weight)> OfCells(
        IReadOnlyList<WrappedLayer> cells, IReadOnlyList<ModelWeight> weights)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        int cell = -1, place = 0;
        string group = "";
        foreach (ModelWeight weight in weights)
        {
            bool isFirst = weight.Name.EndsWith("kernel", StringComparison.Ordinal)
                && !weight.Name.EndsWith("recurrent_kernel", StringComparison.Ordinal);
            if (isFirst)
            {
                string kind = SnakeCase.Of(cells[++cell].ClassName);
                int count = counts.GetValueOrDefault(kind);
                counts[kind] = count + 1;
                group = count == 0 ? kind : $"{kind}_{count.ToString(CultureInfo.InvariantCulture)}";
                place = 0;
            }

            yield return ($"cell/cells/{group}/vars/{place++.ToString(CultureInfo.InvariantCulture)}", weight);
        }
    }

    private static IEnumerable<(string Path, ModelWeight Weight)> Below(string group,
        IEnumerable<(string Path, ModelWeight Weight)> places) => places.Select(place => ($"{group}/{place.Path}", place.Weight));

    private static IEnumerable<(string Path, ModelWeight Weight)> Numbered(string group, IReadOnlyList<ModelWeight> weights) =>
        weights.Select((weight, i) => ($"{group}/{i.ToString(CultureInfo.InvariantCulture)}", weight));
}
