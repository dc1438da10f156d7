using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Kernels;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Emit;

/// <summary>Writes the file with the program of a network: the phases, and below them the kernels that they call.</summary>
internal sealed class ProgramFile
{
    private const string Step = "Step step";

    private readonly Network network;
    private readonly ProgramPlan plan;
    private readonly PlaceNames names;
    private readonly CancellationToken cancellation;
    private readonly List<(PhaseMethod Method, IReadOnlyList<PhaseCalls> Phases)> phases = [];
    private readonly KernelSection kernels = new("private", '\uE000');

    private ProgramFile(Network network, ProgramPlan plan, CancellationToken cancellation)
    {
        (this.network, this.plan, this.cancellation) = (network, plan, cancellation);
        names = new(plan);
    }

    /// <summary>The whole file.</summary>
    public static string Write(NetworkDeclaration declaration, Network network, ProgramPlan plan, CancellationToken cancellation)
    {
        var file = new ProgramFile(network, plan, cancellation);
        var writer = new CodeWriter(CodeWriter.Columns);
        ProgramFrame.Begin(writer, declaration);
        writer.Summary($"{declaration.Name} as a program over lanes; a lane holds one sample.");
        writer.Line("/// <typeparam name=\"T\">The lanes.</typeparam>");
        writer.Line("/// <typeparam name=\"TNarrow\">Lanes of eight floats at most, for single samples in layers of few " +
            "features.</typeparam>");
        writer.Generated();
        writer.Line($"file sealed class {ProgramFrame.Program}<T, TNarrow> : NetworkProgram");
        writer.Line($"    where T : struct, {ProgramFrame.Lanes}<T>").Open($"    where TNarrow : struct, {ProgramFrame.Lanes}<TNarrow>");
        writer.Line("// Compiled at once and for good, since a whole training may be over before the JIT would take a second look; and " +
            "each for itself, since in a long method it stops inlining.");
        writer.Line(FileFrame.Optimized).Line();
        file.Facts(writer);
        RowPart row = file.Phases();
        row.Facts(writer, plan.InferenceBlock.Size, plan.Parameters.Size);
        file.kernels.Settle(0);
        row.Settle(file.kernels.Count);
        var phases = new CodeWriter();
        foreach ((PhaseMethod method, IReadOnlyList<PhaseCalls> calls) in file.phases)
            method.Write(phases, [.. calls.Select(phase => phase with { Calls = [.. phase.Calls.Select(file.Resolve(row))] })]);
        writer.Lines(phases.ToString());
        file.kernels.WriteTo(writer);
        file.Layouts(writer);
        row.Layout(writer);
        writer.Close();
        row.Class(writer, declaration.Name);
        return writer.ToString();
    }

    private void Facts(CodeWriter writer)
    {
        TrainingGraph training = plan.Training;
        writer.Line("/// <inheritdoc/>").Line("public override int Lanes => T.Count;").Line();
        writer.Line("/// <inheritdoc/>")
            .Line($"public override long Work => " +
            $"{plan.Inference.Ops.Sum(op => op.Facts.Work).ToString(System.Globalization.CultureInfo.InvariantCulture)};").Line();
        Layout(
            writer, "Training", plan.TrainingBlock, training.Forward, training.Heads, training.InputGradients, training.PenaltyGradients);
        Layout(writer, "Inference", plan.InferenceBlock, plan.Inference, [], [], []);
        if (plan.SharedSize > 0) writer.Line("/// <inheritdoc/>").Line($"public override int SharedSize => {Int(plan.SharedSize)};").Line();
        Panels(writer);
        Transformed(writer);
        Taps(writer);
        if (plan.Forward.Blocks.Count > 1)
            writer.Line("/// <inheritdoc/>").Line($"public override int ForwardPhases => {Int(plan.Forward.Blocks.Count)};").Line();
        if (plan.Backward.Blocks.Count > 1)
            writer.Line("/// <inheritdoc/>").Line($"public override int BackwardPhases => {Int(plan.Backward.Blocks.Count)};").Line();
        Lookups(writer);
        if (plan.Training.WeightGradients.Values.Any(gradients => gradients.Count > 1))
            writer.Line("/// <inheritdoc/>").Line("public override bool AddsGradients => true;").Line();
        if (plan.Forward.Before.Any(op => op.Facts.Writes.Count > 0))
            writer.Line("/// <inheritdoc/>").Line("public override bool ChangesWeights => true;").Line();
        if (plan.Serves.Sets.Count == 0) return;
        writer.Line("/// <inheritdoc/>").Line("public override ServedSet[] Served { get; } =").Line("[");
        foreach ((int[] layers, int[] inputs) in plan.Serves.Sets) writer.Line($"    {Served(layers, inputs)}");
        writer.Line("];").Line();
    }

