using System.Globalization;
using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>The arguments of one layer attribute, read with their defaults and checked.</summary>
internal sealed class Arguments(LayerDeclaration declaration, int index, string name, IReadOnlyCollection<InitializerMember> initializerMembers, FindingList findings)
{
    private static readonly string[] InitializerNames =
    [
        "zeros", "ones", "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal", "random_uniform", "random_normal",
        "truncated_normal", "variance_scaling", "orthogonal", "identity", "uniform", "normal", "zero", "one",
    ];

    private static readonly string[] WholeRowActivations = ["glu", "log_softmax", "softmax", "sparsemax"];

    /// <summary>Place of the attribute in its chain.</summary>
    public int Index { get; } = index;

    /// <summary>Name of the layer.</summary>
    public string Name { get; } = name;

    /// <summary>Whether the weights train.</summary>
    public bool Trainable => Find(nameof(Trainable)) as bool? ?? true;

    public bool Bool(string argument, bool otherwise) => Find(argument) as bool? ?? otherwise;

    /// <summary>A positive integer.</summary>
    public int Positive(string argument)
    {
        int value = Find(argument) as int? ?? 0;
        if (value <= 0) findings.Add(DiagnosticDescriptors.NotPositive.Id, Index, argument, argument, Name, Text(value) + ".");
        return value;
    }

    public int Int(string argument, int otherwise) => Find(argument) as int? ?? otherwise;

    /// <summary>A number for which a condition holds.</summary>
    public double Number(string argument, double otherwise, Func<double, bool> holds, string wanted)
    {
        double value = Find(argument) is { } given ? Convert.ToDouble(given, CultureInfo.InvariantCulture) : otherwise;
        if (!holds(value)) findings.Add(DiagnosticDescriptors.OutOfRange.Id, Index, argument, argument, Name, wanted, Text(value) + ".");
        return value;
    }

    /// <summary>A list of integers.</summary>
    public int[] Ints(string argument) => Find(argument) is EquatableArray<object?> items ? [.. items.Select(item => item as int? ?? 0)] : [];

    /// <summary>The name of an activation, aliases resolved; null for none.</summary>
    public string? Activation(string argument)
    {
        if (Find(argument) is not string given) return null;
        string known = given switch { "swish" => "silu", "hard_swish" => "hard_silu", _ => given };
        if (WholeRowActivations.Contains(known) || Activations.Names.Contains(known)) return known;
        findings.Add(DiagnosticDescriptors.UnknownName.Id, Index, argument, given, "activation", Name, Suggestion(given, Activations.Names.Concat(WholeRowActivations)));
        return null;
    }

    /// <summary>The name of an initializer, or the lambda that reads the member that an attribute names: <c>static () => Small</c>.</summary>
    public string Initializer(string argument, string otherwise)
    {
        if (Find(argument) is not string given) return otherwise;
        InitializerMember? member = initializerMembers.FirstOrDefault(member => member.Name == given);
        if (member is { Problem: null }) return member.Read;
        if (InitializerNames.Contains(Snake(given))) return Snake(given);
        if (member is not null) findings.Add(DiagnosticDescriptors.BadInitializer.Id, Index, argument, given, argument, member.Problem!);
        else findings.Add(DiagnosticDescriptors.UnknownName.Id, Index, argument, given, "initializer", Name, Suggestion(given, InitializerNames));
        return otherwise;
    }

    /// <summary>A name in Keras's snake case: HeNormal becomes he_normal.</summary>
    public static string Snake(string name)
    {
        var text = new System.Text.StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])))) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    private static string Suggestion(string given, IEnumerable<string> known)
    {
        string nearest = known.OrderBy(name => Distance(Snake(given), name)).ThenBy(name => name, StringComparer.Ordinal).First();
        return Distance(Snake(given), nearest) <= Math.Max(2, given.Length / 3) ? $"Did you mean '{nearest}'?" : $"Known are {string.Join(", ", known.OrderBy(name => name, StringComparer.Ordinal))}.";
    }

    // Levenshtein's edit distance.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1));
                corner = above;
            }
        }

        return row[b.Length];
    }

    private object? Find(string argument)
    {
        foreach (ArgumentDeclaration given in declaration.Arguments)
            if (given.Name == argument) return given.Value;
        return null;
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
