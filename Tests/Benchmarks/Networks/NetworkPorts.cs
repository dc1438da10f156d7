namespace CompiledNets.Benchmarks.Networks;

/// <summary>An input of a network.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Features">Numbers of a sample.</param>
internal sealed record NetworkInput(string Name, int Features);

/// <summary>An output of a network.</summary>
/// <param name="From">The layer that gives it, without its ending.</param>
/// <param name="Size">Numbers of a sample.</param>
/// <param name="Ending">How it ends.</param>
internal sealed record NetworkOutput(string From, int Size, Ending Ending)
{
    /// <summary>Numbers of the target of a sample: as many as the output has, or the number of a class.</summary>
    public int TargetSize => Ending == Ending.Linear ? Size : 1;
}

/// <summary>How an output ends, and with it what it is trained for.</summary>
internal enum Ending
{
    /// <summary>No activation; the mean squared error.</summary>
    Linear,

    /// <summary>A sigmoid; binary crossentropy.</summary>
    Sigmoid,

    /// <summary>A softmax; crossentropy with class numbers.</summary>
    Softmax,
}