    private void Panels(CodeWriter writer)
    {
        if (plan.PanelWidths.Count == 0) return;
        writer.Line("/// <inheritdoc/>").Line("public override int PanelWidth(int group) => group switch").Line("{");
        // The groups of a width together, in the order of the first of each.
        foreach (IGrouping<string, int> groups in Enumerable.Range(0, network.Parameters.Groups.Count)
            .Where(g => WidthOf(g) is not null).GroupBy(g => WidthOf(g)!, StringComparer.Ordinal))
            foreach (string some in Runs(groups)) writer.Line($"    {some} => {groups.Key},");
        writer.Line("    _ => 0,").Line("};").Line();

        string? WidthOf(int group) => plan.PanelWidths.TryGetValue(
            network.Parameters.Weights[network.Parameters.Groups[group].FirstWeight].Value, out string? width) ? width : null;
    }

    // As many groups in a line as it has room for.
    private static IEnumerable<string> Runs(IEnumerable<int> groups)
    {
        string line = "";
        foreach (int group in groups)
        {
            if (line.Length > CodeWriter.Columns - 40)
            {
                yield return line;
                line = "";
            }

            line += (line.Length > 0 ? " or " : "") + Int(group);
        }

        yield return line;
    }

    // Tables whose gradient reaches the rows that are looked up.
    private void Lookups(CodeWriter writer)
    {
        var cases = new List<string>();
        for (int g = 0; g < plan.Parameters.Groups.Count; g++)
        {
            Value table = plan.Parameters.Weights[plan.Parameters.Groups[g].FirstWeight].Value;
            if (plan.TableGradient(table) is not { } gradient) continue;
            string[] places = [.. new[] { gradient.Next, gradient.Upstream }.Select(value => names.InBlock(plan.TrainingBlock, value))];
            cases.Add($"    {Int(g)} => new({names.Shared(gradient.First)}, {places[0]}, {places[1]}, " +
                $"{Int(Turn.RowLength(gradient.Upstream.Shape))}),");
        }

        if (cases.Count == 0) return;
        writer.Line("/// <inheritdoc/>").Line("public override global::CompiledNets.Execution.TableLookup? Lookup(int group) => group switch")
            .Line("{");
        foreach (string line in cases) writer.Line(line);
        writer.Line("    _ => null,").Line("};").Line();
    }

    // Kernels whose gradient is made for all taps at once.
    private void Taps(CodeWriter writer)
    {
        var groups = new List<int>();
        var rooms = new List<(int Floats, int Vectors)>();
        foreach (ConvolutionWeightGradient op in plan.Backward.Rows.OfType<ConvolutionWeightGradient>())
        {
            if (op.Winograd is not { } winograd) continue;
            Value weight = plan.Training.WeightGradients.Single(pair => pair.Value.Contains(op.Output)).Key;
            groups.Add(plan.Parameters.Weights.Single(placed => placed.Value == weight).Group);
            rooms.Add(WinogradGradientKernel.Room(winograd));
        }

        if (groups.Count == 0) return;
        groups.Sort();
        writer.Line("/// <inheritdoc/>").Line("public override int Taps(int group) => group switch").Line("{");
        foreach (string some in Runs(groups)) writer.Line($"    {some} => 9,");
        writer.Line("    _ => 1,").Line("};").Line();
        writer.Line("/// <inheritdoc/>").Line("public override int GradientRoom => " +
            $"{Int(rooms.Max(room => room.Floats))} + ({Int(rooms.Max(room => room.Vectors))} * T.Count);").Line();
    }

