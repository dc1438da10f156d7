using System.Globalization;
using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Passes;
using CompiledNets.Naming;

namespace CompiledNets.Generator.Layers;

/// <summary>The arguments of one layer attribute, read with their defaults and checked.</summary>
internal sealed class Arguments(
    LayerDeclaration declaration, int index, string name, IReadOnlyCollection<InitializerMember> initializerMembers, FindingList findings)
{
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
    public int[] Ints(string argument) =>
        Find(argument) is EquatableArray<object?> items ? [.. items.Select(item => item as int? ?? 0)] : [];

    /// <summary>The name of an activation, aliases resolved; null for none.</summary>
    public string? Activation(string argument)
    {
        if (Find(argument) is not string given) return null;
        if (KnownActivations.Find(given) is { } known) return known;
        findings.Add(
            DiagnosticDescriptors.UnknownName.Id, Index, argument, given, "activation", Name, Suggestion(given, KnownActivations.Names));
        return null;
    }

    /// <summary>
    /// The name of an initializer, or the lambda that reads the member that an attribute names: <c>static () => Small</c>.
    /// </summary>
    public string Initializer(string argument, string otherwise)
    {
        if (Find(argument) is not string given) return otherwise;
        InitializerMember? member = initializerMembers.FirstOrDefault(member => member.Name == given);
        if (member is { Problem: null }) return member.Read;
        if (KnownInitializers.Names.Contains(SnakeCase.Of(given))) return SnakeCase.Of(given);
        if (member is not null) findings.Add(DiagnosticDescriptors.BadInitializer.Id, Index, argument, given, argument, member.Problem!);
        else
            findings.Add(
                DiagnosticDescriptors.UnknownName.Id, Index, argument, given, "initializer", Name, Suggestion(given, KnownInitializers.Names));
        return otherwise;
    }

    private static string Suggestion(string given, IEnumerable<string> known) => NearestName.Of(SnakeCase.Of(given), known) is { } nearest
        ? $"Did you mean '{nearest}'?"
        : $"Known are {string.Join(", ", known.OrderBy(name => name, StringComparer.Ordinal))}.";

    private object? Find(string argument)
    {
        foreach (ArgumentDeclaration given in declaration.Arguments)
            if (given.Name == argument) return given.Value;
        return null;
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
