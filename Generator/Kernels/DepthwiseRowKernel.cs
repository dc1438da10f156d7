using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// A depthwise convolution of a single image, one filter a channel: channels lie side by side in the image, in the weights and in the
/// result, so that vectors run over them; some places side by side share each weight that is read.
/// </summary>
internal static class DepthwiseRowKernel
{
    /// <summary>Sums that are in flight: images of most networks have multiples of seven columns.</summary>
    private const int PlacesAtOnce = 7;

    /// <summary>Products from which on threads share a layer: they take some microseconds, handing over one.</summary>
    private const int SharedProducts = 1 << 18;

    /// <summary>Whether channels fill vectors of every width.</summary>
    public static bool Suits(Convolution op) => op.Window.Groups > 1 && op.Window.Groups == op.X.Shape.Last
        && op.Window.Groups == op.Output.Shape.Last && op.Window.Groups % RowKernel.MostFeaturesInVector == 0;

    /// <summary>Whether threads share a layer: its rows, or its channels where those are few.</summary>
    public static bool IsShared(Convolution op) => (long)op.Weights.Shape.Size * op.Window.Positions >= SharedProducts;

    public static Kernel Make(Convolution op)
    {
        Window window = op.Window;
        int channels = op.Output.Shape.Last, inner = window.Axes.Count - 1;
        bool hasBias = ConvolutionRowKernel.HasBias(op);
        Operand w = op.Packing is null ? new("w", op.Weights) : Operand.Packed("w", op.Packing);
        string sum = (hasBias ? "b[c] + " : "") + "Σ w[t, c] x[o + t, c]" + (op.Beside is null ? "" : " + z[o, c]");
        string formula = $"y[o, c] = {op.Epilogue?.Format([sum]) ?? sum}";
        return new("row", op.Layer,
            $"{formula} for {channels} channels, each with a filter of {ConvolutionText.Of(window with { Groups = 1 })}, one sample.",
            [new("x", op.X), w, new("y", op.Output), .. op.Beside is null ? Array.Empty<Operand>() : [new("z", op.Beside)]],
            IsShared(op) ? [new("int part", "part"), new("int parts", "parts")] : [],
            (writer, name) =>
            {
                WindowRuns runs = new(writer, window, channels, channels, size: "");
                string bounds = $"int n = 0; n < {Int(channels)}";
                bool sharesRows = IsShared(op) && ConvolutionRowKernel.GoesByRows(op);
                if (IsShared(op) && !sharesRows)
                {
                    writer.Line($"int vectors = {Int(channels)} / T.Count, end = vectors * (part + 1) / parts * T.Count;");
                    bounds = "int n = vectors * part / parts * T.Count; n < end";
                }

                // Numbers of a place lie side by side: all channels of some places before the next ones.
                string channelLoop = $"for ({bounds}; n += T.Count)";
                if (sharesRows) runs.OpenShareOfRows();
                for (int axis = sharesRows ? 1 : 0; axis < inner; axis++) runs.OpenPosition(axis);
                PlaceLoops places = PlaceLoops.OfPositions(window.Axes[inner], $"o{Int(inner)}");
                int atOnce = Math.Min(places.Inside, PlacesAtOnce);
                if (atOnce > 0)
                {
                    int opened = places.OpenInside(writer, name, atOnce);
                    Call(isClipped: false, atOnce);
                    for (; opened > 0; opened--) writer.Close();
                }

                if (places.HasBorder)
                {
                    places.OpenBorder(writer);
                    Call(window.Axes[inner].IsClipped, 1);
                    writer.Close();
                }

                for (int open = inner; open > 0; open--) writer.Close();

                void Call(bool isClipped, int count)
                {
                    runs.At(inner, isClipped);
                    writer.Open(channelLoop);
                    writer.Line($"int from = {ConvolutionKernel.Terms(runs.Place(), "n")}, weight = " +
                        $"{ConvolutionKernel.Terms(runs.Weight(channels), "n")}, to = {ConvolutionKernel.Terms(runs.Position(), "n")};");
                    IReadOnlyList<(string, string, string)> levels = runs.Levels(channels);
                    string bias = !hasBias ? "" : $"ref Skip(ref w, {Int(window.Taps * channels)} + n), ";
                    string apart = count == 1 ? "" : $", {Int(window.Axes[inner].Stride * channels)}, {Int(channels)}";
                    writer.Line($"{name(Tile(op, hasBias, count, levels.Count, formula))}(ref Skip(ref x, from), " +
                        $"ref Skip(ref w, weight), {bias}ref Skip(ref y, to){(op.Beside is null ? "" : ", ref Skip(ref z, to)")}" +
                        $"{apart}{RunNest.Arguments(levels)});");
                    writer.Close();
                    runs.Leave();
                }
            });
    }

    private static Leaf Tile(Convolution op, bool hasBias, int places, int levels, string formula) => new(
        $"RowDepthwise{Int(places)}",
        $"{formula} at {(places == 1 ? "one position" : $"{Int(places)} positions")}, for a vector of channels.",
        $"ref float x, ref float w, {(hasBias ? "ref float bias, " : "")}ref float y{(op.Beside is null ? "" : ", ref float z")}" +
        (places == 1 ? "" : ", int xApart, int yApart") + RunNest.Parameters(levels, "x", "w"),
        writer =>
        {
            string[] sums = [.. Enumerable.Range(0, places).Select(place => "a" + Int(place))];
            string start = hasBias ? "T.Load(ref bias, 0)" : "T.Zero";
            writer.Line(op.Beside is null
                ? $"T {string.Join(", ", sums.Select((sum, place) => $"{sum} = {(place == 0 ? start : sums[0])}"))};"
                : $"T start = {start}, " +
                    $"{string.Join(", ", sums.Select((sum, place) => $"{sum} = start + T.Load(ref z, {Apart("y", place)})"))};");
            RunNest.Write(writer, levels, "x", "w", (x, w) =>
            {
                writer.Line($"T weight = T.Load(ref {w}, 0);");
                for (int place = 0; place < places; place++)
                    writer.Line($"{sums[place]} = T.Fma(weight, T.Load(ref {x}, {Apart("x", place)}), {sums[place]});");
            });
            for (int place = 0; place < places; place++)
            {
                string value = op.Epilogue is null ? sums[place] : new Expression(writer, _ => sums[place]).Write(op.Epilogue);
                writer.Line($"{Expression.Receiver(value)}.Store(ref y, {Apart("y", place)});");
            }
        });

    private static string Apart(string name, int place) =>
        place == 0 ? "0" : place == 1 ? $"{name}Apart" : $"{Int(place)} * {name}Apart";
}