    private void Transformed(CodeWriter writer)
    {
        if (plan.Transformed.Count == 0) return;
        writer.Line("/// <inheritdoc/>").Line("public override TransformedKernel[] TransformedKernels { get; } =").Line("[");
        foreach ((Value kernel, bool isTurned) in plan.Transformed.Keys)
            writer.Line($"    new({names.Parameter(kernel)}, {Int(kernel.Shape.Axes[2])}, {Int(kernel.Shape.Axes[3])}, " +
                $"{(isTurned ? "true" : "false")}, {names.Transformed(kernel, isTurned)}),");
        writer.Line("];").Line();
    }

    private void Layout(
        CodeWriter writer, string name, BlockPlan block, Graph graph, IReadOnlyList<HeadGradient> gradients,
        IReadOnlyList<Value?> inputGradients, IReadOnlyList<Value> penaltyGradients)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public override BlockLayout {name} {{ get; }} = new(");
        writer.Line($"    {name}Block.Size,");
        writer.Line($"    [{string.Join(", ", graph.Inputs.Select(input => names.InBlock(block, input)))}],");
        writer.Line("    [");
        for (int h = 0; h < graph.Heads.Count; h++)
        {
            Head head = graph.Heads[h];
            string[] places = [
                .. (gradients.Count == 0 ? [head.Output, head.Logits]
                : new[] { head.Output, head.Logits, gradients[h].Output, gradients[h].Logits })
                .Select(value => names.InBlock(block, value))];
            string mask = head.Mask is null ? ""
                : $" {{ Mask = {names.InBlock(block, head.Mask)}, MaskSize = {Int(head.Mask.Shape.Size)} }}";
            writer.Line($"        new({string.Join(", ", places)}){mask},");
        }

        string[] penalties = [.. graph.Penalties.Select((penalty, p) =>
            $"new({names.InBlock(block, penalty)}"
            + (penaltyGradients.Count == 0 ? ")" : $", -1, {names.InBlock(block, penaltyGradients[p])})"))];
        string[] more =
        [
            .. inputGradients.Count == 0 ? Array.Empty<string>()
                : [$"InputGradients = [{string.Join(", ", inputGradients.Select(value => names.InBlock(block, value)))}]"],
            .. penalties.Length == 0 ? Array.Empty<string>() : [$"Penalties = [{string.Join(", ", penalties)}]"],
            .. graph.States.Count == 0 ? Array.Empty<string>()
                : [$"States = [{string.Join(", ", graph.States.Select(state => $"new({names.InBlock(block, state.Before)}, {names.InBlock(block, state.After)})"))}]"],
        ];
        writer.Line("    ])" + (more.Length == 0 ? ";" : $" {{ {string.Join(", ", more)} }};"));
        writer.Line();
    }

    // Runs of layers by their first and last numbers; a comment has their names.
    private string Served(int[] layers, int[] inputs)
    {
        var runs = new List<(int First, int Last)>();
        foreach (int layer in layers)
        {
            if (runs.Count > 0 && Enumerable.Range(runs[runs.Count - 1].Last + 1, layer - runs[runs.Count - 1].Last - 1).All(HasNoWeights))
                runs[runs.Count - 1] = (runs[runs.Count - 1].First, layer);
            else runs.Add((layer, layer));
        }

        IEnumerable<string> who = runs.Select(run => run.First == run.Last ? network.Layers[run.First].Name
            : $"{network.Layers[run.First].Name} to {network.Layers[run.Last].Name}")
            .Concat(inputs.Select(input => $"gradient of {network.Inputs[input].Name}"));
        string numbers = string.Join(", ", runs.Select(run => $"{Int(run.First)}, {Int(run.Last)}"));
        return $"new([{numbers}], [{string.Join(", ", inputs.Select(Int))}]), // {string.Join(", ", who)}";
    }

    private bool HasNoWeights(int layer) => plan.Parameters.CountOf(layer) == 0;

    private RowPart Phases()
    {
        Direction("Forward", plan.Forward, "");
        Direction("Backward", plan.Backward, "");
        Gradient();
        Predict();
        RowPart row = new(plan.Singles, names);
        phases.Add(row.Method());
        return row;
    }

    private Func<KernelCall, KernelCall> Resolve(RowPart row) =>
        call => call with { Text = row.Resolve(kernels.Resolve(call.Text)) };

