using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Kernels;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Emit;

/// <summary>Writes the file with the program of a network: the phases, and below them the kernels that they call.</summary>
internal sealed class ProgramFile
{
    private readonly ProgramPlan plan;
    private readonly CodeWriter phases = new();
    private readonly CodeWriter kernels = new();
    private readonly CodeWriter leaves = new();
    private readonly Dictionary<string, string> printed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> printedLeaves = new(StringComparer.Ordinal);

    private ProgramFile(ProgramPlan plan) => this.plan = plan;

    /// <summary>The whole file.</summary>
    public static string Write(NetworkDeclaration declaration, ProgramPlan plan)
    {
        var file = new ProgramFile(plan);
        var writer = new CodeWriter();
        FileFrame.Begin(writer, declaration, "System.Runtime.CompilerServices", "CompiledNets.Execution", "CompiledNets.Numerics");
        string program = declaration.Name + "Program";
        writer.Open($"partial class {declaration.Name}");
        writer.Line("/// <inheritdoc/>");
        writer.Open("protected override NetworkProgram CreateProgram(LaneWidth width) => width switch");
        writer.Line($"LaneWidth.Lanes512 => new {program}<Lanes512>(),");
        writer.Line($"LaneWidth.Lanes256 => new {program}<Lanes256>(),");
        writer.Line($"_ => new {program}<Lanes128>(),");
        writer.Close(";");
        writer.Close();
        FileFrame.End(writer, declaration);
        writer.Line();
        writer.Summary($"{declaration.Name} as a program over lanes; a lane holds one sample.");
        writer.Open($"file sealed class {program}<T> : NetworkProgram where T : struct, ILanes<T>");
        writer.Line("// Compiled at once and for good: a whole training may be over before the JIT would take a second look.");
        writer.Line("private const MethodImplOptions Optimized = MethodImplOptions.AggressiveOptimization;").Line();
        file.Facts();
        file.Phases();
        writer.Lines(file.phases.ToString());
        writer.Lines(file.kernels.ToString());
        writer.Lines(file.leaves.ToString());
        file.Layouts(writer);
        writer.Close();
        return writer.ToString();
    }

    private void Facts()
    {
        BlockPlan t = plan.TrainingBlock, i = plan.InferenceBlock;
        TrainingGraph training = plan.Training;
        phases.Line("/// <inheritdoc/>").Line("public override int Lanes => T.Count;").Line();
        phases.Line("/// <inheritdoc/>").Line($"public override int Work => {Int(Work())};").Line();
        phases.Line("/// <inheritdoc/>");
        phases.Line($"public override BlockLayout Training => new(TrainingBlock.Size, {Name(t, training.Forward.Input)}, {Name(t, training.Forward.Output)}, {Name(t, training.Forward.Logits)}, {Name(t, training.OutputGradient)}, {Name(t, training.LogitsGradient)}, {Name(t, training.InputGradient)});").Line();
        phases.Line("/// <inheritdoc/>");
        phases.Line($"public override BlockLayout Inference => new(InferenceBlock.Size, {Name(i, plan.Inference.Input)}, {Name(i, plan.Inference.Output)}, {Name(i, plan.Inference.Logits)});").Line();
        if (plan.SharedSize > 0) phases.Line("/// <inheritdoc/>").Line($"public override int SharedSize => {Int(plan.SharedSize)};").Line();
        phases.Line("/// <inheritdoc/>").Line("public override int RowScratchSize => RowScratch.Size;").Line();
        phases.Line("/// <inheritdoc/>").Line($"public override int RowOutput => RowScratch.{RowNames()[RowStorage(plan.Inference.Output)].Name};").Line();
        if (plan.Forward.Blocks.Count > 1) phases.Line("/// <inheritdoc/>").Line($"public override int ForwardPhases => {Int(plan.Forward.Blocks.Count)};").Line();
        if (plan.Backward.Blocks.Count > 1) phases.Line("/// <inheritdoc/>").Line($"public override int BackwardPhases => {Int(plan.Backward.Blocks.Count)};").Line();
    }

    private int Work()
    {
        long work = plan.Inference.Ops.Sum(op => op is Contraction c ? (long)c.X.Shape.Size * c.Output.Shape.Last : op.Output.Shape.Size);
        return (int)Math.Min(work, int.MaxValue);
    }

    private void Phases()
    {
        Direction("Forward", plan.Forward, backward: false);
        Direction("Backward", plan.Backward, backward: true);
        Gradient();
        Predict();
        PredictRow();
    }

