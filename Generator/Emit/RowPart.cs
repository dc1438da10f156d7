using CompiledNets.Generator.Kernels;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Emit;

/// <summary>
/// The part of a program that works single samples. Its kernels are a class of their own, over the lanes of each layer: a layer of few
/// features takes narrower ones than the machine has, for wide vectors would be read across lines of the cache for nothing.
/// </summary>
internal sealed class RowPart
{
    /// <summary>Features up to which a layer takes the narrower lanes.</summary>
    private const int NarrowFeatures = 8;

    /// <summary>
    /// Lane operations up to which all kernels are parts of the method that calls them, since calls would take much of a small network's
    /// time, which threads do not share. The JIT stops inlining where a method has many more.
    /// </summary>
    private const int InlinedOperations = 240;

    /// <summary>Lane operations of a function that is made of them.</summary>
    private const int OperationsOfFunction = 40;

    /// <summary>
    /// Floats that a sample has in a block from which on samples are worked one by one: 16 MB with eight lanes, where a block begins to
    /// leave the third-level cache. A single sample reads all weights anew, which pays up to so many floats of them for each float of a
    /// sample.
    /// </summary>
    private const long LargeSample = 1 << 19, MostWeights = 24;

    private readonly Graph graph;
    private readonly PlaceNames places;
    private readonly PackedKernels packed;
    private readonly KernelSection section;
    private readonly List<List<Op>> phases = [];
    private readonly Dictionary<Value, Op> producers;
    private readonly bool isReadInPlace;
    private readonly Value[] values;
    private readonly Dictionary<Op, Value> rooms = [];
    private readonly Dictionary<Value, string> names;
    private readonly string kernels;

    /// <summary>Plans it.</summary>
    /// <param name="graph">What is computed.</param>
    /// <param name="places">Names of weights.</param>
    public RowPart(Graph graph, PlaceNames places)
    {
        this.graph = graph = Fuse.ForSingles(graph);
        producers = graph.Producers();
        this.places = places;
        packed = new(graph, places);
        section = new("public", '\uE001',
            isInlined: !graph.Ops.Exists(RowKernel.IsShared) && graph.Ops.Sum(Operations) <= InlinedOperations);
        kernels = ProgramFrame.Row;
        // The caller's numbers may end where its memory does: what reads whole vectors of them needs a copy. So do several inputs.
        isReadInPlace = graph.Inputs.Count == 1 && graph.Heads.All(head => Storage(head.Output).Value != graph.Inputs[0])
            && graph.Ops.All(op => op.Facts.PartOfInput is not null || RowKernel.ReadsSingly(op)
                || !op.Inputs.Any(input => Storage(input).Value == graph.Inputs[0]));
        foreach (Convolution op in graph.Ops.OfType<Convolution>())
        {
            if (WinogradRowKernel.Of(op) is { } winograd)
                rooms[op] = new Value(op.Output.Name + "_room", Shape.Of(winograd.Room), Space.Sample);
        }

        values = [.. isReadInPlace ? [] : graph.Inputs, .. graph.Ops.Where(op => op.Facts.PartOfInput is null).SelectMany(op => op.Outputs)
            .Where(value => Storage(value).Value == value), .. rooms.Values];
        names = Identifier.Unique(values);
        // Each op that threads share is a phase of its own; those between two of them form one.
        foreach (Op op in graph.Ops)
        {
            if (phases.Count == 0 || RowKernel.IsShared(op) || RowKernel.IsShared(phases[phases.Count - 1][0])) phases.Add([]);
            phases[phases.Count - 1].Add(op);
        }

        if (phases.Count == 0) phases.Add([]);
    }

    /// <summary>The lanes that work an op.</summary>
    public static string LanesOf(Op op) =>
        RowKernel.Features(op) <= NarrowFeatures || (op is Convolution c && ConvolutionRowKernel.IsNarrow(c)) ? "TNarrow" : "T";

