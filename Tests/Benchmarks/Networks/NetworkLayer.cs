namespace CompiledNets.Benchmarks.Networks;

/// <summary>A layer, with the name of ours: what it gives goes by that name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="From">The inputs and layers whose values it takes.</param>
internal abstract record NetworkLayer(string Name, params string[] From)
{
    /// <summary>Multiply-adds of a sample.</summary>
    public virtual double Work => 0;

    /// <summary>Those of the gradient of what it takes, which the first layer leaves out.</summary>
    public virtual double InputGradientWork => Work;
}

/// <summary>A layer with a kernel and a bias, with a ReLU or nothing behind it.</summary>
internal abstract record WeightedLayer(string Name, string Source, bool HasRelu) : NetworkLayer(Name, Source);

/// <summary>A dense layer, of one row or at each of several.</summary>
internal sealed record DenseLayer(string Name, string Source, int Inputs, int Units, bool HasRelu = true, int Rows = 1)
    : WeightedLayer(Name, Source, HasRelu)
{
    public override double Work => (double)Rows * Inputs * Units;

    /// <summary>The image that was made flat before it, of rows, columns and channels; null where there is none.</summary>
    public ImageSize? Flattened { get; init; }
}

/// <summary>A convolution.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">What it takes.</param>
/// <param name="Image">The image that it takes.</param>
/// <param name="Filters">Filters.</param>
/// <param name="Kernel">Rows and columns of the kernel.</param>
/// <param name="IsSame">Whether the result is as large as the image, where strides are 1.</param>
internal sealed record ConvLayer(string Name, string Source, ImageSize Image, int Filters, int Kernel, bool IsSame)
    : WeightedLayer(Name, Source, HasRelu: true)
{
    private (int Before, int After)? border;

    /// <summary>Rows and columns from one result to the next.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Groups of channels with filters of their own.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Places of zeros before the first row and column, and after the last.</summary>
    public (int Before, int After) Border
    {
        get => border ?? (IsSame ? (Kernel / 2, Kernel / 2) : (0, 0));
        init => border = value;
    }

    /// <summary>The image that it gives.</summary>
    public ImageSize Result => new(Along(Image.Rows), Along(Image.Columns), Filters);

    // The border counts as if it were inside.
    public override double Work => (double)Result.Rows * Result.Columns * Filters * Kernel * Kernel * (Image.Channels / Groups);

    private int Along(int places) => ((places + Border.Before + Border.After - Kernel) / Stride) + 1;
}

/// <summary>Channels of an image brought to mean 0 and variance 1 by the moving moments, then scaled and shifted.</summary>
internal sealed record BatchNormalizationLayer(string Name, string Source, float Epsilon) : NetworkLayer(Name, Source);

/// <summary>Numbers below 0, and above the most where there is one, are cut off.</summary>
internal sealed record ReluLayer(string Name, string Source, float Most = float.PositiveInfinity) : NetworkLayer(Name, Source);

/// <summary>Rows, columns and channels of an image.</summary>
internal sealed record ImageSize(int Rows, int Columns, int Channels);

/// <summary>The numbers of a sample as an image.</summary>
internal sealed record ImageLayer(string Name, string Source, ImageSize Image) : NetworkLayer(Name, Source);

/// <summary>The largest of each 2x2 places, or of others.</summary>
internal sealed record PoolLayer(string Name, string Source, int Size = 2, int Border = 0) : NetworkLayer(Name, Source);

/// <summary>An image as numbers of a sample.</summary>
internal sealed record FlattenLayer(string Name, string Source) : NetworkLayer(Name, Source);

/// <summary>The numbers of an input as rows.</summary>
internal sealed record RowsLayer(string Name, string Source, int Rows, int Features) : NetworkLayer(Name, Source);

/// <summary>An LSTM or a GRU with Keras's defaults over rows, of which the last result is taken.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">What it takes.</param>
/// <param name="Rows">Steps.</param>
/// <param name="Features">Features of a step.</param>
/// <param name="Units">Units.</param>
/// <param name="Gates">4 for an LSTM, 3 for a GRU.</param>
internal sealed record RecurrentLayer(string Name, string Source, int Rows, int Features, int Units, int Gates)
    : NetworkLayer(Name, Source)
{
    /// <summary>Whether it begins with the states that the call before it left.</summary>
    public bool IsStateful { get; init; }

    public override double Work => (double)Rows * Gates * Units * (Features + Units);

    public override double InputGradientWork => (double)Rows * Gates * Units * Features;
}

/// <summary>Rows that attend to each other with several heads.</summary>
internal sealed record AttentionLayer(string Name, string Source, int Rows, int Features, int Heads) : NetworkLayer(Name, Source)
{
    // Four projections; scores, and the means that they weight.
    public override double Work => (4.0 * Rows * Features * Features) + (2.0 * Rows * Rows * Features);

    public override double InputGradientWork => 3.0 * Rows * Features * Features;
}

/// <summary>Features of a row brought to mean 0 and variance 1, then scaled and shifted.</summary>
internal sealed record NormalizationLayer(string Name, string Source, int Features) : NetworkLayer(Name, Source);

/// <summary>The mean of all places of an image.</summary>
internal sealed record ImageMeanLayer(string Name, string Source) : NetworkLayer(Name, Source);

/// <summary>The mean of all rows.</summary>
internal sealed record MeanLayer(string Name, string Source) : NetworkLayer(Name, Source);

/// <summary>Two values side by side.</summary>
internal sealed record ConcatenateLayer(string Name, string First, string Second) : NetworkLayer(Name, First, Second);

/// <summary>The sum of two values.</summary>
internal sealed record AddLayer(string Name, string First, string Second) : NetworkLayer(Name, First, Second);