    private void Direction(string name, Schedule schedule, bool backward)
    {
        Method($"public override void {name}(int phase, global::CompiledNets.Execution.Step step, int first, int last)", schedule.Blocks, op =>
            KernelTable.Blocks(op, backward) is { } kernel ? Condition(op) + Call(kernel, op, plan.TrainingBlock, BlockArguments(op)) : null, "TrainingBlock");
        if (schedule.After.All(ops => ops.Count == 0)) return;
        Method($"public override void After{name}(int phase, global::CompiledNets.Execution.Step step)", schedule.After, op => Condition(op) + Call(KernelTable.After(op), op, plan.TrainingBlock, AfterArguments(op)), "TrainingBlock");
    }

    private void Method(string signature, List<List<Op>> byPhase, Func<Op, string?> call, string block)
    {
        phases.Line("/// <inheritdoc/>").Line("[MethodImpl(Optimized)]").Open(signature);
        phases.Open("unchecked");
        string[][] calls = [.. byPhase.Select(ops => ops.Select(call).OfType<string>().ToArray())];
        string all = string.Join("\n", calls.SelectMany(c => c));
        Arenas(all, "step.Blocks.Start", "step.Parameters.Start", block);
        for (int p = 0; p < calls.Length; p++)
        {
            if (calls.Length > 1) phases.Open($"if (phase == {Int(p)})");
            foreach (string line in calls[p]) phases.Line(line);
            if (calls.Length > 1) phases.Close();
        }

        phases.Close().Close().Line();
    }

    private void Arenas(string calls, string blocks, string parameters, string block)
    {
        if (calls.Contains("ref blocks")) phases.Line($"ref float blocks = ref {blocks};");
        if (calls.Contains("ref parameters")) phases.Line($"ref float parameters = ref {parameters};");
        if (calls.Contains("ref shared")) phases.Line("ref float shared = ref step.Shared.Start;");
        if (calls.Contains("stride")) phases.Line($"int stride = {block}.Size * T.Count;");
    }

    private void Gradient()
    {
        phases.Line("/// <inheritdoc/>").Line("[MethodImpl(Optimized)]");
        phases.Open("public override void Gradient(int group, global::CompiledNets.Execution.Step step, int firstRow, int lastRow, ref float target)").Open("unchecked");
        var cases = new List<string>();
        foreach (PlacedGroup group in plan.Parameters.Groups)
        {
            Value weight = plan.Parameters.Weights[group.FirstWeight].Value;
            Value gradient = plan.Training.WeightGradients[weight];
            cases.Add(plan.Backward.WeightGradients.Find(op => op.Output == gradient) is { } op
                ? Call(WeightGradientKernel.Make(op), op, plan.TrainingBlock, "stride, step.BlockCount, firstRow, lastRow, ref target")
                : $"Unsafe.CopyBlockUnaligned(ref Unsafe.As<float, byte>(ref target), ref Unsafe.As<float, byte>(ref Unsafe.Add(ref shared, SharedValue.{SharedNames()[gradient]})), {Int(group.Columns * 4)});");
        }

        Arenas(string.Join("\n", cases), "step.Blocks.Start", "step.Parameters.Start", "TrainingBlock");
        for (int g = 0; g < cases.Count; g++)
        {
            phases.Line(cases.Count == 1 ? cases[g] : $"if (group == {Int(g)}) {cases[g]}");
        }

        phases.Close().Close().Line();
    }

    private void Predict()
    {
        phases.Line("/// <inheritdoc/>").Line("[MethodImpl(Optimized)]");
        phases.Open("public override void Predict(ref float blocks, ref float parameters, int first, int last)").Open("unchecked");
        phases.Line("int stride = InferenceBlock.Size * T.Count;");
        foreach (Op op in plan.Inference.Ops)
            if (KernelTable.Blocks(op, false) is { } kernel) phases.Line(Call(kernel, op, plan.InferenceBlock, BlockArguments(op)));
        phases.Close().Close().Line();
    }