    /// <summary>Writes what the program says of it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="sample">Floats that a sample has in a block of several.</param>
    /// <param name="weights">Floats of all weights.</param>
    public void Facts(CodeWriter writer, long sample, long weights)
    {
        if (sample >= LargeSample && weights <= sample * MostWeights && IsOfImages())
            writer.Line("/// <inheritdoc/>").Line("public override bool PredictsSingly => true;").Line();
        writer.Line("/// <inheritdoc/>").Line("public override int RowScratchSize => RowScratch.Size;").Line();
        if (!isReadInPlace)
            writer.Line("/// <inheritdoc/>")
                .Line($"public override int[] RowInputs {{ get; }} = [{string.Join(", ", graph.Inputs.Select(Place))}];").Line();
        writer.Line("/// <inheritdoc/>")
            .Line($"public override int[] RowOutputs {{ get; }} = [{string.Join(", ", graph.Heads.Select(head => Place(head.Output)))}];")
            .Line();
        if (graph.States.Count > 0)
            writer.Line("/// <inheritdoc/>")
                .Line($"public override global::CompiledNets.Execution.StatePlace[] RowStates {{ get; }} = " +
                $"[{string.Join(", ", graph.States.Select(state => $"new({Place(state.Before)}, {Place(state.After)})"))}];").Line();
        packed.Facts(writer);
        if (phases.Count > 1) writer.Line("/// <inheritdoc/>").Line($"public override int RowPhases => {Int(phases.Count)};").Line();
        if (Shared.Any())
            writer.Line("/// <inheritdoc/>")
                .Line($"public override bool IsRowPhaseShared(int phase) => phase is {string.Join(" or ", Shared.Select(Int))};").Line();
    }

    /// <summary>The method that calls its kernels, with the calls of each phase.</summary>
    public (PhaseMethod Method, IReadOnlyList<PhaseCalls> Phases) Method()
    {
        const string parameters =
            "int phase, int part, int parts, ref float parameters, ref float packed, ref float input, ref float scratch";
        var calls = new List<PhaseCalls>();
        for (int p = 0; p < phases.Count; p++)
            calls.Add(new(!Shared.Any() || Shared.Contains(p) ? "" : "part == 0", [.. phases[p].Select(Call).OfType<KernelCall>()]));

        return (new($"public override void PredictRow({parameters})", "PredictRow", parameters,
            "phase, part, parts, ref parameters, ref packed, ref input, ref scratch", "phase", _ => []), calls);

        KernelCall? Call(Op op)
        {
            string? text = op is Scan scan
                ? ScanText.Write(scan, (inner, place, _) => Text(inner, place, argument => argument == "part" ? "0" : "1"), Place)
                : Text(op, Place, argument => argument);
            return text is null ? null : new("", text, Arenas.None);
        }

        // Threads share no step of a scan: of what they would, one works all parts.
        string? Text(Op op, Func<Value, string> place, Func<string, string> argumentOf)
        {
            if (KernelTable.Single(op) is not { } kernel) return null;
            IEnumerable<string> arguments = kernel.Arguments.Select(argument => argumentOf(argument.Value));
            IEnumerable<string> operands = kernel.Operands.Select(operand => Reference(op, operand, place));
            return $"{kernels}<{LanesOf(op)}>.{section.Call(kernel, operands.Concat(arguments))};";
        }
    }

    /// <summary>Prints the kernels once all are known.</summary>
    /// <param name="before">Kernels that stand elsewhere.</param>
    public void Settle(int before) => section.Settle(before);

    /// <summary>Finishes text with calls of its kernels.</summary>
    public string Resolve(string text) => section.Resolve(text);

    /// <summary>Writes where values lie.</summary>
    public void Layout(CodeWriter writer)
    {
        (Dictionary<Value, long> offsets, long size) = RoomPlacement.Run(Lives());
        PlaceNames.Constants(writer, "RowScratch", "Where values of a single sample lie in its scratch, in floats.", checked((int)size),
            values.Select(value => (names[value], checked((int)offsets[value]))));
        packed.Layout(writer);
    }

