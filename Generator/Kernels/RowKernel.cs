using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// Inference of a single sample: the lanes are turned, vectors run over features. Weights are the same; reading them bounds the speed. A
/// vector behind the last feature writes nonsense into the room that every value has behind its end.
/// </summary>
internal static class RowKernel
{
    /// <summary>Floats that a value needs behind its end: the most vectors a tile writes, of the widest lanes.</summary>
    public const int Reach = MostVectors * 16;

    /// <summary>Vectors of a tile, and at most where they reach no farther: their sums fit into 16 registers.</summary>
    private const int MostVectors = 8, WidestVectors = 12;

    /// <summary>Features that one vector of the widest lanes holds.</summary>
    public const int MostFeaturesInVector = 16;

    /// <summary>
    /// Weights, in floats, from which on several threads share a layer: reading them takes some microseconds then, handing over one.
    /// </summary>
    private const int SharedWeights = 1 << 16;

    /// <summary>Whether threads share a layer of one sample.</summary>
    public static bool IsShared(Op op) => op switch
    {
        Contraction c when ConvolutionRowKernel.OverPositions(c) is { } places => ConvolutionRowKernel.IsShared(places),
        Contraction c => ReadsSingly(c) && c.X.Shape.Positions == 1 && (long)c.X.Shape.Last * c.Output.Shape.Last >= SharedWeights,
        Convolution c => DepthwiseRowKernel.Suits(c) ? DepthwiseRowKernel.IsShared(c) : ConvolutionRowKernel.IsShared(c),
        _ => false,
    };

    /// <summary>Whether an op reads the numbers of its input one by one.</summary>
    public static bool ReadsSingly(Op op) =>
        op is Convolution window ? !DepthwiseRowKernel.Suits(window) : op is Contraction c && c.Output.Shape.Last > 1;

    /// <summary>How many features the vectors of an op run over.</summary>
    public static int Features(Op op) => op switch
    {
        Contraction c => ReadsSingly(c) ? c.Output.Shape.Last : c.X.Shape.Last,
        Convolution c => DepthwiseRowKernel.Suits(c) ? c.Output.Shape.Last : c.Output.Shape.Last / c.Window.Groups,
        ConvolutionTranspose c => c.X.Shape.Last,
        Rowwise r => r.Layout.Inner > 1 ? r.Layout.Inner : r.Layout.Count,
        Pool p => p.Output.Shape.Last,
        Reduce r => ProductRowKernel.Columns(r) ?? r.Elements.Size,
        _ => op.Output.Shape.Size,
    };

    /// <summary>Sums that are in flight at once: a fused multiply-add takes 4 cycles and two start in each.</summary>
    private const int Chains = 8;

    /// <summary>Inputs from which on a layer with one output has several sums in flight.</summary>
    private const int LongProduct = 128;

