using System.Text;

namespace CompiledNets.Keras.Layers;

/// <summary>Names in C#'s casing.</summary>
internal static class LayerNames
{
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
}
