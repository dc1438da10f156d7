using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace CompiledNets.Tool;

/// <summary>What <c>import</c> is asked for.</summary>
/// <param name="File">The file of Keras.</param>
/// <param name="Output">The folder for what is written.</param>
/// <param name="Name">What to call the class.</param>
/// <param name="Namespace">Its namespace; null for none.</param>
/// <param name="Expected">Inputs and outputs that Keras computed; null for none.</param>
/// <param name="Force">Whether files that are there are replaced.</param>
internal sealed record ImportOptions(string File, string Output, string Name, string? Namespace, string? Expected, bool Force)
{
    /// <summary>The file with the network, for one with weights alone; null where the file has it.</summary>
    public string? Architecture { get; init; }

    /// <summary>Shapes of samples of inputs that take any length; none where the file tells all.</summary>
    public IReadOnlyList<int[]> InputShapes { get; init; } = [];

    /// <summary>Reads the command line.</summary>
    /// <exception cref="ArgumentException">It is wrong; the message says how.</exception>
    public static ImportOptions Parse(string[] arguments)
    {
        if (arguments[0] != "import") throw new ArgumentException($"There is no command '{arguments[0]}'.");
        string? file = null;
        bool force = false;
        List<int[]> shapes = [];
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        for (int i = 1; i < arguments.Length; i++)
        {
            string argument = arguments[i];
            if (argument == "--force") force = true;
            else if (argument is "--output" or "--name" or "--namespace" or "--expected" or "--architecture" or "--input-shape")
            {
                if (i + 1 == arguments.Length || arguments[i + 1].Length == 0)
                    throw new ArgumentException($"{argument} takes a value after it.");
                if (argument == "--input-shape") shapes.Add(Shape(arguments[++i]));
                else if (!values.TryAdd(argument, arguments[++i])) throw new ArgumentException($"{argument} is there twice.");
            }
            else if (argument.StartsWith('-')) throw new ArgumentException($"There is no option '{argument}'.");
            else if (file is not null) throw new ArgumentException($"One file is imported at a time: '{file}' or '{argument}'.");
            else file = argument;
        }

        if (string.IsNullOrEmpty(file)) throw new ArgumentException("No file is named.");
        string name = values.GetValueOrDefault("--name") ?? ClassOf(file);
        if (!IsName(name)) throw new ArgumentException($"'{name}' is no name for a class; --name takes another.");
        string? space = values.GetValueOrDefault("--namespace");
        if (space is not null && !space.Split('.').All(IsName)) throw new ArgumentException($"'{space}' is no name for a namespace.");
        return new(file, values.GetValueOrDefault("--output") ?? ".", name, space, values.GetValueOrDefault("--expected"), force)
        {
            Architecture = values.GetValueOrDefault("--architecture"),
            InputShapes = shapes,
        };
    }

    // 28,28,1
    private static int[] Shape(string text)
    {
        string[] sizes = text.Split(',');
        int[] shape = [.. sizes.Select(size => int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number : 0)];
        return Array.TrueForAll(shape, size => size > 0) ? shape
            : throw new ArgumentException($"'{text}' is no shape; --input-shape takes the sizes of a sample: 10,3.");
    }

    /// <summary>What a class is called after a file: <c>my-iris_2.keras</c> is <c>MyIris2Net</c>, <c>2.keras</c> is <c>Net2</c>.</summary>
    private static string ClassOf(string file)
    {
        string stem = Path.GetFileName(file).Split('.')[0];
        StringBuilder name = new();
        bool starts = true;
        foreach (char letter in stem)
        {
            bool isPart = char.IsLetterOrDigit(letter);
            if (isPart) name.Append(starts ? char.ToUpperInvariant(letter) : letter);
            starts = !isPart;
        }

        string whole = name.ToString();
        if (whole.Length == 0 || !char.IsLetter(whole[0])) return "Net" + whole;
        return whole.EndsWith("Net", StringComparison.Ordinal) ? whole : whole + "Net";
    }

    private static bool IsName(string name) => SyntaxFacts.IsValidIdentifier(name)
        && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None;
}
