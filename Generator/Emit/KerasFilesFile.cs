namespace CompiledNets.Generator.Emit;

/// <summary>Writes the file that makes a program know the files of Keras, where it references their package.</summary>
internal static class KerasFilesFile
{
    /// <summary>The class that knows them.</summary>
    public const string TypeName = "CompiledNets.Keras.Files.KerasFiles";

    /// <summary>The file of an assembly, whose name keeps it apart from that of assemblies which show it their internals.</summary>
    public static string Write(string assembly)
    {
        string name = "KerasFiles_" + StableHash.Of(assembly);
        var writer = new CodeWriter(CodeWriter.Columns);
        FileFrame.Header(writer, isNullable: false);
        writer.Open("namespace CompiledNets.Generated");
        writer.Summary("Lets networks be read from and written to the files of Keras.").Generated().Open($"internal static class {name}");
        writer.Summary("Makes the files known, when the program starts.");
        writer.Line("[global::System.Runtime.CompilerServices.ModuleInitializer]");
        writer.Line($"internal static void Register() => global::{TypeName}.Register();");
        writer.Close().Close();
        return writer.ToString();
    }
}
