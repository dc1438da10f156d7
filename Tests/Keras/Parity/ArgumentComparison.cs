using System.Globalization;
using System.Reflection;

namespace CompiledNets.Keras.Tests.Parity;

/// <summary>The arguments of a class against those of Keras: constructor parameters, or properties that can be set.</summary>
internal sealed class ArgumentComparison
{
    /// <summary>Compares.</summary>
    /// <param name="entry">What Keras has.</param>
    /// <param name="type">The class.</param>
    public ArgumentComparison(KerasEntry entry, Type type)
    {
        ParameterInfo[] parameters = type.GetConstructors().Select(constructor => constructor.GetParameters())
            .MaxBy(list => list.Count(parameter => entry.Arguments.Any(argument => IsCalled(argument, parameter.Name!))))!;
        // What takes all of its arguments so may want one of several.
        Lazy<object> instance = new(() => Activator.CreateInstance(type, [.. parameters.Select(Value)])!);
        int last = -1;
        foreach (KerasArgument argument in entry.Arguments)
        {
            int at = Array.FindIndex(parameters, parameter => IsCalled(argument, parameter.Name!));
            if (at >= 0)
            {
                if (at < last) Misplaced.Add($"{entry.Name}: {argument.Name} stands before another that Keras has before it");
                last = Math.Max(at, last);
                // A list at the end may be left out, where Keras has something for it.
                bool isOpen = argument.Initial is not null && parameters[at].IsDefined(typeof(ParamArrayAttribute));
                object? value = isOpen ? type.GetProperties().First(property => IsCalled(argument, property.Name))
                    .GetValue(Activator.CreateInstance(type, [Array.Empty<int>()])) : parameters[at].DefaultValue;
                Expect(entry, argument, isOpen || parameters[at].HasDefaultValue ? Text(value) : null, value);
            }
            else if (type.GetProperties().FirstOrDefault(property => property.CanWrite && IsCalled(argument, property.Name)) is { } own)
            {
                Expect(entry, argument, Text(own.GetValue(instance.Value)), own.GetValue(instance.Value));
            }
            else if (!(argument.Name is "layer" or "cell" && typeof(WrapperAttribute).IsAssignableFrom(type)))
            {
                // What a wrapper wraps stands after it.
                Missing.Add(argument);
            }
        }

        // What a merge joins, Keras takes where the layer is called.
        foreach (ParameterInfo parameter in parameters.Where(parameter =>
            !(parameter.Name == "nodes" && typeof(MergeAttribute).IsAssignableFrom(type))))
            if (!entry.Arguments.Any(argument => IsCalled(argument, parameter.Name!))) Misplaced.Add(
                $"{entry.Name}: Keras has no {parameter.Name}");
    }

    /// <summary>Arguments that the class does not take.</summary>
    public List<KerasArgument> Missing { get; } = [];

    /// <summary>Arguments in another order, and arguments that Keras does not have.</summary>
    public List<string> Misplaced { get; } = [];

    /// <summary>Defaults that differ.</summary>
    public List<string> OtherDefaults { get; } = [];

    private static bool IsCalled(KerasArgument argument, string name) => argument.Name.Replace("_", "", StringComparison.Ordinal)
        .Equals(name, StringComparison.OrdinalIgnoreCase);

    private void Expect(KerasEntry entry, KerasArgument argument, string? initial, object? value)
    {
        // What has no default there is a property here, where all of them may be left out: the compiler asks for it.
        if (argument.Initial is null && initial == "None") return;
        // A size of 0 is none.
        if (argument.Initial == "None" && value is 0) return;
        // A number may stand for an entry of an enum, as in verbose.
        if (argument.Initial == initial
            || (value is Enum && argument.Initial == Convert.ToInt32(value, CultureInfo.InvariantCulture)
            .ToString(CultureInfo.InvariantCulture))) return;
        if (double.TryParse(argument.Initial, CultureInfo.InvariantCulture, out double wanted)
            && double.TryParse(initial, CultureInfo.InvariantCulture, out double got) && (float)wanted == (float)got) return;
        OtherDefaults.Add($"{entry.Name}: {argument.Name} is {initial ?? "required"}, in Keras {argument.Initial ?? "required"}");
    }

    private static string Text(object? value) => value switch
    {
        null or double.PositiveInfinity or int[] { Length: 0 } => "None",
        int[] { Length: 1 } list => Text(list[0]),
        int[] { Length: > 2 } list when list.Length % 2 == 0 => $"({string.Join(", ", list.Chunk(2).Select(Text))})",
        int[] list => $"({string.Join(", ", list)})",
        bool yes => yes ? "True" : "False",
        string text => $"\"{text}\"",
        Enum entry => $"\"{OurParts.Snake(entry.ToString())}\"",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static object? Value(ParameterInfo parameter) => parameter.HasDefaultValue ? parameter.DefaultValue
        : parameter.ParameterType == typeof(string[]) ? new[] { "A", "B" }
        : parameter.ParameterType == typeof(int[]) ? new[] { 1 }
        : parameter.ParameterType == typeof(double[]) ? new[] { 0.5 }
        : parameter.ParameterType == typeof(int) ? 1
        : parameter.ParameterType == typeof(double) ? 0.5
        : parameter.ParameterType == typeof(IReadOnlyList<double>) ? (parameter.Name == "boundaries" ? [] : new double[] { 0.5 })
        : parameter.ParameterType == typeof(Func<int, double, double>) ? (int _, double rate) => rate
        : parameter.ParameterType == typeof(string) ? "relu"
        : parameter.ParameterType == typeof(string[]) ? Array.Empty<string>()
        : throw new NotSupportedException($"No value for {parameter}.");
}