    public static Kernel Contraction(Contraction op)
    {
        if (!ReadsSingly(op)) return Product(op);
        int inputs = op.X.Shape.Last, outputs = op.Output.Shape.Last, positions = op.X.Shape.Positions;
        int vectors = VectorsOf(outputs);
        bool hasBias = op.Bias is not null;
        string sum = (hasBias ? "b[n] + " : "") + "Σ w[k, n] x[k]", formula = $"y[n] = {op.Epilogue?.Format([sum, "z[n]"]) ?? sum}";
        bool hasBeside = op.Beside is not null;
        return new("row", op.Layer, $"{formula} for {outputs} outputs from {inputs} inputs, one sample.",
            [new("x", op.X), new("w", op.Weights), new("y", op.Output), .. hasBeside ? [new("z", op.Beside!)] : Array.Empty<Operand>()],
            IsShared(op) ? [new("int part", "part"), new("int parts", "parts")] : [],
            (writer, name) =>
            {
                if (positions > 1) writer.Open($"for (int p = 0; p < {Int(positions)}; p++)");
                string x = positions > 1 ? $"ref Skip(ref x, p * {Int(inputs)})" : "ref x", y = positions > 1
                    ? $"ref Skip(ref y, (p * {Int(outputs)}) + n)" : "ref Skip(ref y, n)";
                string z = y.Replace("ref y", "ref z");
                string width = $"{(vectors > 1 ? Int(vectors) + " * " : "")}T.Count", bounds = $"int n = 0; n < {Int(outputs)}";
                if (IsShared(op))
                {
                    writer.Line($"const int outputs = {Int(outputs)};");
                    writer.Line($"int tiles = (outputs + ({width}) - 1) / ({width}), end = tiles * (part + 1) / parts * ({width});");
                    bounds = $"int n = tiles * part / parts * ({width}); n < end";
                }

                string loop = $"for ({bounds}; n += {width})";
                if (vectors > 1)
                {
                    int chains = Math.Max(1, Chains / vectors);
                    writer.Line($"{loop} {name(WideTile(vectors, chains, hasBias, op.Epilogue, hasBeside, formula))}({x}, ref " +
                        $"Skip(ref w, n), {y}, {(hasBeside ? z + ", " : "")}{Int(inputs)}, {Int(outputs)});");
                }
                else
                {
                    writer.Open(loop);
                    writer.Line($"ref float from = {x}, weights = ref Skip(ref w, n), to = {y}{(hasBeside ? $", beside = {z}" : "")};");
                    NarrowTile(writer, op, inputs, outputs);
                    writer.Close();
                }

                if (positions > 1) writer.Close();
            });
    }

    // Vectors of a tile. Many outputs have the one that eight lanes cover with the least beyond the end: of those that cover as well the
    // widest, which goes over the weights in longer runs.
    private static int VectorsOf(int outputs)
    {
        int all = (outputs + MostFeaturesInVector - 1) / MostFeaturesInVector;
        if (all <= MostVectors) return all;
        return Enumerable.Range(MostVectors, WidestVectors - MostVectors + 1).Where(ReachesNoFarther).OrderBy(Covered)
            .ThenByDescending(vectors => vectors).First();

        bool ReachesNoFarther(int vectors) => new[] { 4, 8, 16 }.All(lanes => Beyond(vectors * lanes) <= Reach);
        int Beyond(int width) => ((outputs + width - 1) / width * width) - outputs;
        int Covered(int vectors) => Beyond(vectors * 8);
    }

    // One vector of outputs: as many chains of sums as hide the time of an addition, and nothing to compute but them.
    private static void NarrowTile(CodeWriter writer, Contraction op, int inputs, int outputs)
    {
        int chains = Math.Min(inputs, Chains), rounds = inputs / chains;
        writer.Line($"T {string.Join(", ", Enumerable.Range(0, chains).Select(c => $"{Sum(c, 0)} = {(c == 0 && op.Bias is not null ? $"T.Load(ref weights, {Int(inputs * outputs)})" : "T.Zero")}"))};");
        if (rounds > 1) writer.Open($"for (int round = 0; round < {Int(rounds)}; round++)");
        Steps(chains);
        writer.Line($"from = ref Skip(ref from, {Int(chains)});").Line($"weights = ref Skip(ref weights, {Int(chains * outputs)});");
        if (rounds > 1) writer.Close();
        Steps(inputs % chains);
        string value = op.Epilogue is null ? Total(chains, 0)
            : new Expression(writer, i => i == 0 ? Total(chains, 0) : "T.Load(ref beside, 0)").Write(op.Epilogue);
        writer.Line($"{Expression.Receiver(value)}.Store(ref to, 0);");

        void Steps(int count)
        {
            for (int c = 0; c < count; c++)
                writer.Line($"{Sum(c, 0)} = T.FmaFrom(ref from, {Int(c)}, ref weights, {Int(c * outputs)}, {Sum(c, 0)});");
        }
    }

