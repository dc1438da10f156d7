using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Layers;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Emit;

/// <summary>Writes the file with what the user's code sees of a network: constructor, constants, layers with their weights.</summary>
internal static class ApiFile
{
    /// <summary>The API of a network without mistakes.</summary>
    public static string Write(NetworkDeclaration declaration, Network network, ProgramPlan plan)
    {
        var writer = new CodeWriter(CodeWriter.Columns);
        Handles handles = Handles.Of(network, declaration);
        FileFrame.Begin(writer, declaration);
        FileFrame.Table(writer, "A network with these layers:", NetworkTable.Write(network));
        WriteManifest(writer, declaration);
        if (declaration.NeedsClsMark) writer.Line("[global::System.CLSCompliant(false)]");
        writer.Open($"partial class {declaration.Name} : global::CompiledNets.Model");
        writer.Summary($"Makes the network with fresh weights: the same seed gives the same ones.");
        writer.Line("/// <param name=\"seed\">Seed of the weights, of shuffling and of dropout; null for one that is drawn, which Seed " +
            "tells.</param>");
        writer.Generated().Open($"public {declaration.Name}(int? seed = null) : base(Describe(), seed)");
        handles.WriteConstruction(writer, "this");
        writer.Close();
        writer.Line();
        WriteLoad(writer, declaration.Name, "string path", "The file.");
        WriteLoad(writer, declaration.Name, "global::System.IO.Stream stream", "The file, a resource of the program, say.");
        writer.Summary("Numbers of all weights.").Generated().Line($"public const int ParameterCount = {Int(NetworkTable.Total(network))};")
            .Line();
        if (network.IsGraph) WriteNodes(writer, declaration, network);
        else WriteShapes(writer, network);
        handles.WriteProperties(writer, network, areMarked: true);
        if (network.IsGraph) PortsApi.Write(writer, network);
        WriteDescription(writer, declaration, network, plan);
        ProgramFrame.Member(writer, declaration);
        handles.WriteClasses(writer, network);
        writer.Close();
        FileFrame.End(writer, declaration);
        return writer.ToString();
    }

    /// <summary>
    /// The API of a network with mistakes: what other code needs so that it shows no errors of its own, in C# 6, so that an old language is
    /// one error too. Null where the class cannot be added to.
    /// </summary>
    public static string? WriteIncomplete(NetworkDeclaration declaration)
    {
        string[] fatal = ["CN0001", "CN0002", "CN0003", "CN0004", "CN0005"];
        if (declaration.Findings.Any(finding => fatal.Contains(finding.Id))) return null;
        var writer = new CodeWriter(CodeWriter.Columns);
        FileFrame.Header(writer, isNullable: declaration.Findings.All(finding => finding.Id != "CN0022"));
        // Constructors of the user that call none of ours need a base class that has one without parameters.
        bool needsBase = !declaration.HasBase && declaration.Findings.Any(finding => finding.Id == "CN0025");
        string space = ProgramFrame.Namespace(declaration);
        // What should be a node and is a plain property gets no value.
        if (declaration.IsGraph) writer.Line("#pragma warning disable CS8618");
        FileFrame.OpenBlocks(writer, declaration);
        writer.Open($"partial class {declaration.Name} : global::{(needsBase ? space + ".Incomplete" : "CompiledNets.Model")}");
        if (!declaration.HasSeedConstructor)
            IncompleteConstructor(writer, declaration, $"public {declaration.Name}(int? seed = null)", needsBase ? "seed" : null);
        if (declaration.IsGraph && declaration.Findings.All(finding => finding.Id is not ("CN0031" or "CN0022")))
            WriteNodes(writer, declaration, null);
        writer.Close();
        FileFrame.CloseBlocks(writer, declaration);
        if (!needsBase) return writer.ToString();
        writer.Line().Open($"namespace {space}");
        writer.Summary("Stands in for a network with mistakes.").Open("public abstract class Incomplete : global::CompiledNets.Model");
        IncompleteConstructor(writer, declaration, "protected Incomplete(int? seed = null)", null);
        writer.Close().Close();
        return writer.ToString();
    }

    private static void WriteLoad(CodeWriter writer, string name, string file, string what)
    {
        writer.Summary("Makes the network of a file: weights, and what it was compiled with where the file says so.");
        writer.Line($"/// <param name=\"{Argument(file)}\">{what}</param>");
        writer.Line("/// <param name=\"seed\">Seed of shuffling and of dropout; null for one that is drawn. That of the file goes " +
            "before.</param>");
        writer.Line("/// <exception cref=\"global::System.IO.InvalidDataException\">It is damaged, or holds another network; the " +
            "message says what differs.</exception>");
        writer.Generated().Open($"public static {name} Load({file}, int? seed = null)");
        writer.Line($"{name} model = new {name}(seed);");
        writer.Line($"model.ReadFile({Argument(file)});");
        writer.Line("return model;");
        writer.Close();
        writer.Line();

        static string Argument(string declared) => declared.Substring(declared.LastIndexOf(' ') + 1);
    }

