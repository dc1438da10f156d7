namespace CompiledNets;

/// <summary>Which way a metric gets better, for callbacks that compare epochs by themselves (Keras's <c>mode="auto"</c>).</summary>
public enum MetricDirection
{
    /// <summary>Not known: the user has to say it.</summary>
    None,

    /// <summary>Larger is better.</summary>
    Up,

    /// <summary>Smaller is better.</summary>
    Down,
}
