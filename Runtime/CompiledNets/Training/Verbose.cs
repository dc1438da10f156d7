namespace CompiledNets;

/// <summary>What training prints; the numbers are Keras's.</summary>
public enum Verbose
{
    /// <summary>Nothing.</summary>
    Silent = 0,

    /// <summary>A progress bar that moves; where standard output is no terminal, as <see cref="Line"/>.</summary>
    Bar = 1,

    /// <summary>One line an epoch.</summary>
    Line = 2,
}
