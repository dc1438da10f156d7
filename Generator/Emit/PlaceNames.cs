using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Emit;

/// <summary>How places in arenas are called in generated code: constants, each named once.</summary>
internal sealed class PlaceNames
{
    private readonly ProgramPlan plan;
    private readonly Dictionary<Value, string> training;
    private readonly Dictionary<Value, string> inference;
    private readonly Dictionary<Value, string> shared;
    private readonly Dictionary<Value, string> parameters;
    private readonly Dictionary<Value, int> numbers;

    public PlaceNames(ProgramPlan plan)
    {
        this.plan = plan;
        training = Identifier.Unique(plan.TrainingBlock.Places);
        inference = Identifier.Unique(plan.InferenceBlock.Places);
        shared = Identifier.Unique(plan.Shared.OrderBy(pair => pair.Value).Select(pair => pair.Key));
        parameters = Identifier.Unique(plan.Parameters.Weights.Select(weight => weight.Value));
        numbers = plan.Parameters.Weights.Select((weight, i) => (weight.Value, i)).ToDictionary(pair => pair.Value, pair => pair.i);
    }

    /// <summary>The place of a value in a block; -1 for none.</summary>
    public string InBlock(BlockPlan block, Value? value)
    {
        if (value is null) return "-1";
        (Value room, int start) = block.Storage(value);
        string name = block == plan.TrainingBlock ? $"TrainingBlock.{training[room]}" : $"InferenceBlock.{inference[room]}";
        return start == 0 ? name : $"{name} + {Int(start)}";
    }

    /// <summary>The place of a value that all samples share.</summary>
    public string Shared(Value value) => $"SharedValue.{shared[value]}";

    /// <summary>The place of a weight.</summary>
    public string Parameter(Value value) => $"Parameter.{parameters[value]}";

    /// <summary>The number of a weight in the network's description.</summary>
    public int WeightNumber(Value value) => numbers[value];

    /// <summary>The place of a transformed kernel among the panels.</summary>
    public string Transformed(Value kernel, bool isTurned) => $"Transformed.{TransformedName(kernel, isTurned)}";

    /// <summary>Writes the classes of constants.</summary>
    public void Write(CodeWriter writer)
    {
        Constants(writer, "TrainingBlock", "Where values lie in a block of the training arena, in features.", (int)plan.TrainingBlock.Size,
            plan.TrainingBlock.Places.Select(value => (training[value], plan.TrainingBlock.Offset(value))));
        Constants(writer, "InferenceBlock", "Where values lie in a block of the inference arena, in features.",
            (int)plan.InferenceBlock.Size,
            plan.InferenceBlock.Places.Select(value => (inference[value], plan.InferenceBlock.Offset(value))));
        Constants(writer, "Parameter", "Where weights lie in the parameter arena, in floats.", null,
            plan.Parameters.Weights.Select(weight => (parameters[weight.Value], weight.Offset)));
        if (plan.Transformed.Count > 0)
            Constants(writer, "Transformed", "Where transformed kernels lie in the arena of panels, in floats.", null,
                plan.Transformed.Select(pair => (TransformedName(pair.Key.Kernel, pair.Key.IsTurned), pair.Value)));
        if (plan.SharedSize > 0)
            Constants(writer, "SharedValue", "Where values that a batch shares lie in their arena, in floats.", null,
                plan.Shared.OrderBy(pair => pair.Value).Select(pair => (shared[pair.Key], pair.Value)));
    }

    // No weight has a name that ends so: two underscores are made of none.
    private string TransformedName(Value kernel, bool isTurned) => parameters[kernel] + (isTurned ? "__turned" : "");

    /// <summary>Writes a class of offsets.</summary>
    public static void Constants(CodeWriter writer, string name, string summary, int? size,
        IEnumerable<(string Name, int Offset)> constants)
    {
        string[] values = [.. size is { } total ? new[] { $"Size = {Int(total)}" } : [],
            .. constants.Select(constant => $"{constant.Name} = {Int(constant.Offset)}")];
        if (values.Length == 0) return;
        writer.Line().Summary(summary).Open($"private static class {name}").Line("public const int");
        for (int i = 0; i < values.Length; i++) writer.Line($"    {values[i]}{(i == values.Length - 1 ? ";" : ",")}");
        writer.Close();
    }
}
