using CompiledNets.Generator.Declaration;

namespace CompiledNets.Generator.Emit;

/// <summary>
/// What stands around the program of a network: the method of the network's class that makes it, and a namespace of the program's own. Aliases inside that namespace are found before anything that a
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
        ("Step", "CompiledNets.Execution.Step"),
        ("UIntPtr", "System.UIntPtr"),
        ("Unsafe", "System.Runtime.CompilerServices.Unsafe"),
    ];

    /// <summary>Writes everything before the program.</summary>
    public static void Begin(CodeWriter writer, NetworkDeclaration declaration)
    {
        string space = Namespace(declaration);
        FileFrame.Header(writer);
        if (declaration.Namespace.Length > 0) writer.Open($"namespace {declaration.Namespace}");
        foreach (string type in declaration.ContainingTypes) writer.Open(type);
        writer.Open($"partial class {declaration.Name}");
        writer.Line("/// <inheritdoc/>");
        writer.Line("protected override global::CompiledNets.Execution.NetworkProgram CreateProgram(global::CompiledNets.Numerics.LaneWidth width) =>");
        writer.Line($"    global::{space}.Programs.Create(width);");
        writer.Close();
        for (int i = 0; i < declaration.ContainingTypes.Count; i++) writer.Close();
        if (declaration.Namespace.Length > 0) writer.Close();
        writer.Line().Open($"namespace {space}");
        foreach ((string name, string type) in Aliases) writer.Line($"using {name} = global::{type};");
        writer.Line().Summary("The program for each width of lanes.");
        writer.Open("file static class Programs");
        writer.Open("public static NetworkProgram Create(LaneWidth width) => width switch");
        writer.Line($"LaneWidth.Lanes512 => new {Program}<Lanes512, Lanes256>(),");
        writer.Line($"LaneWidth.Lanes256 => new {Program}<Lanes256, Lanes256>(),");
        writer.Line($"_ => new {Program}<Lanes128, Lanes128>(),");
        writer.Close(";").Close().Line();
    }

    /// <summary>Closes the namespace.</summary>
    public static void End(CodeWriter writer) => writer.Close();

    // Within a namespace of ours, where only a part of the network's name and its hash tell where it belongs: full names may be as long as file names and metadata are not.
    private static string Namespace(NetworkDeclaration declaration)
    {
        string name = Identifier.Of(declaration.Name.TrimStart('@'));
        return $"CompiledNets.Execution.{name.Substring(0, Math.Min(name.Length, 40))}_{StableHash.Of(declaration.HintName)}";
    }
}
