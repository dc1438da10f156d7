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
    private readonly KernelSection kernels = new("private");

    private readonly Dictionary<Value, string> weightNames;

    private ProgramFile(ProgramPlan plan)
    {
        this.plan = plan;
        weightNames = Identifier.Unique(plan.Parameters.Weights.Select(weight => weight.Value));
    }

    /// <summary>The whole file.</summary>
    public static string Write(NetworkDeclaration declaration, ProgramPlan plan)
    {
        var file = new ProgramFile(plan);
        var writer = new CodeWriter();
        ProgramFrame.Begin(writer, declaration);
        writer.Summary($"{declaration.Name} as a program over lanes; a lane holds one sample.");
        writer.Line("/// <typeparam name=\"T\">The lanes.</typeparam>");
        writer.Line("/// <typeparam name=\"TNarrow\">Lanes of eight floats at most, for single samples in layers of few features.</typeparam>");
        writer.Generated();
        writer.Line($"file sealed class {ProgramFrame.Program}<T, TNarrow> : NetworkProgram");
        writer.Line($"    where T : struct, {ProgramFrame.Lanes}<T>").Open($"    where TNarrow : struct, {ProgramFrame.Lanes}<TNarrow>");
        writer.Line("// Compiled at once and for good, since a whole training may be over before the JIT would take a second look; and each for itself, since in a long method it stops inlining.");
        writer.Line(FileFrame.Optimized).Line();
        file.Facts(writer);
        RowPart row = file.Phases();
        row.Facts(writer);
        writer.Lines(file.phases.ToString());
        file.kernels.WriteTo(writer);
        file.Layouts(writer);
        row.Layout(writer);
        writer.Close();
        row.Class(writer, declaration.Name);
        ProgramFrame.End(writer);
        return writer.ToString();
    }

    private void Facts(CodeWriter writer)
    {
        BlockPlan t = plan.TrainingBlock, i = plan.InferenceBlock;
        TrainingGraph training = plan.Training;
        writer.Line("/// <inheritdoc/>").Line("public override int Lanes => T.Count;").Line();
        writer.Line("/// <inheritdoc/>").Line($"public override int Work => {Int(Work())};").Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public override BlockLayout Training => new(TrainingBlock.Size, {Name(t, training.Forward.Input)}, {Name(t, training.Forward.Output)}, {Name(t, training.Forward.Logits)}, {Name(t, training.OutputGradient)}, {Name(t, training.LogitsGradient)}, {Name(t, training.InputGradient)});").Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public override BlockLayout Inference => new(InferenceBlock.Size, {Name(i, plan.Inference.Input)}, {Name(i, plan.Inference.Output)}, {Name(i, plan.Inference.Logits)});").Line();
        if (plan.SharedSize > 0) writer.Line("/// <inheritdoc/>").Line($"public override int SharedSize => {Int(plan.SharedSize)};").Line();
        if (plan.Forward.Blocks.Count > 1) writer.Line("/// <inheritdoc/>").Line($"public override int ForwardPhases => {Int(plan.Forward.Blocks.Count)};").Line();
        if (plan.Backward.Blocks.Count > 1) writer.Line("/// <inheritdoc/>").Line($"public override int BackwardPhases => {Int(plan.Backward.Blocks.Count)};").Line();
    }

    private int Work()
    {
        long work = plan.Inference.Ops.Sum(op => op is Contraction c ? (long)c.X.Shape.Size * c.Output.Shape.Last : op.Output.Shape.Size);
        return (int)Math.Min(work, int.MaxValue);
    }

    private RowPart Phases()
    {
        Direction("Forward", plan.Forward, backward: false);
        Direction("Backward", plan.Backward, backward: true);
        Gradient();
        Predict();
        RowPart row = new(plan.Inference, Weight, kernels.Count);
        row.Method(phases);
        return row;
    }

    private void Direction(string name, Schedule schedule, bool backward)
    {
        Method($"public override void {name}(int phase, Step step, int first, int last)", schedule.Blocks, op =>
            KernelTable.Blocks(op, backward) is { } kernel ? Condition(op) + Call(kernel, op, plan.TrainingBlock, BlockArguments(op)) : null, "TrainingBlock");
        if (schedule.After.All(ops => ops.Count == 0)) return;
        Method($"public override void After{name}(int phase, Step step)", schedule.After, op => Condition(op) + Call(KernelTable.After(op), op, plan.TrainingBlock, AfterArguments(op)), "TrainingBlock");
    }

    private void Method(string signature, List<List<Op>> byPhase, Func<Op, string?> call, string block)
    {
        phases.Line("/// <inheritdoc/>").Line("[@MethodImpl(Optimized)]").Open(signature);
        string[][] calls = [.. byPhase.Select(ops => ops.Select(call).OfType<string>().ToArray())];
        string all = string.Join("\n", calls.SelectMany(c => c));
        Arenas(all, "step.Blocks.Start", "step.Parameters.Start", block);
        for (int p = 0; p < calls.Length; p++)
        {
            if (calls.Length > 1) phases.Open($"if (phase == {Int(p)})");
            foreach (string line in calls[p]) phases.Line(line);
            if (calls.Length > 1) phases.Close();
        }

        phases.Close().Line();
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
        phases.Line("/// <inheritdoc/>").Line("[@MethodImpl(Optimized)]");
        phases.Open("public override void Gradient(int group, Step step, int firstRow, int lastRow, ref float target)");
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

        phases.Close().Line();
    }

    private void Predict()
    {
        phases.Line("/// <inheritdoc/>").Line("[@MethodImpl(Optimized)]");
        phases.Open("public override void Predict(ref float blocks, ref float parameters, int first, int last)");
        phases.Line("int stride = InferenceBlock.Size * T.Count;");
        foreach (Op op in plan.Inference.Ops)
            if (KernelTable.Blocks(op, false) is { } kernel) phases.Line(Call(kernel, op, plan.InferenceBlock, BlockArguments(op)));
        phases.Close().Line();
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

    private string Call(Kernel kernel, Op op, BlockPlan block, string arguments) =>
        $"{kernels.Method(kernel)}({string.Join(", ", kernel.Operands.Select(operand => Place(operand, op, block)).Append(arguments).Where(part => part.Length > 0))});";

    private string Place(Operand operand, Op op, BlockPlan block)
    {
        if (operand.IsPartial) return $"ref At(ref blocks, {Name(block, block.Partial(op))})";
        if (operand.Value.Space == Space.Sample) return $"ref At(ref blocks, {Name(block, operand.Value)})";
        return plan.Shared.ContainsKey(operand.Value) ? $"ref Skip(ref shared, SharedValue.{SharedNames()[operand.Value]})" : Weight(operand.Value);
    }

    private string Weight(Value value)
    {
        Value weight = plan.Inference.Viewed(plan.Training.Forward.Viewed(value));
        return $"ref Skip(ref parameters, Parameter.{weightNames[weight]})";
    }

    private string Name(BlockPlan block, Value? value) => value is null ? "-1" : $"{(block == plan.TrainingBlock ? "TrainingBlock" : "InferenceBlock")}.{BlockNames(block)[block.Storage(value)]}";

    private static Dictionary<Value, string> BlockNames(BlockPlan block) => Identifier.Unique(block.Places);

    private Dictionary<Value, string> SharedNames() => Identifier.Unique(plan.Shared.OrderBy(pair => pair.Value).Select(pair => pair.Key));

    private void Layouts(CodeWriter writer)
    {
        writer.Line();
        writer.Summary("The vector at a feature behind the start of a block.");
        writer.Line("[@MethodImpl(MethodImplOptions.AggressiveInlining)]");
        writer.Line("private static ref float At(ref float start, int feature) => ref Unsafe.Add(ref start, (UIntPtr)(uint)unchecked(feature * T.Count));");
        FileFrame.Skip(writer);
        if (kernels.Calls("NextTile(")) FileFrame.NextTile(writer);
        Constants(writer, "TrainingBlock", "Where values lie in a block of the training arena, in features.", plan.TrainingBlock.Size,
            plan.TrainingBlock.Places.Select(value => new Named(BlockNames(plan.TrainingBlock)[value], plan.TrainingBlock.Offset(value))));
        Constants(writer, "InferenceBlock", "Where values lie in a block of the inference arena, in features.", plan.InferenceBlock.Size,
            plan.InferenceBlock.Places.Select(value => new Named(BlockNames(plan.InferenceBlock)[value], plan.InferenceBlock.Offset(value))));
        Constants(writer, "Parameter", "Where weights lie in the parameter arena, in floats.", null,
            plan.Parameters.Weights.Select(weight => new Named(weightNames[weight.Value], weight.Offset)));
        if (plan.SharedSize > 0)
            Constants(writer, "SharedValue", "Where values that a batch shares lie in their arena, in floats.", null,
                plan.Shared.OrderBy(pair => pair.Value).Select(pair => new Named(SharedNames()[pair.Key], pair.Value)));
    }

    /// <summary>Writes a class of offsets.</summary>
    internal static void Constants(CodeWriter writer, string name, string summary, int? size, IEnumerable<Named> constants)
    {
        writer.Line().Summary(summary).Open($"private static class {name}");
        if (size is { } total) writer.Line($"public const int Size = {Int(total)};");
        foreach ((string constant, int offset) in constants) writer.Line($"public const int {constant} = {Int(offset)};");
        writer.Close();
    }

    /// <summary>An offset and the name it has in generated code.</summary>
    internal sealed record Named(string Name, int Offset);
}
