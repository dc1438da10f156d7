using System.Reflection;
using CompiledNets.Data;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Keras.Tests.Parity;

/// <summary>What there is, by reflection: for each kind of <c>keras.txt</c> the names and the classes behind them.</summary>
internal static class OurParts
{
    /// <summary>What is a layer in Keras and works on data here, before a network sees it.</summary>
    public static readonly Type[] OfData =
    [
        typeof(CategoryEncoding), typeof(Discretization), typeof(StringLookup), typeof(IntegerLookup), typeof(TextVectorization),
        typeof(Hashing), typeof(HashedCrossing),
    ];

    /// <summary>The classes of a kind, by Keras's name.</summary>
    public static IReadOnlyDictionary<string, Type> Of(string kind) => kind switch
    {
        "layer" => Derived<LayerAttribute>().ToDictionary(type => type.Name[..^nameof(Attribute).Length])
            .Concat(OfData.ToDictionary(type => type.Name)).ToDictionary(),
        "initializer" => Derived<Initializer>().ToDictionary(type => type.Name),
        "regularizer" => Derived<Regularizer>().ToDictionary(type => type.Name),
        "constraint" => Derived<Constraint>().ToDictionary(type => type.Name),
        "loss" => Derived<Loss>().ToDictionary(type => type.Name),
        // A loss serves as a metric, which Keras may call otherwise, or have as a function alone.
        "metric" => Derived<Metric>().Concat(Derived<Loss>()).Where(type => type != typeof(Huber)).ToDictionary(
            type => type == typeof(LogCosh) ? "LogCoshError" : type.Name),
        "optimizer" => Derived<Optimizer>().ToDictionary(type => type.Name),
        "schedule" => Derived<LearningRateSchedule>().ToDictionary(type => type.Name),
        "callback" => Derived<Callback>().ToDictionary(type => type.Name),
        _ => throw new ArgumentException(kind),
    };

    /// <summary>The constants of a class of names, by field.</summary>
    public static IReadOnlyDictionary<string, string> Constants(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.IsLiteral).ToDictionary(field => field.Name, field => (string)field.GetRawConstantValue()!);

    /// <summary>The activations that the compiler has formulas for.</summary>
    public static IEnumerable<string> Formulas => Activations.Names.Concat(Enum.GetNames<RowwiseKind>().Select(Snake));

    /// <summary>A list of the names that runtime and compiler share, as the assembly of a type has it.</summary>
    public static string[] Shared(Type of, string list) =>
        (string[])of.Assembly.GetType("CompiledNets.Naming." + list)!.GetField("Names")!.GetValue(null)!;

    /// <summary>Keras's snake case.</summary>
    public static string Snake(string name) => (string)typeof(Model)
        .Assembly.GetType("CompiledNets.Naming.SnakeCase")!.GetMethod("Of")!.Invoke(null, [name])!;

    private static IEnumerable<Type> Derived<T>() => typeof(T).Assembly.GetExportedTypes()
        .Where(type => !type.IsAbstract && typeof(T).IsAssignableFrom(type));
}
