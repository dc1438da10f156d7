using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// A convolution of a single sample: vectors run over filters, numbers of the image are broadcast. What a vector writes after the last
/// filter is written again by the next group or position.
/// </summary>
internal static class ConvolutionRowKernel
{
    private const int MostVectors = 4;

    /// <summary>Sums that are in flight at once: a fused multiply-add takes 4 cycles and two start in each.</summary>
    private const int Chains = 8;

    public static Kernel Make(Convolution op)
    {
        Window window = op.Window;
        int channels = op.X.Shape.Last, filters = op.Output.Shape.Last, ownChannels = channels / window.Groups,
            own = filters / window.Groups;
        int vectors = Math.Min(MostVectors, (own + RowKernel.MostFeaturesInVector - 1) / RowKernel.MostFeaturesInVector);
        bool hasBias = op.Bias is not null;
        string sum = (hasBias ? "b[n] + " : "") + "Σ w[t, c, n] x[o + t, c]", formula = $"y[o, n] = {op.Epilogue?.Format([sum]) ?? sum}";
        return new("row", op.Layer,
            $"{formula} for {filters} filters of {ConvolutionText.Of(window)} over {channels} channels, one sample.",
            [new("x", op.X), new("w", op.Weights), new("y", op.Output)], [],
            (writer, name) =>
            {
                WindowRuns runs = new(writer, window, channels, filters, size: "");
                for (int axis = 0; axis < window.Axes.Count; axis++) runs.OpenPosition(axis);
                if (window.Groups > 1) writer.Open($"for (int g = 0; g < {Int(window.Groups)}; g++)");
                string column = window.Groups > 1 ? $"g * {Int(own)}" : "0", channel = window.Groups > 1 ? $"g * {Int(ownChannels)}" : "0";
                writer.Line($"int from = {ConvolutionKernel.Terms(runs.Place(), channel)}, weight = " +
                    $"{ConvolutionKernel.Terms(runs.Weight(filters), column)}, to = {ConvolutionKernel.Terms(runs.Position(), column)};");
                string bias = hasBias
                    ? $"ref Skip(ref w, {ConvolutionKernel.Terms(Int(window.Taps * ownChannels * filters), column, "n")}), " : "";
                writer.Line($"for (int n = 0; n < {Int(own)}; n += {(vectors > 1 ? Int(vectors) + " * " : "")}T.Count) " +
                    $"{name(Tile(vectors, runs.Levels(filters).Count, hasBias, op.Epilogue, formula))}" +
                    $"(ref Skip(ref x, from), ref Skip(ref w, weight + n), {bias}ref Skip(ref y, to + n), {runs.Length}, " +
                        $"{Int(filters)}{RunNest.Arguments(runs.Levels(filters))});");
                for (int open = window.Axes.Count + (window.Groups > 1 ? 1 : 0); open > 0; open--) writer.Close();
            });
    }

    private static Leaf Tile(int vectors, int levels, bool hasBias, Scalar? epilogue, string formula) => new(
        $"RowConvolve{vectors}", $"{formula} at one position, for {(vectors == 1 ? "a vector" : $"{vectors} vectors")} of filters.",
        $"ref float x, ref float w, {(hasBias ? "ref float bias, " : "")}ref float y, int length, int " +
            $"filters{RunNest.Parameters(levels, "x", "w")}",
        writer =>
        {
            int chains = Chains / Math.Max(2, vectors);
            for (int c = 0; c < chains; c++)
                writer.Line($"T {string.Join(", ", Enumerable.Range(0, vectors).Select(v => $"{Sum(c, v)} = {(c == 0 && hasBias ? $"T.Load(ref bias, {Vector(v)})" : "T.Zero")}"))};");
            RunNest.Write(writer, levels, "x", "w", (x, w) =>
            {
                writer.Line("int k = 0;");
                writer.Line($"ref float weights = ref {w};");
                writer.Open($"for (; k <= length - {Int(chains)}; k += {Int(chains)})");
                for (int c = 0; c < chains; c++) Step(writer, c, vectors, x, c == 0 ? "k" : "k + " + Int(c));
                writer.Close();
                writer.Open("for (; k < length; k++)");
                Step(writer, 0, vectors, x, "k");
                writer.Close();
            });
            for (int v = 0; v < vectors; v++)
            {
                string total =
                    string.Join(" + ", Enumerable.Range(0, chains / 2).Select(c => $"({Sum(2 * c, v)} + {Sum((2 * c) + 1, v)})"));
                if (chains > 2) total = $"({total})";
                string value = epilogue is null ? total : new Expression(writer, _ => total).Write(epilogue);
                writer.Line($"{Expression.Receiver(value)}.Store(ref y, {Vector(v)});");
            }
        });

    private static void Step(CodeWriter writer, int chain, int vectors, string x, string element)
    {
        writer.Line($"T x{Int(chain)} = T.Broadcast(ref {x}, {element});");
        writer.Line(string.Join(" ", Enumerable.Range(0, vectors)
            .Select(v => $"{Sum(chain, v)} = T.Fma(x{Int(chain)}, T.Load(ref weights, {Vector(v)}), {Sum(chain, v)});")));
        writer.Line("weights = ref Skip(ref weights, filters);");
    }

    private static string Sum(int chain, int vector) => $"{(char)('a' + vector)}{Int(chain)}";

    private static string Vector(int vector) => vector == 0 ? "0" : vector == 1 ? "T.Count" : $"{Int(vector)} * T.Count";
}
