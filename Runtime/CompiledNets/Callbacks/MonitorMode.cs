namespace CompiledNets;

/// <summary>Which way a figure that a callback watches gets better (Keras's <c>mode</c>).</summary>
public enum MonitorMode
{
    /// <summary>The metric knows: errors and losses downwards, accuracies upwards.</summary>
    Auto,

    /// <summary>Smaller is better.</summary>
    Min,

    /// <summary>Larger is better.</summary>
    Max,
}
