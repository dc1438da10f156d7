namespace CompiledNets;

/// <summary>What training prints; the numbers are Keras's.</summary>
public enum Verbose
{
    /// <summary>Nothing.</summary>
    Silent = 0,

    /// <summary>A progress bar that moves.</summary>
    Bar = 1,

    /// <summary>One line an epoch.</summary>
    Line = 2,
}
