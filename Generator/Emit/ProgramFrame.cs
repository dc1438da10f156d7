using CompiledNets.Generator.Declaration;

namespace CompiledNets.Generator.Emit;

/// <summary>
/// What stands around the program of a network: the method of the network's class that makes it, and a file with a namespace of its own.
/// Aliases inside that namespace are found before anything that a
/// user declares, imports globally or names so, whatever the name; kernels can use short names by them.
/// </summary>
internal static class ProgramFrame
{
    /// <summary>The class of the program.</summary>
    public const string Program = "Program";

    /// <summary>The class with the kernels of a single sample.</summary>
    public const string Row = "Row";

    /// <summary>The interface of lanes; C# has no aliases for generic types.</summary>
    public const string Lanes = "global::CompiledNets.Numerics.ILanes";

    // What a reader needs to know first.
    private const string Guide = """
        // Where to begin: Forward and Backward are the passes over samples in training, Gradient sums the gradients of weights, Predict and
        // PredictRow are inference. Each is a list of calls; the kernels that they call stand below them, numbered in the order of the calls.
        //
        // A block is as many samples as a vector has lanes: 16, 8 or 4. A value of n features is n vectors there, one after the other, and lane i
        // of each belongs to sample i. Blocks follow each other in the arena, stride floats apart; TrainingBlock, InferenceBlock, Parameter,
        // SharedValue and RowScratch, at the end, tell where each value lies.
        """;

    // An attribute is written as @MethodImpl, which makes C# look for no MethodImplAttribute besides.
    private static readonly (string Name, string Type)[] Aliases =
    [
        ("BlockLayout", "CompiledNets.Execution.BlockLayout"),
        ("LaneMath", "CompiledNets.Numerics.LaneMath"),
        ("LaneWidth", "CompiledNets.Numerics.LaneWidth"),
        ("Lanes128", "CompiledNets.Numerics.Lanes128"),
        ("Lanes256", "CompiledNets.Numerics.Lanes256"),
        ("Lanes512", "CompiledNets.Numerics.Lanes512"),
        ("MethodImpl", "System.Runtime.CompilerServices.MethodImplAttribute"),
        ("MethodImplOptions", "System.Runtime.CompilerServices.MethodImplOptions"),
        ("NetworkProgram", "CompiledNets.Execution.NetworkProgram"),
        ("ServedSet", "CompiledNets.Execution.ServedSet"),
        ("Step", "CompiledNets.Execution.Step"),
        ("UIntPtr", "System.UIntPtr"),
        ("Unsafe", "System.Runtime.CompilerServices.Unsafe"),
        ("WinogradTiles", "CompiledNets.Numerics.WinogradTiles"),
    ];

    /// <summary>Writes everything before the program.</summary>
    public static void Begin(CodeWriter writer, NetworkDeclaration declaration)
    {
        FileFrame.Header(writer);
        writer.Lines(Guide).Line();
        writer.Line($"namespace {Namespace(declaration)};").Line();
        foreach ((string name, string type) in Aliases) writer.Line($"using {name} = global::{type};");
        writer.Line().Summary("The program for each width of lanes.").Generated();
        writer.Open("internal static class Programs");
        writer.Open("public static NetworkProgram Create(LaneWidth width) => width switch");
        writer.Line($"LaneWidth.Lanes512 => new {Program}<Lanes512, Lanes256>(),");
        writer.Line($"LaneWidth.Lanes256 => new {Program}<Lanes256, Lanes256>(),");
        writer.Line($"_ => new {Program}<Lanes128, Lanes128>(),");
        writer.Close(";").Close().Line();
    }

    /// <summary>Writes the member of the network's class that makes its program.</summary>
    public static void Member(CodeWriter writer, NetworkDeclaration declaration)
    {
        writer.Line().Line("/// <inheritdoc/>").Generated();
        writer.Line("protected override global::CompiledNets.Execution.NetworkProgram " +
            "CreateProgram(global::CompiledNets.Numerics.LaneWidth width) =>");
        writer.Line($"    global::{Namespace(declaration)}.Programs.Create(width);");
    }

    /// <summary>
    /// The namespace. Only a part of the network's name and a hash of all of it tell where it belongs: full names may be as long as file
    /// names and metadata are not.
    /// </summary>
    public static string Namespace(NetworkDeclaration declaration)
    {
        string name = Identifier.Of(declaration.Name.TrimStart('@'));
        return $"CompiledNets.Execution.{name.Substring(0, Math.Min(name.Length, 40))}_{StableHash.Of(declaration.HintName)}";
    }
}
