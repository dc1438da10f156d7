namespace CompiledNets.Plots;

/// <summary>The way a network's picture goes (Keras's <c>rankdir</c>).</summary>
public enum PlotDirection
{
    /// <summary>From top to bottom: Keras's <c>"TB"</c>.</summary>
    TopToBottom,

    /// <summary>From left to right: Keras's <c>"LR"</c>.</summary>
    LeftToRight,
}