    private void PredictRow()
    {
        Dictionary<Value, Named> names = RowNames();
        List<List<Op>> byPhase = RowPhases();
        int[] shared = [.. Enumerable.Range(0, byPhase.Count).Where(p => RowKernel.IsShared(byPhase[p][0]))];
        if (byPhase.Count > 1) phases.Line("/// <inheritdoc/>").Line($"public override int RowPhases => {Int(byPhase.Count)};").Line();
        if (shared.Length > 0) phases.Line("/// <inheritdoc/>").Line($"public override bool IsRowPhaseShared(int phase) => phase is {string.Join(" or ", shared.Select(Int))};").Line();
        phases.Line("/// <inheritdoc/>").Line("[MethodImpl(Optimized)]");
        phases.Open("public override void PredictRow(int phase, int part, int parts, ref float parameters, ref float scratch)");
        for (int p = 0; p < byPhase.Count; p++)
        {
            bool isShared = shared.Contains(p);
            string condition = string.Join(" && ", new[] { byPhase.Count > 1 ? $"phase == {Int(p)}" : "", isShared || shared.Length == 0 ? "" : "part == 0" }.Where(text => text.Length > 0));
            if (condition.Length > 0) phases.Open($"if ({condition})");
            foreach (Op op in byPhase[p])
            {
                if (KernelTable.Row(op) is not { } kernel) continue;
                phases.Line(Call(kernel, op, operand => operand.Value.Space == Space.Sample
                    ? $"ref Skip(ref scratch, RowScratch.{names[RowStorage(operand.Value)].Name})"
                    : Weight(operand.Value), isShared ? "part, parts" : ""));
            }

            if (condition.Length > 0) phases.Close();
        }

        phases.Close().Line();
    }

    // Each op that threads share is a phase of its own; those between two of them form one.
    private List<List<Op>> RowPhases()
    {
        var byPhase = new List<List<Op>>();
        foreach (Op op in plan.Inference.Ops)
        {
            if (byPhase.Count == 0 || RowKernel.IsShared(op) || RowKernel.IsShared(byPhase[byPhase.Count - 1][0])) byPhase.Add([]);
            byPhase[byPhase.Count - 1].Add(op);
        }

        return byPhase;
    }

    private string Condition(Op op)
    {
        if (plan.Training.BehindLogits.Contains(op) && plan.InputGradientOnly.Contains(op)) return "if (!step.FromLogits && step.WantsInputGradient) ";
        if (plan.Training.BehindLogits.Contains(op)) return "if (!step.FromLogits) ";
        return plan.InputGradientOnly.Contains(op) ? "if (step.WantsInputGradient) " : "";
    }

    private static string BlockArguments(Op op) => op is DropoutMask dropout
        ? $"stride, first, last, step.IsTraining, {Int(dropout.LayerIndex)}u, step.Number, step.Seed"
        : "stride, first, last";

    private static string AfterArguments(Op op) => op is BatchMoments moments
        ? $"stride, step.BlockCount, step.Samples, !step.IsTraining || step.Frozen[{Int(moments.LayerIndex)}]"
        : "stride, step.BlockCount";

    private string Call(Kernel kernel, Op op, BlockPlan block, string arguments) => Call(kernel, op, operand => Place(operand, op, block), arguments);

    // Prints the kernel unless one with the same text stands there already, and gives the call.
    private string Call(Kernel kernel, Op op, Func<Operand, string> place, string arguments)
    {
        string text = kernel.Text(Name);
        string key = kernel.Parameters + "\n" + text;
        if (!printed.TryGetValue(key, out string? name))
        {
            name = printed[key] = $"_{Int(printed.Count + 1)}_{Identifier.Of(kernel.Layer)}_{kernel.Role}";
            kernels.Line().Summary($"{kernel.Layer}: {kernel.Summary}");
            kernels.Line(kernel.IsInlined ? "[MethodImpl(MethodImplOptions.AggressiveInlining)]" : "[MethodImpl(Optimized)]");
            kernels.Open($"private static void {name}({kernel.Parameters})").Lines(text).Close();
        }

        return $"{name}({string.Join(", ", kernel.Operands.Select(place).Append(arguments).Where(part => part.Length > 0))});";
    }

    // Prints a leaf unless it stands there already, and gives its name; others of that name get a number behind it.
    private string Name(Leaf leaf)
    {
        string text = leaf.Text, key = leaf.Name + "\n" + leaf.Parameters + "\n" + text;
        if (printedLeaves.TryGetValue(key, out string? name)) return name;
        int others = printedLeaves.Keys.Count(other => other.StartsWith(leaf.Name + "\n", StringComparison.Ordinal));
        name = printedLeaves[key] = others == 0 ? leaf.Name : $"{leaf.Name}_{Int(others + 1)}";
        leaves.Line().Summary(leaf.Summary);
        leaves.Line("[MethodImpl(Optimized)]");
        leaves.Open($"private static void {name}({leaf.Parameters})").Lines(text).Close();
        return name;
    }

    private string Place(Operand operand, Op op, BlockPlan block)
    {
        if (operand.IsPartial) return $"ref At(ref blocks, {Name(block, block.Partial(op))})";
        if (operand.Value.Space == Space.Sample) return $"ref At(ref blocks, {Name(block, operand.Value)})";
        return plan.Shared.ContainsKey(operand.Value) ? $"ref Skip(ref shared, SharedValue.{SharedNames()[operand.Value]})" : Weight(operand.Value);
    }

