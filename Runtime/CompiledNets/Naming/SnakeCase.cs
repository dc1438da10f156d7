using System.Text;

namespace CompiledNets.Naming;

/// <summary>Keras's snake case.</summary>
internal static class SnakeCase
{
    /// <summary>
    /// The name of a class in snake case: HeNormal becomes he_normal, ConvLSTM2D conv_lstm2d. A word begins at a capital that a small
    /// letter stands before or after (Keras's <c>to_snake_case</c>).
    /// </summary>
    public static string Of(string name)
    {
        var text = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            if (i > 0 && IsCapital(name[i]) && (IsSmall(name[i - 1]) || (i + 1 < name.Length && IsSmall(name[i + 1])))) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    private static bool IsCapital(char c) => c is >= 'A' and <= 'Z';

    private static bool IsSmall(char c) => c is >= 'a' and <= 'z';
}