    private static void WriteShapes(CodeWriter writer, Network network)
    {
        const string span = "public static global::System.ReadOnlySpan<int>";
        writer.Summary("Shape of a sample, without the batch.").Generated().Line($"{span} InputShape => {Shape(network.Inputs[0].Shape)};")
            .Line();
        writer.Summary("Shape of an output, without the batch.").Generated()
            .Line($"{span} OutputShape => {Shape(network.Outputs[0].Shape)};");
    }

    // The user's part of a node may have a comment; one here would take its place.
    private static void WriteNodes(CodeWriter writer, NetworkDeclaration declaration, Network? network)
    {
        for (int i = 0; i < declaration.Nodes.Count; i++)
        {
            NodeDeclaration node = declaration.Nodes[i];
            if (node.Header is null) continue;
            if (i > 0) writer.Line();
            if (!node.HasComment) writer.Summary($"Node {node.Name}{(network is null ? "" : $", {network.Nodes[i].Shape}")}.");
            writer.Generated()
                .Line(node.Accessors is null ? $"{node.Header} => base.Nodes[{Int(i)}];" : $"{node.Header} {{ {node.Accessors} }}");
        }
    }

    private static void IncompleteConstructor(CodeWriter writer, NetworkDeclaration declaration, string signature, string? arguments)
    {
        const string execution = "global::CompiledNets.Execution.";
        writer.Summary("The network has mistakes that the compiler reports; it cannot be run.");
        writer.Line("/// <param name=\"seed\">Seed of the weights, of shuffling and of dropout; null for one that is drawn, which Seed " +
            "tells.</param>");
        writer.Generated().Line(signature);
        if (arguments is not null) writer.Line($"    : base({arguments})");
        else
        {
            writer.Line($"    : base({execution}NetworkDescription.Incomplete({String(declaration.Name.TrimStart('@'))}), seed)");
        }

        writer.Line("{").Line("}");
    }