    private void Direction(string name, Schedule schedule, string suffix)
    {
        if (schedule.Before.Count > 0)
        {
            phases.Add((new($"public override void Before{name}({Step})", "Before" + name, Step, "step", "", StepLocals),
                ByPhase([schedule.Before], KernelTable.After)));
        }

        (string phase, string passed) = schedule.Blocks.Count > 1 ? ("int phase, ", "phase, ") : ("", "");
        phases.Add((new($"public override void {name}(int phase, {Step}, int first, int last)", name,
            $"{phase}{Step}, int first, int last", $"{passed}step, first, last", "phase", StepLocals),
            ByPhase(schedule.Blocks, op => KernelTable.Blocks(op, plan.TrainingBlock))));
        if (schedule.After.All(ops => ops.Count == 0)) return;
        phases.Add((new($"public override void After{name}(int phase, {Step})", "After" + name, phase + Step, passed + "step", "phase",
            StepLocals), ByPhase(schedule.After, KernelTable.After)));
    }

    private IReadOnlyList<PhaseCalls> ByPhase(List<List<Op>> ops, Func<Op, Kernel?> kernel) =>
        [.. ops.Select(phase => new PhaseCalls("", [.. phase.Select(op => op is Scan scan ? Call(scan, plan.TrainingBlock)
            : Call(op, kernel(op), plan.TrainingBlock)).OfType<KernelCall>()]))];

    private void Gradient()
    {
        const string parameters = $"int group, {Step}, int firstRow, int lastRow, ref float target, ref float more";
        Dictionary<Value, Op> makers = plan.Backward.Rows.SelectMany(op => op.Outputs, (op, output) => (op, output))
            .ToDictionary(pair => pair.output, pair => pair.op);
        var cases = new List<PhaseCalls>();
        for (int g = 0; g < plan.Parameters.Groups.Count; g++)
        {
            PlacedGroup group = plan.Parameters.Groups[g];
            Value weight = plan.Parameters.Weights[group.FirstWeight].Value;
            IReadOnlyList<Value> gradients = plan.Training.WeightGradients.TryGetValue(weight, out IReadOnlyList<Value>? known) ? known
                : [];
            var calls = new List<KernelCall>();
            (string first, string count) = group.Rows == 1 ? ("", Int(group.Columns))
                : ($" + (firstRow * {Int(group.Columns)})", $"(lastRow - firstRow) * {Int(group.Columns)}");
            if (gradients.Count == 0) calls.Add(new("", $"Clear(ref target, {count});", Arenas.None));
            for (int i = 0; i < gradients.Count; i++)
            {
                string target = i == 0 ? WeightGradientKernel.Target : "ref more";
                calls.Add(makers.TryGetValue(gradients[i], out Op? op)
                    ? Call(op, KernelTable.Rows(op), plan.TrainingBlock, target)!
                    : new("", $"Copy(ref shared[{names.Shared(gradients[i])}{first}], {target}, {count});", Arenas.Shared));
                if (i > 0) calls.Add(new("", $"Add(ref more, ref target, {count});", Arenas.None));
            }

            cases.Add(new("", calls));
        }

        phases.Add((new($"public override void Gradient({parameters})", "Gradient", parameters,
            "group, step, firstRow, lastRow, ref target, ref more", "group", StepLocals), cases));
    }

    private void Predict()
    {
        const string parameters = "ref float blockArena, ref float parameterArena, ref float panelArena, int first, int last";
        phases.Add((new($"public override void Predict({parameters})", "Predict", parameters,
            "ref blockArena, ref parameterArena, ref panelArena, first, last", "",
            arenas => Locals(arenas, "blockArena", "parameterArena", "panelArena", "", "InferenceBlock")),
            [new("", [.. plan.Inference.Ops.Select(op => op is Scan scan
                ? Call(scan, plan.InferenceBlock) : Call(op, KernelTable.Blocks(op, plan.InferenceBlock), plan.InferenceBlock))
                    .OfType<KernelCall>()])]));
    }

    private static IEnumerable<string> StepLocals(Arenas arenas) => Locals(
        arenas, "step.Blocks.Start", "step.Parameters.Start", "step.Panels.Start", "step.Shared.Start", "TrainingBlock");

