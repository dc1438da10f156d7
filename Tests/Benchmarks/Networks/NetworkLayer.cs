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

/// <summary>A dense layer, with a ReLU or nothing behind it, of one row or at each of several.</summary>
internal sealed record DenseLayer(string Name, string Source, int Inputs, int Units, bool HasRelu = true, int Rows = 1)
    : NetworkLayer(Name, Source)
{
    public override double Work => (double)Rows * Inputs * Units;
}

/// <summary>The numbers of an input as rows.</summary>
internal sealed record RowsLayer(string Name, string Source, int Rows, int Features) : NetworkLayer(Name, Source);

/// <summary>Rows that attend to each other with several heads.</summary>
internal sealed record AttentionLayer(string Name, string Source, int Rows, int Features, int Heads) : NetworkLayer(Name, Source)
{
    // Four projections; scores, and the means that they weight.
    public override double Work => (4.0 * Rows * Features * Features) + (2.0 * Rows * Rows * Features);

    public override double InputGradientWork => 3.0 * Rows * Features * Features;
}

/// <summary>Features of a row brought to mean 0 and variance 1, then scaled and shifted.</summary>
internal sealed record NormalizationLayer(string Name, string Source, int Features) : NetworkLayer(Name, Source);

/// <summary>The mean of all rows.</summary>
internal sealed record MeanLayer(string Name, string Source) : NetworkLayer(Name, Source);

/// <summary>Two values side by side.</summary>
internal sealed record ConcatenateLayer(string Name, string First, string Second) : NetworkLayer(Name, First, Second);

/// <summary>The sum of two values.</summary>
internal sealed record AddLayer(string Name, string First, string Second) : NetworkLayer(Name, First, Second);
