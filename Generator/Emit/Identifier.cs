using System.Text;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Emit;

/// <summary>C# names made from layer names.</summary>
internal static class Identifier
{
    /// <summary>The name with every character that no identifier has replaced by an underscore.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (char c in name) text.Append(c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' ? c : '_');
        return text.Length > 0 && char.IsDigit(text[0]) ? "_" + text : text.ToString();
    }

    /// <summary>
    /// The property of a layer: its name in Pascal case. Two names would hide the classes whose constants attributes take; their layers get another ending.
    /// </summary>
    public static string Property(string layerName)
    {
        string name = Pascal(layerName);
        return name is "Activation" or "Initializer" ? name + "Layer" : name;
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

        return text.Length == 0 ? "_" : char.IsDigit(text[0]) ? "_" + text : text.ToString();
    }

    /// <summary>A name for each value, none of them twice and none of them <c>Size</c>.</summary>
    public static Dictionary<Value, string> Unique(IEnumerable<Value> values)
    {
        var names = new Dictionary<Value, string>();
        var taken = new HashSet<string>(StringComparer.Ordinal) { "Size" };
        foreach (Value value in values)
        {
            string name = Of(value.Name);
            for (int i = 2; !taken.Add(name); i++) name = Of(value.Name) + "_" + CodeWriter.Int(i);
            names[value] = name;
        }

        return names;
    }
}
