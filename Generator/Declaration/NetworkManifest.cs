using System.Globalization;
using System.Text;
using CompiledNets.Generator.Emit;

namespace CompiledNets.Generator.Declaration;

/// <summary>
/// The declaration of a network as text, which travels with its assembly: the network first, then those that it applies, each once. A line
/// a part; it is in line with what the user wrote, and holds no weights.
/// </summary>
/// <example>
/// <code>
/// CompiledNets 1
/// network "App.Encoder" "Encoder"
/// member "Initializer" "Small" "static () => global::App.Encoder.Small"
/// layer "Input" "Shape" [ 4 ]
/// layer "Dense" "Units" 8 "KernelInitializer" "Small"
/// </code>
/// </example>
internal static class NetworkManifest
{
    /// <summary>Changes where an older compiler would read something else than was meant.</summary>
    private const string Version = "CompiledNets 1";

    // So that lines of generated files end at 140 columns, depth and a long name included.
    private const int Columns = 100;

    /// <summary>The text of networks.</summary>
    public static string Write(IEnumerable<NetworkBody> networks)
    {
        var text = new StringBuilder(Version);
        foreach (NetworkBody network in networks)
        {
            Line("network", [network.Key, network.Name]);
            foreach (PartMember member in network.PartMembers) Line("member", [member.Kind, member.Name, member.Read, .. member.Warnings]);
            foreach (NodeDeclaration node in network.Nodes) Line("node", [node.Name, node.First, node.Count]);
            foreach (LayerDeclaration layer in network.Layers)
                Line("layer", [layer.Attribute, .. layer.Arguments.SelectMany(argument => new[] { argument.Name, argument.Value })]);
        }

        return text.ToString();

        void Line(string kind, IEnumerable<object?> values)
        {
            int start = text.Append('\n').Length;
            text.Append(kind);
            foreach (object? value in values)
            {
                // A line that begins with a space goes on with the one before.
                if (text.Length - start > Columns) start = text.Append('\n').Length;
                Append(text.Append(' '), value);
            }
        }
    }

    /// <summary>The networks of a text; none where it is of another version, or damaged.</summary>
    public static IReadOnlyList<NetworkBody> Read(string text)
    {
        string[] lines = text.Replace("\r", "").Replace("\n ", " ").Split('\n');
        if (lines[0].Trim() != Version) return [];
        var networks = new List<NetworkBody>();
        var members = new List<PartMember>();
        var nodes = new List<NodeDeclaration>();
        var layers = new List<LayerDeclaration>();
        try
        {
            // From the last line to the first, so that a network is whole where its own line is met.
            for (int i = lines.Length - 1; i > 0; i--)
            {
                var reader = new Reader(lines[i].Trim());
                string kind = reader.Word();
                object?[] values = [.. reader.Rest()];
                switch (kind)
                {
                    case "member":
                        members.Insert(0, new((string)values[0]!, (string)values[1]!, (string)values[2]!, null,
                            values.Skip(3).Cast<string>().ToArray()));
                        break;
                    case "node":
                        nodes.Insert(0, new((string)values[0]!, (int)values[1]!, (int)values[2]!, null, null, false));
                        break;
                    case "layer":
                        ArgumentDeclaration[] arguments = new ArgumentDeclaration[(values.Length - 1) / 2];
                        for (int k = 0; k < arguments.Length; k++) arguments[k] = new((string)values[(2 * k) + 1]!, values[(2 * k) + 2]);
                        layers.Insert(0, new() { Attribute = (string)values[0]!, Arguments = arguments });
                        break;
                    case "network":
                        networks.Insert(0, new()
                        {
                            Key = (string)values[0]!,
                            Name = (string)values[1]!,
                            PartMembers = members.ToArray(),
                            Nodes = nodes.ToArray(),
                            Layers = layers.ToArray(),
                        });
                        members.Clear();
                        nodes.Clear();
                        layers.Clear();
                        break;
                    default:
                        return [];
                }
            }
        }
        catch (Exception exception) when (exception is FormatException or InvalidCastException or IndexOutOfRangeException
            or OverflowException or NullReferenceException)
        {
            return [];
        }

        return networks.All(IsWhole) ? networks : [];
    }

    // What the passes rely on.
    private static bool IsWhole(NetworkBody network) => network.Layers.Count > 0
        && network.Nodes.All(node => node.Count > 0 && node.First >= 0 && node.First + node.Count <= network.Layers.Count);

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool yes:
                text.Append(yes ? "true" : "false");
                break;
            case int number:
                text.Append(CodeWriter.Int(number));
                break;
            case float or double:
                text.Append(Number(Convert.ToDouble(value, CultureInfo.InvariantCulture))).Append('d');
                break;
            case EquatableArray<object?> items:
                text.Append('[');
                foreach (object? item in items) Append(text.Append(' '), item);
                text.Append(" ]");
                break;
            default:
                text.Append(CodeWriter.String(Convert.ToString(value, CultureInfo.InvariantCulture)));
                break;
        }
    }

    private static string Number(double value)
    {
        string digits = value.ToString("R", CultureInfo.InvariantCulture);
        return double.Parse(digits, CultureInfo.InvariantCulture).Equals(value)
            ? digits : value.ToString("G17", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads the words of a line.</summary>
    private sealed class Reader(string line)
    {
        private int place;

        public string Word()
        {
            int start = place;
            while (place < line.Length && line[place] != ' ') place++;
            return line.Substring(start, place - start);
        }

        public IEnumerable<object?> Rest()
        {
            while (Skip()) yield return Value();
        }

        private bool Skip()
        {
            while (place < line.Length && line[place] == ' ') place++;
            return place < line.Length;
        }

        private object? Value()
        {
            if (line[place] == '"') return Text();
            string word = Word();
            return word switch
            {
                "null" => null,
                "true" => true,
                "false" => false,
                "[" => List(),
                _ when word.EndsWith("d", StringComparison.Ordinal) =>
                    double.Parse(word.Substring(0, word.Length - 1), CultureInfo.InvariantCulture),
                _ => int.Parse(word, CultureInfo.InvariantCulture),
            };
        }

        private EquatableArray<object?> List()
        {
            var items = new List<object?>();
            while (Skip())
            {
                if (line[place] == ']')
                {
                    place++;
                    return items.ToArray();
                }

                items.Add(Value());
            }

            throw new FormatException();
        }

        // As CodeWriter.String writes it.
        private string Text()
        {
            var text = new StringBuilder();
            for (place++; line[place] != '"'; place++)
            {
                if (line[place] != '\\') text.Append(line[place]);
                else if (line[++place] != 'u') text.Append(line[place]);
                else
                {
                    text.Append((char)int.Parse(line.Substring(place + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                    place += 4;
                }
            }

            place++;
            return text.ToString();
        }
    }
}