    private static Leaf WideTile(int vectors, int chains, bool hasBias, Scalar? epilogue, bool hasBeside, string formula) => new(
        $"Row{vectors}", $"{formula} for {vectors} vectors of outputs.",
            $"ref float x, ref float w, ref float y, {(hasBeside ? "ref float z, " : "")}int inputs, int outputs",
        writer =>
        {
            if (hasBias) writer.Line("int bias = inputs * outputs;");
            for (int c = 0; c < chains; c++)
                writer.Line($"T {string.Join(", ", Enumerable.Range(0, vectors).Select(v => $"{Sum(c, v)} = {(c == 0 && hasBias ? $"T.Load(ref w, bias{Vector(v)})" : "T.Zero")}"))};");
            writer.Line("int k = 0, weight = 0;");
            if (chains > 1)
            {
                writer.Open($"for (; k <= inputs - {Int(chains)}; k += {Int(chains)})");
                for (int c = 0; c < chains; c++) Step(writer, c, vectors, c == 0 ? "k" : "k + " + Int(c));
                writer.Close();
            }

            if (chains > 2)
            {
                writer.Open("for (; k <= inputs - 2; k += 2)");
                for (int c = 0; c < 2; c++) Step(writer, c, vectors, c == 0 ? "k" : "k + 1");
                writer.Close();
            }

            writer.Open(chains > 1 ? "if (k < inputs)" : "for (; k < inputs; k++)");
            Step(writer, chains > 2 ? 2 : 0, vectors, "k");
            writer.Close();
            for (int v = 0; v < vectors; v++)
            {
                string total = Total(chains, v);
                string at = v == 0 ? "0" : Vector(v).Substring(3);
                string value = epilogue is null ? total : new Expression(writer, i => i == 0 ? total : $"T.Load(ref z, {at})")
                    .Write(epilogue);
                writer.Line($"{Expression.Receiver(value)}.Store(ref y, {at});");
            }
        });

    // A layer with one output: vectors over its inputs, whose weights lie side by side.
    private static Kernel Product(Contraction op)
    {
        int inputs = op.X.Shape.Last, positions = op.X.Shape.Positions;
        string sum = (op.Bias is null ? "" : "b + ") + "Σ w[k] x[k]";
        return new("row", op.Layer, $"y = {op.Epilogue?.Format([sum, "z"]) ?? sum} for one output from {inputs} inputs, one sample.",
            [new("x", op.X), new("w", op.Weights), new("y", op.Output), .. op.Beside is null ? Array.Empty<Operand>()
                : [new("z", op.Beside)]], [],
            writer =>
            {
                string start = positions > 1 ? $"(p * {Int(inputs)}) + " : "";
                if (positions > 1) writer.Open($"for (int p = 0; p < {Int(positions)}; p++)");
                string[] sums = [.. Enumerable.Range(0, inputs < LongProduct ? 1 : Chains / 2).Select(c => Sum(c, 0))];
                writer.Line($"T {string.Join(", ", sums.Select(name => $"{name} = T.Zero"))};").Line("int k = 0;");
                if (sums.Length > 1)
                {
                    writer.Open($"for (; k <= {Int(inputs)} - ({Int(sums.Length)} * T.Count); k += {Int(sums.Length)} * T.Count)");
                    for (int c = 0; c < sums.Length; c++)
                        writer.Line($"{sums[c]} = T.Fma(T.Load(ref x, {start}k{Vector(c)}), T.Load(ref w, k{Vector(c)}), {sums[c]});");
                    writer.Close();
                }

                writer.Line($"for (; k <= {Int(inputs)} - T.Count; k += T.Count) a0 = T.Fma(T.Load(ref x, {start}k), T.Load(ref w, k), a0);");
                writer.Line($"if (k < {Int(inputs)}) a0 += T.SelectGreater(T.Splat({Int(inputs)} - k), T.Indices, T.Load(ref x, " +
                    $"{start}k) * T.Load(ref w, k), T.Zero);");
                writer.Line($"T sum = T.Splat(T.Sum({Total(sums.Length, 0)}){(op.Bias is null ? "" : $" + Unsafe.Add(ref w, {Int(inputs)})")});");
                string value = op.Epilogue is null ? "sum"
                    : new Expression(writer, i => i == 0 ? "sum" : $"T.Broadcast(ref z, {(positions > 1 ? "p" : "0")})").Write(op.Epilogue);
                writer.Line($"{Expression.Receiver(value)}.Store(ref y, {(positions > 1 ? "p" : "0")});");
                if (positions > 1) writer.Close();
            });
    }

