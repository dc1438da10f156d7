namespace CompiledNets.Benchmarks.Networks;

/// <summary>A layer, with the name of ours: what it gives goes by that name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="From">The inputs and layers whose values it takes.</param>
internal abstract record NetworkLayer(string Name, params string[] From);

/// <summary>A dense layer, with a ReLU or nothing behind it.</summary>
internal sealed record DenseLayer(string Name, string Source, int Inputs, int Units, bool HasRelu = true) : NetworkLayer(Name, Source)
{
    /// <summary>Multiply-adds of a sample.</summary>
    public double Work => (double)Inputs * Units;
}

/// <summary>Two values side by side.</summary>
internal sealed record ConcatenateLayer(string Name, string First, string Second) : NetworkLayer(Name, First, Second);

/// <summary>The sum of two values.</summary>
internal sealed record AddLayer(string Name, string First, string Second) : NetworkLayer(Name, First, Second);