    private string Weight(Value value)
    {
        Value weight = plan.Inference.Viewed(plan.Training.Forward.Viewed(value));
        return $"ref Skip(ref parameters, Parameter.{Identifier.Of(weight.Name)})";
    }

    private string Name(BlockPlan block, Value? value) => value is null ? "-1" : $"{(block == plan.TrainingBlock ? "TrainingBlock" : "InferenceBlock")}.{BlockNames(block)[block.Storage(value)]}";

    private static Dictionary<Value, string> BlockNames(BlockPlan block) => Unique(block.Places);

    private Dictionary<Value, string> SharedNames() => Unique(plan.Shared.OrderBy(pair => pair.Value).Select(pair => pair.Key));

    private static Dictionary<Value, string> Unique(IEnumerable<Value> values)
    {
        var names = new Dictionary<Value, string>();
        var taken = new HashSet<string>(StringComparer.Ordinal) { "Size" };
        foreach (Value value in values)
        {
            string name = Identifier.Of(value.Name);
            for (int i = 2; !taken.Add(name); i++) name = Identifier.Of(value.Name) + "_" + Int(i);
            names[value] = name;
        }

        return names;
    }

    // One row: every value has room of its own, with the reach of a tile behind its end.
    private Dictionary<Value, Named> RowNames()
    {
        Value[] values = [plan.Inference.Input, .. plan.Inference.Ops.Where(op => op is not Reshape).SelectMany(op => op.Outputs)];
        Dictionary<Value, string> names = Unique(values);
        var places = new Dictionary<Value, Named>();
        int offset = 0;
        foreach (Value value in values)
        {
            places[value] = new(names[value], offset);
            offset += ((value.Shape.Size + 15) / 16 * 16) + RowKernel.Reach;
        }

        return places;
    }

    private Value RowStorage(Value value)
    {
        while (plan.Inference.Producer(value) is Reshape reshape) value = reshape.Inputs[0];
        return value;
    }

    private void Layouts(CodeWriter writer)
    {
        writer.Line();
        writer.Summary("The vector at a feature behind the start of a block.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        writer.Line("private static ref float At(ref float start, int feature) => ref Unsafe.Add(ref start, (nuint)(uint)unchecked(feature * T.Count));");
        writer.Line();
        writer.Summary("The float so many behind the start.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        writer.Line("private static ref float Skip(ref float start, int floats) => ref Unsafe.Add(ref start, (nuint)(uint)floats);");
        Constants(writer, "TrainingBlock", "Where values lie in a block of the training arena, in features.", plan.TrainingBlock.Size,
            plan.TrainingBlock.Places.Select(value => new Named(BlockNames(plan.TrainingBlock)[value], plan.TrainingBlock.Offset(value))));
        Constants(writer, "InferenceBlock", "Where values lie in a block of the inference arena, in features.", plan.InferenceBlock.Size,
            plan.InferenceBlock.Places.Select(value => new Named(BlockNames(plan.InferenceBlock)[value], plan.InferenceBlock.Offset(value))));
        Constants(writer, "Parameter", "Where weights lie in the parameter arena, in floats.", null,
            plan.Parameters.Weights.Select(weight => new Named(Identifier.Of(weight.Value.Name), weight.Offset)));
        if (plan.SharedSize > 0)
            Constants(writer, "SharedValue", "Where values that a batch shares lie in their arena, in floats.", null,
                plan.Shared.OrderBy(pair => pair.Value).Select(pair => new Named(SharedNames()[pair.Key], pair.Value)));
        Dictionary<Value, Named> row = RowNames();
        int size = row.Max(pair => pair.Value.Offset + ((pair.Key.Shape.Size + 15) / 16 * 16)) + RowKernel.Reach;
        Constants(writer, "RowScratch", "Where values of a single sample lie in its scratch, in floats.", size, row.Values.OrderBy(place => place.Offset));
    }

    private static void Constants(CodeWriter writer, string name, string summary, int? size, IEnumerable<Named> constants)
    {
        writer.Line().Summary(summary).Open($"private static class {name}");
        if (size is { } total) writer.Line($"public const int Size = {Int(total)};");
        foreach ((string constant, int offset) in constants) writer.Line($"public const int {constant} = {Int(offset)};");
        writer.Close();
    }

    // An offset and the name it has in generated code.
    private sealed record Named(string Name, int Offset);
}