    public static Kernel Rowwise(Rowwise op)
    {
        int classes = op.Layout.Count, outer = op.Layout.Outer, inner = op.Layout.Inner,
            results = op.Output.Shape.Size / op.Layout.Positions;
        return new("row", op.Layer,
            $"y = {op.Kind}(x) of {classes} " +
            $"values{(op.Layout.Positions > 1 ? $", at each of {Int(op.Layout.Positions)} positions" : "")}, one sample.",
            [new("x", op.Inputs[0]), new("y", op.Output)], [],
            writer =>
            {
                if (outer > 1) writer.Open($"for (int p = 0; p < {Int(outer)}; p++)");
                if (inner > 1)
                {
                    // Vectors run over the inner axes, from the last one to the first: what one writes too far is written again.
                    writer.Open($"for (int i = ({Int(inner - 1)} / T.Count) * T.Count; i >= 0; i -= T.Count)");
                    writer.Line($"int at = {(outer > 1 ? $"(p * {Int(classes * inner)}) + " : "")}i;");
                    SoftmaxAcross(writer, classes, inner, op.Kind == RowwiseKind.LogSoftmax);
                    writer.Close();
                }
                else
                {
                    writer.Line(outer > 1 ? $"int x0 = p * {Int(classes)}, y0 = p * {Int(results)};" : "const int x0 = 0, y0 = 0;");
                    Row(writer, op.Kind, classes, results);
                }

                if (outer > 1) writer.Close();
            });
    }

    private static void Row(CodeWriter writer, RowwiseKind kind, int classes, int results)
    {
        switch (kind)
        {
            case RowwiseKind.Glu:
                writer.Line($"for (int c = 0; c < {Int(results)}; c += T.Count) (T.Load(ref x, x0 + c) * LaneMath.Sigmoid(T.Load(ref x, " +
                    $"x0 + c + {Int(results)}))).Store(ref y, y0 + c);");
                break;
            case RowwiseKind.Sparsemax:
                Sparsemax(writer, classes);
                break;
            default:
                Softmax(writer, classes, kind == RowwiseKind.LogSoftmax);
                break;
        }
    }

    private static void SoftmaxAcross(CodeWriter writer, int classes, int inner, bool log)
    {
        string loop = $"for (int c = 0; c < {Int(classes)}; c++)", place = $"at + (c * {Int(inner)})";
        writer.Line("T max = T.Load(ref x, at), sum = T.Zero;");
        writer.Line($"for (int c = 1; c < {Int(classes)}; c++) max = T.Max(max, T.Load(ref x, {place}));");
        if (log)
        {
            writer.Line($"{loop} sum += LaneMath.Exp(T.Load(ref x, {place}) - max);");
            writer.Line("T log = LaneMath.Log(sum);");
            writer.Line($"{loop} (T.Load(ref x, {place}) - max - log).Store(ref y, {place});");
        }
        else if (inner < MostFeaturesInVector)
        {
            // A vector may be longer than the inner axes: what it writes too far would be read as the next class.
            writer.Line($"{loop} sum += LaneMath.Exp(T.Load(ref x, {place}) - max);");
            writer.Line($"{loop} (LaneMath.Exp(T.Load(ref x, {place}) - max) / sum).Store(ref y, {place});");
        }
        else
        {
            writer.Open(loop);
            writer.Line($"T e = LaneMath.Exp(T.Load(ref x, {place}) - max);").Line($"e.Store(ref y, {place});").Line("sum += e;");
            writer.Close();
            writer.Line($"{loop} (T.Load(ref y, {place}) / sum).Store(ref y, {place});");
        }
    }

