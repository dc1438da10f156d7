using System.Globalization;
using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Passes;
using CompiledNets.Naming;

namespace CompiledNets.Generator.Layers;

/// <summary>The arguments of one layer attribute, read with their defaults and checked.</summary>
internal sealed class Arguments(
    LayerDeclaration declaration, int index, string name, IReadOnlyCollection<PartMember> partMembers, FindingList findings)
{
    private const string ActivityWord = "Activity";

    private static readonly string[] RuleEndings = ["Regularizer", "Constraint", "L1", "L2"];

    /// <summary>Place of the attribute in its chain.</summary>
    public int Index { get; } = index;

    /// <summary>Name of the layer.</summary>
    public string Name { get; } = name;

    /// <summary>The layer that a wrapper wraps; only wrappers have one.</summary>
    public Layer Wrapped { get => field ?? throw new InvalidOperationException($"{Name} wraps nothing."); init; }

    /// <summary>All layers that a wrapper wraps: one, but for the cells of an RNN.</summary>
    public IReadOnlyList<Layer> AllWrapped { get; init; } = [];

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

    /// <summary>A positive integer that has a default.</summary>
    public int PositiveOr(string argument, int otherwise) => Find(argument) is null ? otherwise : Positive(argument);

    /// <summary>A text; null for none.</summary>
    public string? Text(string argument) => Find(argument) as string;

    /// <summary>Whether an argument names a node.</summary>
    public bool Names(string argument) => Find(argument) is string;

    /// <summary>A list of positive integers, which may be empty.</summary>
    public int[] PositiveInts(string argument)
    {
        int[] given = Ints(argument);
        if (given.Any(size => size <= 0))
            findings.Add(DiagnosticDescriptors.NotPositive.Id, Index, argument, argument, Name, List(given) + ".");
        return given;
    }

    public int Int(string argument, int otherwise) => Find(argument) as int? ?? otherwise;

    /// <summary>A number for which a condition holds.</summary>
    public double Number(string argument, double otherwise, Func<double, bool> holds, string wanted)
    {
        double value = Find(argument) is { } given ? Convert.ToDouble(given, CultureInfo.InvariantCulture) : otherwise;
        if (!holds(value)) findings.Add(DiagnosticDescriptors.OutOfRange.Id, Index, argument, argument, Name, wanted, Text(value) + ".");
        return value;
    }

    /// <summary>Says that an argument is not what it should be.</summary>
    public void Refuse(string argument, string wanted, string found) =>
        findings.Add(DiagnosticDescriptors.OutOfRange.Id, Index, argument, argument, Name, wanted, found + ".");

    /// <summary>A finite number.</summary>
    public double Finite(string argument, double otherwise) =>
        Number(argument, otherwise, value => !double.IsNaN(value) && !double.IsInfinity(value), "a finite number");

    /// <summary>A small number that is added where something might be zero.</summary>
    public double Epsilon(string argument, double otherwise) =>
        Number(argument, otherwise, value => value is >= 0 and < double.PositiveInfinity, "at least 0");

    /// <summary>Axes, the batch being 0; the last one where none are named.</summary>
    public int[] Axes(string argument) => Ints(argument) is { Length: > 0 } axes ? axes : [-1];

    /// <summary>A list of integers, or one that stands for it.</summary>
    public int[] Ints(string argument) => Find(argument) switch
    {
        EquatableArray<object?> items => [.. items.Select(item => item as int? ?? 0)],
        int one => [one],
        _ => [],
    };

    /// <summary>A list of numbers, or one that stands for it.</summary>
    public double[] Numbers(string argument) => Find(argument) switch
    {
        null => [],
        EquatableArray<object?> items => [.. items.Select(item => Convert.ToDouble(item, CultureInfo.InvariantCulture))],
        var one => [Convert.ToDouble(one, CultureInfo.InvariantCulture)],
    };

    /// <summary>The ends of a range.</summary>
    /// <param name="argument">The argument: two ascending numbers.</param>
    /// <param name="least">What they are not below.</param>
    /// <param name="most">What they are not above.</param>
    /// <param name="isSymmetric">Whether one number stands for a range around 0.</param>
    /// <param name="otherwise">The range where none is given; null asks for one.</param>
    public (double Least, double Most) Range(
        string argument, double least, double most, bool isSymmetric = false, double[]? otherwise = null)
    {
        double[] given = Numbers(argument), ends = given.Length == 0 && otherwise is not null ? otherwise
            : given.Length == 1 && isSymmetric ? [-Math.Abs(given[0]), Math.Abs(given[0])] : given;
        if (ends.Length == 2 && ends[0] <= ends[1] && ends[0] >= least && ends[1] <= most && !ends.Any(double.IsInfinity))
            return (ends[0], ends[1]);
        string range = double.IsInfinity(least) ? "" : $" from {Text(least)} to {Text(most)}";
        Refuse(argument, (isSymmetric ? "one number, or two ascending ones," : "two ascending numbers") + range, List(given));
        return (0, 0);
    }

    /// <summary>A positive number for each of some axes; one stands for all of them. Null asks for one at least.</summary>
    public EquatableArray<int> Sizes(string argument, int axes, int? otherwise)
    {
        int[] given = Ints(argument);
        if (given.Length == 0 && otherwise is { } initial) given = [initial];
        if (given.Length != 1 && given.Length != axes)
            findings.Add(DiagnosticDescriptors.OutOfRange.Id, Index, argument, argument, Name,
                axes == 1 ? "one number" : $"one number, or {Text(axes)}", List(given) + ".");
        else if (given.Any(size => size <= 0))
            findings.Add(DiagnosticDescriptors.NotPositive.Id, Index, argument, argument, Name,
                (given.Length == 1 ? Text(given[0]) : List(given)) + ".");
        return given.Length == axes ? given : Enumerable.Repeat(given.FirstOrDefault(), axes).ToArray();
    }

    /// <summary>A number for each of some axes, none negative; one stands for all of them. Null where none is given.</summary>
    public EquatableArray<int>? Counts(string argument, int axes)
    {
        int[] given = Ints(argument);
        if (given.Length == 0) return null;
        if (given.Length != 1 && given.Length != axes)
            findings.Add(DiagnosticDescriptors.OutOfRange.Id, Index, argument, argument, Name,
                axes == 1 ? "one number" : $"one number, or {Text(axes)}", List(given) + ".");
        else if (given.Any(count => count < 0))
            findings.Add(DiagnosticDescriptors.OutOfRange.Id, Index, argument, argument, Name, "at least 0",
                (given.Length == 1 ? Text(given[0]) : List(given)) + ".");
        return given.Length == axes ? given : Enumerable.Repeat(given[0], axes).ToArray();
    }

    /// <summary>
    /// Numbers before and after along each of some axes, none negative: one for all, one for both sides of each axis, or one for each side.
    /// </summary>
    public EquatableArray<int> Margins(string argument, int axes, int otherwise)
    {
        int[] given = Ints(argument);
        if (given.Length == 0) given = [otherwise];
        if (given.Length != 1 && given.Length != axes && given.Length != 2 * axes)
            findings.Add(DiagnosticDescriptors.OutOfRange.Id, Index, argument, argument, Name,
                axes == 1 ? "one number or two" : $"one number, {Text(axes)} or {Text(2 * axes)}", List(given) + ".");
        else if (given.Any(size => size < 0))
            findings.Add(DiagnosticDescriptors.OutOfRange.Id, Index, argument, argument, Name, "at least 0",
                (given.Length == 1 ? Text(given[0]) : List(given)) + ".");
        int count = given.Length;
        return Enumerable.Range(0, 2 * axes).Select(side => given[count == 2 * axes ? side : count == axes ? side / 2 : 0]).ToArray();
    }

    /// <summary>One of some names.</summary>
    public string Choice(string argument, string otherwise, string kind, string[] known)
    {
        if (Find(argument) is not string given) return otherwise;
        if (known.Contains(SnakeCase.Of(given))) return SnakeCase.Of(given);
        findings.Add(DiagnosticDescriptors.UnknownName.Id, Index, argument, given, kind, Name, Suggestion(given, known));
        return otherwise;
    }

    /// <summary>So many axes beside the channels; a finding where <c>DataFormat</c> has those before them.</summary>
    public int ChannelsLast(int axes)
    {
        const string argument = "DataFormat";
        if (Choice(argument, "channels_last", "data format", ["channels_first", "channels_last"]) == "channels_first")
            findings.Add(DiagnosticDescriptors.ChannelsFirst.Id, Index, argument, Name,
                string.Join(", ", Enumerable.Range(2, axes).Append(1).Select(axis => Text(axis))));
        return axes;
    }

    /// <summary>The name of an activation, aliases resolved; null for none.</summary>
    public string? Activation(string argument)
    {
        if (Find(argument) is not string given) return null;
        if (KnownActivations.Find(given) is { } known) return known;
        findings.Add(
            DiagnosticDescriptors.UnknownName.Id, Index, argument, given, "activation", Name, Suggestion(given, KnownActivations.Names));
        return null;
    }

    /// <summary>The name of an activation that has a default, aliases resolved.</summary>
    public string? ActivationOr(string argument, string otherwise) => Find(argument) is string ? Activation(argument) : otherwise;

    /// <summary>
    /// The name of an initializer, or the lambda that reads the member that an attribute names: <c>static () => Small</c>.
    /// </summary>
    public string Initializer(string argument, string otherwise)
    {
        if (Find(argument) is not string given) return otherwise;
        (string? read, string? known) = Part(argument, given, "Initializer", KnownInitializers.Names);
        return read ?? known ?? otherwise;
    }

    /// <summary>
    /// What is asked of weights beside how they start, by the word that the arguments begin with: <c>KernelRegularizer</c>,
    /// <c>KernelL1</c>, <c>KernelL2</c> and <c>KernelConstraint</c> are of <c>Kernel</c>.
    /// </summary>
    public IReadOnlyDictionary<string, WeightRules> WeightRules()
    {
        var rules = new Dictionary<string, WeightRules>(StringComparer.Ordinal);
        foreach (string word in declaration.Arguments.Select(argument => WordOf(argument.Name)).OfType<string>().Distinct())
            if (word != ActivityWord) rules[word] = new(Regularizer(word), Constraint(word));
        return rules;
    }

    /// <summary>The penalty on the outputs of a layer; null for none.</summary>
    public ActivityPenalty? Activity()
    {
        const string name = ActivityWord + "Regularizer";
        double l1 = Factor(ActivityWord + "L1"), l2 = Factor(ActivityWord + "L2");
        if (Find(name) is not string given) return l1 == 0 && l2 == 0 ? null : new(l1, l2);
        CheckAlone(name, ActivityWord, l1, l2);
        switch (SnakeCase.Of(given))
        {
            case "l1": return new(0.01, 0);
            case "l2": return new(0, 0.01);
            case "l1l2": return null;
        }

        const string hint = "Known are l1, l2 and l1l2; other factors are ActivityL1 and ActivityL2.";
        findings.Add(DiagnosticDescriptors.UnknownName.Id, Index, name, given, "activity regularizer", Name, hint);
        return null;
    }

    /// <summary>A factor of a penalty; 0 where there is none.</summary>
    public double Factor(string argument) => Number(argument, 0, factor => factor is >= 0 and < double.PositiveInfinity, "at least 0");

    private static string? WordOf(string argument)
    {
        string? ending =
            Array.Find(RuleEndings, ending => argument.Length > ending.Length && argument.EndsWith(ending, StringComparison.Ordinal));
        return ending is null ? null : argument.Substring(0, argument.Length - ending.Length);
    }

    private string? Regularizer(string word)
    {
        string name = word + "Regularizer";
        double l1 = Factor(word + "L1"), l2 = Factor(word + "L2");
        if (Find(name) is not string given)
            return l1 == 0 && l2 == 0 ? null : $"static () => new global::CompiledNets.Regularizers.L1L2({Text(l1)}, {Text(l2)})";
        CheckAlone(name, word, l1, l2);
        return Rule(name, given, "Regularizer", KnownRegularizers.Names);
    }

    // Numbers beside a regularizer would be another one.
    private void CheckAlone(string regularizer, string word, double l1, double l2)
    {
        foreach ((string number, double value) in new[] { (word + "L1", l1), (word + "L2", l2) })
        {
            if (value == 0) continue;
            string wanted = $"left out where {regularizer} is given";
            findings.Add(DiagnosticDescriptors.OutOfRange.Id, Index, number, number, Name, wanted, Text(value) + ".");
        }
    }

    private string? Constraint(string word) =>
        Find(word + "Constraint") is string given ? Rule(word + "Constraint", given, "Constraint", KnownConstraints.Names) : null;

    private string? Rule(string argument, string given, string kind, string[] names)
    {
        (string? read, string? known) = Part(argument, given, kind, names);
        return read ?? (known is null ? null : $"static () => global::CompiledNets.{kind}.Get(\"{known}\")");
    }

    // What a name leads to: the lambda that reads a member, or a known name; neither, and a finding, where there is none of the two.
    private (string? Read, string? Known) Part(string argument, string given, string kind, string[] names)
    {
        PartMember? member = partMembers.FirstOrDefault(member => member.Name == given && member.Kind == kind);
        if (member is { Problem: null }) return (member.Read, null);
        if (names.Contains(SnakeCase.Of(given))) return (null, SnakeCase.Of(given));
        if (member is not null)
            findings.Add(DiagnosticDescriptors.BadInitializer.Id, Index, argument, given, argument, member.Problem!);
        else
            findings.Add(DiagnosticDescriptors.UnknownName.Id, Index, argument, given, kind.ToLowerInvariant(), Name,
                Suggestion(given, names));
        return default;
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

    /// <summary>Numbers as a message has them.</summary>
    public static string List(double[] values) => "(" + string.Join(", ", values.Select(Text)) + ")";

    private static string List(int[] values) => "(" + string.Join(", ", values.Select(value => Text(value))) + ")";

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
