using System.Text;
using System.Text.RegularExpressions;

namespace CompiledNets.Keras.Layers;

/// <summary>Names: Keras's snake case, C#'s casing.</summary>
internal static partial class LayerNames
{
    /// <summary>Keras's name for the first layer of a class: <c>BatchNormalization</c> is <c>batch_normalization</c>.</summary>
    public static string Snake(string className) => Humps().Replace(Words().Replace(className, "$1_$2"), "$1_$2").ToLowerInvariant();

    /// <summary><c>he_normal</c> is <c>HeNormal</c>. What no identifier has parts words, as '_' does.</summary>
    public static string Pascal(string name)
    {
        StringBuilder pascal = new();
        bool startsWord = true;
        foreach (char c in name)
        {
            if (char.IsLetterOrDigit(c)) pascal.Append(startsWord ? char.ToUpperInvariant(c) : c);
            startsWord = !char.IsLetterOrDigit(c);
        }

        return pascal.Length > 0 && char.IsDigit(pascal[0]) ? "_" + pascal : pascal.ToString();
    }

    [GeneratedRegex("(.)([A-Z][a-z0-9]+)")]
    private static partial Regex Words();

    [GeneratedRegex("([a-z])([A-Z])")]
    private static partial Regex Humps();
}
