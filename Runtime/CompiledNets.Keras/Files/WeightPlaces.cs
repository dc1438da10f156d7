using System.Globalization;
using CompiledNets.Keras.Architecture;

namespace CompiledNets.Keras.Files;

/// <summary>Where the weights of a layer lie in its group: most in its own variables, those of inner layers below.</summary>
internal static class WeightPlaces
{
    /// <summary>The place of each weight, <c>vars/0</c>; a wrapper's kernel lies at two.</summary>
    public static IEnumerable<(string Path, ModelWeight Weight)> Of(SavedMember member)
    {
        IReadOnlyList<ModelWeight> weights = member.Layer!.Weights;
        switch (member.ClassName)
        {
            case "LSTM" or "GRU" or "SimpleRNN" or "ConvLSTM1D" or "ConvLSTM2D" or "ConvLSTM3D":
                return Numbered("cell/vars", weights);
            case "TimeDistributed":
                return Numbered("layer/vars", weights);
            case "Bidirectional":
                int half = weights.Count / 2;
                return [.. Numbered("forward_layer/cell/vars", [.. weights.Take(half)]),
                    .. Numbered("backward_layer/cell/vars", [.. weights.Skip(half)])];
            case "SpectralNormalization":
                ModelWeight[] own = [.. weights.Take(2)], inner = [weights[0], .. weights.Skip(2)];
                return [.. Numbered("vars", own), .. Numbered("layer/vars", inner)];
            case "MultiHeadAttention":
                int each = weights.Count / 4;
                string[] parts = ["query_dense", "key_dense", "value_dense", "output_dense"];
                return parts.SelectMany((part, i) => Numbered($"{part}/vars", [.. weights.Skip(i * each).Take(each)]));
            default:
                return Numbered("vars", weights);
        }
    }

    private static IEnumerable<(string Path, ModelWeight Weight)> Numbered(string group, IReadOnlyList<ModelWeight> weights) =>
        weights.Select((weight, i) => ($"{group}/{i.ToString(CultureInfo.InvariantCulture)}", weight));
}
