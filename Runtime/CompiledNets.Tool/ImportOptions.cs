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
    /// <summary>Reads the command line.</summary>
    /// <exception cref="ArgumentException">It is wrong; the message says how.</exception>
    public static ImportOptions Parse(string[] arguments)
    {
        if (arguments[0] != "import") throw new ArgumentException($"There is no command '{arguments[0]}'.");
        string? file = null;
        bool force = false;
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        for (int i = 1; i < arguments.Length; i++)
        {
            string argument = arguments[i];
            if (argument == "--force") force = true;
            else if (argument is "--output" or "--name" or "--namespace" or "--expected")
            {
                if (i + 1 == arguments.Length || arguments[i + 1].Length == 0)
                    throw new ArgumentException($"{argument} takes a value after it.");
                if (!values.TryAdd(argument, arguments[++i])) throw new ArgumentException($"{argument} is there twice.");
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
        return new(file, values.GetValueOrDefault("--output") ?? ".", name, space, values.GetValueOrDefault("--expected"), force);
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