    private static void Softmax(CodeWriter writer, int classes, bool log)
    {
        string loop = $"for (int c = 0; c < {Int(classes)}; c += T.Count)";
        writer.Line("T lowest = T.Splat(float.NegativeInfinity), maxima = lowest, sums = T.Zero;");
        writer.Line($"{loop} maxima = T.Max(maxima, T.SelectGreater(T.Splat({Int(classes)} - c), T.Indices, T.Load(ref x, x0 + c), " +
            $"lowest));");
        writer.Line("T max = T.Splat(T.MaxAcross(maxima));");
        writer.Open(loop);
        writer.Line("T shifted = T.Load(ref x, x0 + c) - max;");
        writer.Line($"T e = T.SelectGreater(T.Splat({Int(classes)} - c), T.Indices, LaneMath.Exp(shifted), T.Zero);");
        writer.Line($"{(log ? "shifted" : "e")}.Store(ref y, y0 + c);");
        writer.Line("sums += e;");
        writer.Close();
        writer.Line(log ? "T log = LaneMath.Log(T.Splat(T.Sum(sums)));" : "T sum = T.Splat(T.Sum(sums));");
        writer.Line($"{loop} (T.Load(ref y, y0 + c) {(log ? "- log" : "/ sum")}).Store(ref y, y0 + c);");
    }

    private static void Sparsemax(CodeWriter writer, int classes)
    {
        writer.Line("float total = 0f, support = 0f;");
        writer.Open($"for (int c = 0; c < {Int(classes)}; c++)");
        writer.Line("float value = Unsafe.Add(ref x, x0 + c), rank = 0f, cumulative = 0f;");
        writer.Open($"for (int j = 0; j < {Int(classes)}; j++)");
        writer.Line("float other = Unsafe.Add(ref x, x0 + j);");
        writer.Line("if (other < value || (other == value && j > c)) continue;");
        writer.Line("rank += 1f;");
        writer.Line("cumulative += other;");
        writer.Close();
        writer.Line("if (1f + (rank * value) <= cumulative) continue;");
        writer.Line("support += 1f;");
        writer.Line("total += cumulative;");
        writer.Close();
        writer.Line("T threshold = T.Splat((total - 1f) / support);");
        writer.Line($"for (int c = 0; c < {Int(classes)}; c += T.Count) T.Max(T.Zero, T.Load(ref x, x0 + c) - threshold).Store(ref y, " +
            $"y0 + c);");
    }

    private static void Step(CodeWriter writer, int chain, int vectors, string element)
    {
        writer.Line($"T x{chain} = T.Broadcast(ref x, {element});");
        writer.Line(string.Join(" ", Enumerable.Range(0, vectors)
            .Select(v => $"{Sum(chain, v)} = T.Fma(x{chain}, T.Load(ref w, weight{Vector(v)}), {Sum(chain, v)});")));
        writer.Line("weight += outputs;");
    }

    private static string Total(int chains, int vector)
    {
        string[] parts = [.. Enumerable.Range(0, chains).Select(c => Sum(c, vector))];
        while (parts.Length > 1)
            parts = [.. Enumerable.Range(0, (parts.Length + 1) / 2)
                .Select(i => (2 * i) + 1 < parts.Length ? $"({parts[2 * i]} + {parts[(2 * i) + 1]})" : parts[2 * i])];
        return parts[0];
    }

    private static string Sum(int chain, int vector) => $"{(char)('a' + vector)}{Int(chain)}";

    private static string Vector(int vector) => vector == 0 ? "" : vector == 1 ? " + T.Count" : $" + ({Int(vector)} * T.Count)";
}
