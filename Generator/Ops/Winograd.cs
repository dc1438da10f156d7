namespace CompiledNets.Generator.Ops;

/// <summary>
/// How a convolution of 3x3 is worked by Winograd's F(2x2, 3x3): a tile of 2x2 results takes 16 products of a channel where it takes 36
/// directly. What a tile reads, 4x4 places, and the kernel are transformed; the products of the channels are sums as in a dense layer; the
/// 16 sums are transformed back (Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, 2015).
/// </summary>
/// <param name="Rows">Rows of what is read.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Inputs">Its channels.</param>
/// <param name="ResultRows">Rows of the result.</param>
/// <param name="ResultColumns">Its columns.</param>
/// <param name="Outputs">Its channels.</param>
/// <param name="Above">Rows by which the first tile lies above what is read.</param>
/// <param name="Left">Columns by which it lies left of it.</param>
internal sealed record Winograd(
    int Rows, int Columns, int Inputs, int ResultRows, int ResultColumns, int Outputs, int Above, int Left)
{
    /// <summary>Places that a tile reads, and products of a channel.</summary>
    public const int Products = 16;

    /// <summary>Results of a register tile at places side by side: twelve sums, three values and a weight fill 16 registers.</summary>
    public const int TileOutputs = 4, TilePlaces = 3;

    /// <summary>
    /// Channels from which on both transforms cost less than they save, and the most weights: with those of 256 channels over 256 the
    /// transformed ones are 4 MB, which the third-level cache has to give again and again.
    /// </summary>
    private const int LeastChannels = 32, MostWeights = 1 << 16;

    /// <summary>Results worked at once: their sums wait in the cache for the other fifteen.</summary>
    private const int MostTogether = 32;

    /// <summary>Features of transformed values, 16 for each channel and tile, that stay in a second-level cache of 512 KB.</summary>
    private const int MostValues = 6144;

    /// <summary>Filters that the weight gradient takes by the vector, and most of them and of channels whose sums it makes at once.</summary>
    private const int GradientFilters = 16, MostGradientFilters = 64, MostGradientChannels = 64;

    /// <summary>Tiles at the border make results that nobody reads: at most a third beside those of the image.</summary>
    private const double MostWaste = 4 / 3.0;

    public int TilesAcross => (ResultColumns + 1) / 2;

    public int Tiles => (ResultRows + 1) / 2 * TilesAcross;

    /// <summary>Tiles that are transformed at once.</summary>
    public int TilesTogether => 2 * TilePlaces * Inputs * Products <= MostValues && Rounded(2 * TilePlaces) == Rounded(TilePlaces)
        ? 2 * TilePlaces : TilePlaces;

    /// <summary>Results whose sums are worked at once.</summary>
    public int OutputsTogether
    {
        get
        {
            int together = Math.Min(MostTogether, Outputs);
            while (Outputs % together > 0) together -= TileOutputs;
            return together;
        }
    }

    /// <summary>Channels of a range whose weight gradients are made at once.</summary>
    public int ChannelsTogether => Math.Min(MostGradientChannels, Inputs);

    /// <summary>Filters whose weight gradients are made at once.</summary>
    public int FiltersTogether
    {
        get
        {
            int together = Math.Min(MostGradientFilters, Outputs);
            while (Outputs % together > 0) together -= GradientFilters;
            return together;
        }
    }

    /// <summary>Tiles that are transformed at once for the weight gradient.</summary>
    public int GradientTiles
    {
        get
        {
            int most = MostValues / (Products * (ChannelsTogether + FiltersTogether)), turns = (Tiles + most - 1) / most;
            return (Tiles + turns - 1) / turns;
        }
    }

    /// <summary>Features of room: a place beyond the border, what tiles read and their sums.</summary>
    public int Room => Inputs + (Products * (Apart(TilesTogether * Inputs) + Apart(TilesTogether * OutputsTogether)));

    /// <summary>
    /// From the values of a product to those of the next. A transform reads or writes all sixteen at a time, which would meet in the same
    /// few lines of the first-level cache if they were some power of two apart.
    /// </summary>
    public static int Apart(int values) => values + 2;

    /// <summary>How the forward pass is worked; null where it is worked directly.</summary>
    public static Winograd? Of(Convolution op) =>
        op.Weights.Space == Space.Weight ? Of(op.Window, op.X.Shape, op.Output.Shape, axis => axis.Before) : null;

    /// <summary>How the input gradient is worked, a convolution with the turned kernel; null where it is worked directly.</summary>
    public static Winograd? Of(ConvolutionInputGradient op) => op.Weights.Space == Space.Weight
        ? Of(op.Window, op.Upstream.Shape, op.Output.Shape, axis => axis.Kernel - 1 - axis.Before) : null;

    /// <summary>
    /// How the weight gradient is worked: the products of what tiles read and of the gradients of their results, both transformed, are
    /// summed over tiles and samples, and 16 sums give the nine taps of a channel and a filter. Null where it is worked directly.
    /// </summary>
    public static Winograd? Of(ConvolutionWeightGradient op) => op.Upstream.Shape.Last % GradientFilters == 0
        ? Of(op.Window, op.X.Shape, op.Upstream.Shape, axis => axis.Before) : null;

    private static Winograd? Of(Window window, Shape read, Shape result, Func<WindowAxis, int> before)
    {
        if (window.Groups > 1 || window.Axes.Count != 2
            || window.Axes.Any(axis => axis is not { Kernel: 3, Stride: 1, Dilation: 1 })) return null;
        int inputs = read.Last, outputs = result.Last;
        if (Math.Min(inputs, outputs) < LeastChannels || inputs % TileOutputs > 0 || outputs % TileOutputs > 0
            || inputs * outputs > MostWeights) return null;
        var winograd = new Winograd(
            read.Axes[0], read.Axes[1], inputs, result.Axes[0], result.Axes[1], outputs, before(window.Axes[0]), before(window.Axes[1]));
        return 4 * winograd.Tiles <= MostWaste * winograd.ResultRows * winograd.ResultColumns ? winograd : null;
    }

    private int Rounded(int together) => (Tiles + together - 1) / together * together;
}