    // From which op to which each value is needed, with the reach of a tile behind its end. What the caller writes or reads is kept: a
    // phase that threads do not share may be worked again.
    private IEnumerable<(Value Value, int First, int Last, long Size)> Lives()
    {
        int end = graph.Ops.Count;
        var first = new Dictionary<Value, int>();
        var last = new Dictionary<Value, int>();
        for (int i = 0; i < end; i++)
        {
            foreach (Value value in graph.Ops[i].Inputs.Where(input => input.IsSample)) last[Storage(value).Value] = i;
            if (rooms.TryGetValue(graph.Ops[i], out Value? room)) first[room] = last[room] = i;
            foreach (Value value in graph.Ops[i].Outputs.Select(output => Storage(output).Value))
                if (!first.ContainsKey(value)) first[value] = last[value] = i;
        }

        foreach (Value value in graph.Heads.Select(head => Storage(head.Output).Value)) last[value] = end;
        foreach (Value value in graph.States.SelectMany(state => new[] { state.Before, state.After }).Concat(graph.Inputs)
            .Select(value => Storage(value).Value))
            (first[value], last[value]) = (0, end);
        return values.Select(value => (value, first[value], last[value], ((value.Shape.Size + 15L) / 16 * 16) + RowKernel.Reach));
    }

    /// <summary>Writes the class with the kernels.</summary>
    public void Class(CodeWriter writer, string network)
    {
        if (section.Count == 0) return;
        writer.Line().Summary($"{network} for a single sample: vectors run over features.");
        writer.Generated();
        writer.Open($"file static class {kernels}<T> where T : struct, {ProgramFrame.Lanes}<T>");
        writer.Line(FileFrame.Optimized);
        section.WriteTo(writer);
        FileFrame.Skip(writer);
        writer.Close();
    }

    // Whether nine tenths of the work are convolutions that work a single image as fast as several.
    private bool IsOfImages()
    {
        long all = graph.Ops.Sum(op => op.Facts.Work);
        IEnumerable<Convolution> own = graph.Ops.OfType<Convolution>().Where(op => op.Packing is not null || DepthwiseRowKernel.Suits(op));
        return own.Any(op => op.Packing is not null) && own.Sum(op => op.Facts.Work) * 10 >= all * 9;
    }

    private IEnumerable<int> Shared => Enumerable.Range(0, phases.Count).Where(p => phases[p].Exists(RowKernel.IsShared));

    private static int Operations(Op op)
    {
        // A loop of calls is none that is printed into its method.
        if (op is Scan) return InlinedOperations + 1;
        if (KernelTable.Single(op) is not { } kernel) return 0;
        string text = kernel.Text(_ => "");
        return Occurrences(text, "T.") + (OperationsOfFunction * Occurrences(text, "LaneMath."));
    }

    private static int Occurrences(string text, string part) => (text.Length - text.Replace(part, "").Length) / part.Length;

    private string Reference(Op op, Operand operand, Func<Value, string> place)
    {
        if (operand.IsPartial) return $"ref Skip(ref scratch, {place(rooms[op])})";
        if (operand.Packing is not null) return $"ref Skip(ref packed, {packed.Place((Convolution)op)})";
        if (!operand.Value.IsSample) return $"ref Skip(ref parameters, {places.Parameter(operand.Value)})";
        (Value value, int start) = Storage(operand.Value);
        if (value == graph.Inputs[0] && isReadInPlace) return start == 0 ? "ref input" : $"ref Skip(ref input, {Int(start)})";
        return $"ref Skip(ref scratch, {place(operand.Value)})";
    }

    private string Place(Value value)
    {
        (Value storage, int start) = Storage(value);
        return $"RowScratch.{names[storage]}" + (start == 0 ? "" : $" + {Int(start)}");
    }

    private (Value Value, int Start) Storage(Value value)
    {
        int start = 0;
        while (producers.TryGetValue(value, out Op? op) && op.PartOf(value) is { } part) (value, start) = (part.Of, start + part.Start);
        return (value, start);
    }
}