    private static IEnumerable<string> Locals(
        Arenas arenas, string blocks, string parameters, string panels, string shared, string layout)
    {
        if (arenas.HasFlag(Arenas.Blocks)) yield return $"Vectors blocks = new(ref {blocks});";
        if (arenas.HasFlag(Arenas.Parameters)) yield return $"Floats parameters = new(ref {parameters});";
        if (arenas.HasFlag(Arenas.Panels)) yield return $"Floats panels = new(ref {panels});";
        if (arenas.HasFlag(Arenas.Shared)) yield return $"Floats shared = new(ref {shared});";
        if (arenas.HasFlag(Arenas.Stride)) yield return $"int stride = {layout}.Size * T.Count;";
    }

    private KernelCall? Call(Op op, Kernel? kernel, BlockPlan block, string target = WeightGradientKernel.Target)
    {
        if (kernel is null) return null;
        var arenas = Arenas.None;
        string text = Call(op, kernel, value => names.InBlock(block, value), block, ref arenas, target);
        return new(Condition(op), text, arenas);
    }

    // A scan is a loop of calls, whose operands move from step to step.
    private KernelCall Call(Scan scan, BlockPlan block)
    {
        var arenas = Arenas.None;
        string text = ScanText.Write(scan, (op, place, liesInOutput) => KernelTable.Of(op, liesInOutput) is { } kernel
            ? Call(op, kernel, place, block, ref arenas) : null, value => names.InBlock(block, value));
        return new(Condition(scan), text, arenas);
    }

    private string Call(
        Op op, Kernel kernel, Func<Value, string> place, BlockPlan block, ref Arenas read, string target = WeightGradientKernel.Target)
    {
        cancellation.ThrowIfCancellationRequested();
        Arenas arenas = read;
        string[] operands = [.. kernel.Operands.Select(Place)];
        foreach (Argument argument in kernel.Arguments)
            if (argument == Argument.Stride) arenas |= Arenas.Stride;
        IEnumerable<string> arguments =
            kernel.Arguments.Select(argument => argument.Value == WeightGradientKernel.Target ? target : argument.Value);
        read = arenas;
        return kernels.Call(kernel, operands.Concat(arguments)) + ";";

        string Place(Operand operand)
        {
            if (operand.IsPartial || operand.Value.IsSample)
            {
                arenas |= Arenas.Blocks;
                return $"ref blocks[{(operand.IsPartial ? names.InBlock(block, block.Partial(op)) : place(operand.Value))}]";
            }

            if (operand.IsInPanels)
            {
                arenas |= Arenas.Panels;
                return $"ref panels[{names.Parameter(operand.Value)}]";
            }

            if (operand.IsTransformedTurned is { } isTurned)
            {
                arenas |= Arenas.Panels;
                return $"ref panels[{names.Transformed(operand.Value, isTurned)}]";
            }

            arenas |= operand.Value.Space == Space.Weight ? Arenas.Parameters : Arenas.Shared;
            return operand.Value.Space == Space.Weight ? $"ref parameters[{names.Parameter(operand.Value)}]"
                : $"ref shared[{names.Shared(operand.Value)}]";
        }
    }

    // Rows of frozen layers are never asked for.
    private string Condition(Op op)
    {
        if (op.Facts.When == When.Rows || !plan.Serves.Has(op)) return "";
        string served = $"step.Serves[{Int(plan.Serves.Of(op))}]";
        return plan.Training.BehindLogits.TryGetValue(op, out int head) ? $"!step.FromLogits[{Int(head)}] && {served}" : served;
    }

    private void Layouts(CodeWriter writer)
    {
        writer.Line();
        Arena(writer, "The vectors of an arena of blocks, by their features.", "Vectors", "feature",
            "(UIntPtr)(uint)unchecked(feature * T.Count)");
        writer.Line();
        Arena(writer, "The floats of an arena.", "Floats", "place", "unchecked((UIntPtr)(uint)place)");
        FileFrame.Skip(writer);
        names.Write(writer);
    }

    private static void Arena(CodeWriter writer, string summary, string name, string index, string offset)
    {
        writer.Summary(summary).Open($"private readonly ref struct {name}");
        writer.Line("private readonly ref float start;").Line();
        writer.Line($"public {name}(ref float start) => this.start = ref start;").Line();
        writer.Open($"public ref float this[int {index}]");
        writer.Line("[@MethodImpl(MethodImplOptions.AggressiveInlining)]");
        writer.Line($"get => ref Unsafe.Add(ref start, {offset});");
        writer.Close().Close();
    }
}