    private static void WriteDescription(CodeWriter writer, NetworkDeclaration declaration, Network network, ProgramPlan plan)
    {
        ParameterLayout parameters = network.Parameters;
        // Whoever named a member that is obsolete or experimental was told so there.
        string[] warnings = [.. declaration.AllPartMembers.SelectMany(member => member.Warnings).Distinct()];
        writer.Line();
        if (warnings.Length > 0) writer.Line($"#pragma warning disable {string.Join(", ", warnings)}");
        writer.Generated().Line("private static global::CompiledNets.Execution.NetworkDescription Describe() => new()").Line("{");
        writer.Line($"    Name = {String(network.Name)},");
        writer.Line($"    Inputs = [{string.Join(", ", network.Inputs.Select(port => $"new({String(port.Name)}, {Shape(port.Shape)}){Limit(port)}"))}],");
        IEnumerable<string> outputs = network.Outputs.Select((port, i) =>
            $"new({String(port.Name)}, {Shape(port.Shape)}){Facts(port, plan.Training.Forward.Heads[i])}");
        writer.Line($"    Outputs = [{string.Join(", ", outputs)}],");
        if (network.IsGraph)
        {
            writer.Line("    Nodes =").Line("    [");
            foreach (Port node in network.Nodes) writer.Line($"        new({String(node.Name)}, {Shape(node.Shape)}),");
            writer.Line("    ],");
        }

        writer.Line($"    ParameterSize = {Int(parameters.Size)},");
        writer.Line("    Layers =").Line("    [");
        for (int i = 0; i < network.Layers.Count; i++)
        {
            Layer layer = network.Layers[i];
            string facts = string.Join(", ", new[]
            {
                layer.ShownActivation is { } shown ? $"Activation = {String(shown)}" : "",
                layer.Options == LayerOptions.None ? "" : $"Options = {String(layer.Options)}",
            }.Where(fact => fact.Length > 0));
            string more = facts.Length == 0 ? "" : $" {{ {facts} }}";
            writer.Line($"        new({String(layer.Name)}, {String(layer.Type)}, {Shape(network.CallOf(i).Outputs[0])}, " +
                $"{Int(parameters.CountOf(i))}{(layer.Trainable ? "" : ", false")}){more},");
        }

        writer.Line("    ],");
        writer.Line("    Weights =").Line("    [");
        foreach (PlacedWeight placed in parameters.Weights)
        {
            Weight weight = placed.Weight;
            bool custom = weight.HasOwnInitializer;
            string tail = (weight.Trainable ? "" : ", Trainable: false") + (custom ? $", Custom: {weight.Initializer}" : "");
            writer.Line($"        new({Int(placed.Layer)}, {String(weight.Name)}, {Shape(weight.Shape)}, {Int(placed.Offset)}, " +
                $"{String(custom ? "" : weight.Initializer)}{tail}){Rules(network.Layers[placed.Layer].RulesOf(weight), weight)},");
        }

        writer.Line("    ],");
        writer.Line("    Groups =").Line("    [");
        foreach (PlacedGroup group in parameters.Groups)
        {
            Value first = parameters.Weights[group.FirstWeight].Value;
            string squares = plan.TableGradient(first) is null ? "" : " { SumsSquares = true }";
            string sizes = string.Join(", ", new[] { group.Layer, group.Offset, group.Rows, group.Columns, group.RowStep }.Select(Int));
            writer.Line($"        new({sizes}){squares},");
        }

        writer.Line("    ],");
        if (plan.Inference.States.Count > 0)
        {
            writer.Line("    States =").Line("    [");
            foreach (GraphState state in plan.Inference.States)
                writer.Line($"        new({Int(state.Layer)}, {String(state.Name)}, {Shape(state.Before.Shape)}),");
            writer.Line("    ],");
        }

        if (network.Networks.Count > 0)
        {
            writer.Line("    Networks =").Line("    [");
            foreach (NestedNetwork nested in network.Networks)
            {
                writer.Line($"        new({String(nested.Name)}, {String(nested.Type)}, {Int(nested.First)}, {Int(nested.Count)})");
                writer.Line("        {").Line("            Graph = new()");
                GraphText.Write(writer, network, nested.Graph!, "            ");
                writer.Line("        },");
            }

            writer.Line("    ],");
        }

        // A plain chain is what its layers say.
        if (!network.Graph.IsPlainChain)
        {
            writer.Line("    Graph = new()");
            GraphText.Write(writer, network, network.Graph, "    ");
        }

        writer.Line("};");
        if (warnings.Length > 0) writer.Line($"#pragma warning restore {string.Join(", ", warnings)}");

        static string Rules(WeightRules? rules, Weight weight)
        {
            string? fans = weight.Fans is var (inputs, outputs) ? $"[{Int(inputs)}, {Int(outputs)}]" : null;
            string[] given = [.. new[] { ("Fans", fans), ("Regularizer", rules?.Regularizer), ("Constraint", rules?.Constraint) }
                .Where(rule => rule.Item2 is not null).Select(rule => $"{rule.Item1} = {rule.Item2}")];
            return given.Length == 0 ? "" : $" {{ {string.Join(", ", given)} }}";
        }

        static string Limit(Port port) =>
            port.Limit is { } limit ? $" {{ Limit = {Int(limit)}, LimitedBy = {String(port.LimitedBy)} }}" : "";

        string Facts(OutputPort output, Head head)
        {
            var facts = new List<string>();
            if (head.Activation != HeadActivation.Other)
                facts.Add($"Activation = global::CompiledNets.Execution.OutputActivation.{head.Activation}");
            IReadOnlyList<int> layers = network.LayersBefore(output);
            if (network.Outputs.Count > 1 && layers.Count < network.Layers.Count) facts.Add($"Layers = [{Runs(layers)}]");
            return facts.Count == 0 ? "" : $" {{ {string.Join(", ", facts)} }}";
        }

        // The first and the last number of each run.
        static string Runs(IReadOnlyList<int> numbers)
        {
            var ends = new List<int>();
            foreach (int number in numbers)
            {
                if (ends.Count > 0 && ends[ends.Count - 1] == number - 1) ends[ends.Count - 1] = number;
                else ends.AddRange([number, number]);
            }

            return string.Join(", ", ends.Select(Int));
        }
    }

    // What networks of other assemblies nest it by.
    private static void WriteManifest(CodeWriter writer, NetworkDeclaration declaration) =>
        writer.Line("[global::CompiledNets.Execution.NetworkManifestAttribute(\"\"\"")
            .Raw(NetworkManifest.Write([declaration.Body, .. declaration.Networks])).Line("\"\"\")]");

    /// <summary>A shape as C# writes it.</summary>
    public static string Shape(Shape shape) => "[" + string.Join(", ", shape.Axes.Select(Int)) + "]";
}
