using System.Globalization;
using System.Text;
using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Ops;
using Microsoft.CodeAnalysis.CSharp;

namespace CompiledNets.Generator.Emit;

/// <summary>C# names made from layer names.</summary>
internal static class Identifier
{
    /// <summary>The name with every character that no identifier has replaced by an underscore.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (char c in name) text.Append(IsPart(c) ? c : '_');
        return text.Length == 0 || !SyntaxFacts.IsIdentifierStartCharacter(text[0]) ? "_" + text : text.ToString();
    }

    // Characters that only format are no part of a name: C# leaves them out.
    private static bool IsPart(char c) =>
        SyntaxFacts.IsIdentifierPartCharacter(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format;

    /// <summary>What is put behind the property of a layer whose own name is taken.</summary>
    public const string OtherEnding = "Layer";

    /// <summary>
    /// The property of a layer: its name in Pascal case. Two names would hide the classes whose constants attributes take, and those of
    /// nodes are the user's; their layers get another ending.
    /// </summary>
    public static string Property(string layerName, NetworkDeclaration? declaration)
    {
        string name = Pascal(layerName);
        if (name is "Activation" or "Initializer") name += OtherEnding;
        while (declaration?.Nodes.Any(node => node.Name == name) == true) name += OtherEnding;
        return name;
    }

    /// <summary>The name in camel case: moving_mean becomes movingMean.</summary>
    public static string Camel(string name)
    {
        string pascal = Pascal(name);
        return char.ToLowerInvariant(pascal[0]) + pascal.Substring(1);
    }

    /// <summary>The name in Pascal case: dense_1 becomes Dense1.</summary>
    public static string Pascal(string name)
    {
        var text = new StringBuilder(name.Length);
        bool upper = true;
        foreach (char c in Of(name))
        {
            if (c == '_') upper = true;
            else
            {
                text.Append(upper ? char.ToUpperInvariant(c) : c);
                upper = false;
            }
        }

        return text.Length == 0 || !SyntaxFacts.IsIdentifierStartCharacter(text[0]) ? "_" + text : text.ToString();
    }

    /// <summary>
    /// A constant's name for each value: none twice, none that its class or <see cref="object"/> has, keywords with their sign.
    /// </summary>
    public static Dictionary<Value, string> Unique(IEnumerable<Value> values)
    {
        var names = new Dictionary<Value, string>();
        var taken = new HashSet<string>(StringComparer.Ordinal)
        {
            "Size", "TrainingBlock", "InferenceBlock", "Parameter", "SharedValue", "RowScratch", "Packed",
            nameof(Equals), "Finalize", nameof(GetHashCode), nameof(GetType), nameof(MemberwiseClone), nameof(ReferenceEquals),
            nameof(ToString),
        };
        foreach (Value value in values)
        {
            string wanted = Of(value.Name), name = wanted;
            for (int i = 2; !taken.Add(name); i++) name = wanted + "_" + CodeWriter.Int(i);
            names[value] = SyntaxFacts.IsReservedKeyword(SyntaxFacts.GetKeywordKind(name)) ? "@" + name : name;
        }

        return names;
    }
}
