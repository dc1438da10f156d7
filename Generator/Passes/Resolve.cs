using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Layers;
using CompiledNets.Naming;

namespace CompiledNets.Generator.Passes;

/// <summary>Attributes to layers: options typed and checked, defaults and names filled in.</summary>
internal static class Resolve
{
    /// <summary>Members of <c>Model</c> and of generated classes, which no layer's property may hide.</summary>
    public static readonly IReadOnlyCollection<string> Reserved = new HashSet<string>(StringComparer.Ordinal)
    {
        "InputShape", "OutputShape", "ParameterCount", "CreateProgram", "Describe", "Model", "Compile", "Fit", "Evaluate", "Predict", "Forward", "Backward", "ApplyGradients",
        "TrainOnBatch", "TestOnBatch", "Weights", "Layers", "Optimizer", "StopTraining", "Threads", "DefaultThreads", "Name", "Seed", "PredictClasses", "CopyWeightsFrom",
        "Penalty",
        "Nodes", "PredictSingle", "Trainable", "SetTrainable", "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "Finalize", "ReferenceEquals",
    };

    // Names of members are cut off at 1,023 bytes in metadata, and generated ones are longer than the layer's.
    private const int LongestName = 200;

    /// <summary>The attributes that say how values go from one layer to the next.</summary>
    private static readonly HashSet<string> Wiring = new(StringComparer.Ordinal) { "Input", "From", "Output", "Shared" };

    /// <summary>By attribute, its layer; null for those that are none.</summary>
    public static IReadOnlyList<Layer?> Run(NetworkDeclaration declaration, FindingList findings)
    {
        foreach (string hidden in declaration.NamesInAttributes.Where(Reserved.Contains))
            findings.Add(DiagnosticDescriptors.HidesName.Id, -1, hidden, hidden, $"that member of '{declaration.Name}'", "Write it with what it belongs to.");
        var layers = new List<Layer?>();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var properties = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < declaration.Layers.Count; i++)
        {
            LayerDeclaration attribute = declaration.Layers[i];
            layers.Add(null);
            if (Wiring.Contains(attribute.Attribute)) continue;
            if (LayerTable.Find(attribute.Attribute) is not { } make)
            {
                findings.Add(DiagnosticDescriptors.UnknownLayer.Id, i, null, attribute.Attribute);
                continue;
            }

            string? given = attribute.Arguments.FirstOrDefault(argument => argument.Name == "Name")?.Value as string;
            string name = given ?? Automatic(SnakeCase.Of(attribute.Attribute), counts);
            CheckName(declaration, i, name, given is null ? null : "Name", names, properties, findings);
            var arguments = new Arguments(attribute, i, name, declaration.PartMembers, findings);
            Layer layer = make(arguments);
            ActivityPenalty? activity = ActivityPenalty.Sum(layer.Activity, arguments.Activity());
            layers[i] = layer with { Rules = arguments.WeightRules(), Activity = activity };
        }

        return layers;
    }

    // Keras counts the layers of a class: dense, dense_1, dense_2.
    private static string Automatic(string type, Dictionary<string, int> counts)
    {
        counts.TryGetValue(type, out int count);
        counts[type] = count + 1;
        return count == 0 ? type : type + "_" + CodeWriter.Int(count);
    }

    private static void CheckName(
        NetworkDeclaration declaration, int index, string name, string? argument, HashSet<string> names, HashSet<string> properties, FindingList findings)
    {
        string? wrong = name.Trim().Length == 0 ? "it is empty."
            : name.Contains('/') ? "it contains '/'."
            : !name.Any(char.IsLetter) ? "it has no letter."
            : name.Length > LongestName ? $"it has more than {CodeWriter.Int(LongestName)} characters." : null;
        if (wrong is not null)
        {
            findings.Add(DiagnosticDescriptors.BadLayerName.Id, index, argument, name, wrong);
            return;
        }

        string property = Identifier.Property(name, declaration);
        if (!names.Add(name)) findings.Add(DiagnosticDescriptors.DuplicateLayerName.Id, index, argument, name, declaration.Name);
        else if (!properties.Add(property) || Reserved.Contains(property) || declaration.MemberNames.Contains(property))
            findings.Add(DiagnosticDescriptors.NameCollision.Id, index, argument, name, property, declaration.Name);
        else if (declaration.NamesInAttributes.Contains(property))
            findings.Add(
                DiagnosticDescriptors.HidesName.Id, -1, property, property, $"the property of layer '{name}'",
                "Give the layer another Name, or write this with its namespace.");
    }
}
