using CompiledNets.Generator.Kernels;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Emit;

/// <summary>
/// The part of a program that works single samples. Its kernels are a class of their own, over the lanes of each layer: a layer of few features takes narrower ones than the machine has, for wide
/// vectors would be read across lines of the cache for nothing.
/// </summary>
internal sealed class RowPart
{
    /// <summary>Features up to which a layer takes the narrower lanes.</summary>
    private const int NarrowFeatures = 8;

    /// <summary>
    /// Lane operations up to which all kernels are parts of the method that calls them, since calls would take much of a small network's time. The JIT stops inlining where a method has many more.
    /// </summary>
    private const int InlinedOperations = 240;

    /// <summary>Lane operations of a function that is made of them.</summary>
    private const int OperationsOfFunction = 40;

    private readonly Graph graph;
    private readonly Func<Value, string> weight;
    private readonly KernelSection section;
    private readonly List<List<Op>> phases = [];
    private readonly bool isReadInPlace;
    private readonly Value[] values;
    private readonly Dictionary<Value, string> names;
    private readonly string kernels;

    /// <summary>Plans it.</summary>
    /// <param name="graph">What is computed.</param>
    /// <param name="weight">How a weight is written.</param>
    /// <param name="before">Kernels that stand elsewhere.</param>
    public RowPart(Graph graph, Func<Value, string> weight, int before)
    {
        this.graph = graph = Fuse.ForRows(graph);
        this.weight = weight;
        section = new("public", before, isInlined: graph.Ops.Sum(Operations) <= InlinedOperations);
        kernels = ProgramFrame.Row;
        // The caller's numbers may end where its memory does: what reads whole vectors of them needs a copy.
        isReadInPlace = Storage(graph.Output) != graph.Input && graph.Ops.All(op => op is Reshape || RowKernel.ReadsSingly(op) || !op.Inputs.Any(input => Storage(input) == graph.Input));
        values = [.. isReadInPlace ? [] : new[] { graph.Input }, .. graph.Ops.Where(op => op is not Reshape).SelectMany(op => op.Outputs)];
        names = Identifier.Unique(values);
        // Each op that threads share is a phase of its own; those between two of them form one.
        foreach (Op op in graph.Ops)
        {
            if (phases.Count == 0 || RowKernel.IsShared(op) || RowKernel.IsShared(phases[phases.Count - 1][0])) phases.Add([]);
            phases[phases.Count - 1].Add(op);
        }

        if (phases.Count == 0) phases.Add([]);
    }

    /// <summary>Writes what the program says of it.</summary>
    public void Facts(CodeWriter writer)
    {
        writer.Line("/// <inheritdoc/>").Line("public override int RowScratchSize => RowScratch.Size;").Line();
        writer.Line("/// <inheritdoc/>").Line($"public override int RowOutput => RowScratch.{names[Storage(graph.Output)]};").Line();
        if (phases.Count > 1) writer.Line("/// <inheritdoc/>").Line($"public override int RowPhases => {Int(phases.Count)};").Line();
        if (Shared.Any()) writer.Line("/// <inheritdoc/>").Line($"public override bool IsRowPhaseShared(int phase) => phase is {string.Join(" or ", Shared.Select(Int))};").Line();
    }

    /// <summary>Writes the method that calls its kernels.</summary>
    public void Method(CodeWriter writer)
    {
        writer.Line("/// <inheritdoc/>").Line("[@MethodImpl(Optimized)]");
        writer.Open("public override void PredictRow(int phase, int part, int parts, ref float parameters, ref float input, ref float scratch)");
        for (int p = 0; p < phases.Count; p++)
        {
            bool isShared = Shared.Contains(p);
            string condition = string.Join(" && ", new[] { phases.Count > 1 ? $"phase == {Int(p)}" : "", isShared || !Shared.Any() ? "" : "part == 0" }.Where(text => text.Length > 0));
            if (condition.Length > 0) writer.Open($"if ({condition})");
            if (p == 0 && !isReadInPlace)
                writer.Line($"Unsafe.CopyBlockUnaligned(ref Unsafe.As<float, byte>(ref Skip(ref scratch, RowScratch.{names[graph.Input]})), ref Unsafe.As<float, byte>(ref input), {Int(graph.Input.Shape.Size * 4)});");
            foreach (Op op in phases[p])
            {
                if (KernelTable.Row(op) is not { } kernel) continue;
                string lanes = RowKernel.Features(op) <= NarrowFeatures ? "TNarrow" : "T";
                writer.Line($"{kernels}<{lanes}>.{section.Method(kernel)}({string.Join(", ", kernel.Operands.Select(Place).Concat(isShared ? ["part", "parts"] : []))});");
            }

            if (condition.Length > 0) writer.Close();
        }

        writer.Close();
    }

    /// <summary>Writes where values lie.</summary>
    public void Layout(CodeWriter writer)
    {
        // Every value has room of its own, with the reach of a tile behind its end.
        int[] sizes = [.. values.Select(value => ((value.Shape.Size + 15) / 16 * 16) + RowKernel.Reach)];
        ProgramFile.Constants(writer, "RowScratch", "Where values of a single sample lie in its scratch, in floats.", sizes.Sum(),
            values.Select((value, i) => new ProgramFile.Named(names[value], sizes.Take(i).Sum())));
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

    private IEnumerable<int> Shared => Enumerable.Range(0, phases.Count).Where(p => phases[p].Exists(RowKernel.IsShared));

    private static int Operations(Op op)
    {
        if (KernelTable.Row(op) is not { } kernel) return 0;
        string text = kernel.Text(_ => "");
        return Occurrences(text, "T.") + (OperationsOfFunction * Occurrences(text, "LaneMath."));
    }

    private static int Occurrences(string text, string part) => (text.Length - text.Replace(part, "").Length) / part.Length;

    private string Place(Operand operand)
    {
        if (operand.Value.Space != Space.Sample) return weight(operand.Value);
        Value storage = Storage(operand.Value);
        return storage == graph.Input && isReadInPlace ? "ref input" : $"ref Skip(ref scratch, RowScratch.{names[storage]})";
    }

    private Value Storage(Value value)
    {
        while (graph.Producer(value) is Reshape reshape) value = reshape.Inputs[0];
        return value;
    }
}
