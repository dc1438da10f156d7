namespace CompiledNets.Initializers;

/// <summary>
/// What <see cref="VarianceScaling"/> divides the variance by: inputs and outputs of one unit, as the shape of the weight tells them.
/// </summary>
public enum FanMode
{
    /// <summary>Keras's <c>fan_in</c>: inputs.</summary>
    FanIn,

    /// <summary>Keras's <c>fan_out</c>: outputs.</summary>
    FanOut,

    /// <summary>Keras's <c>fan_avg</c>: their mean.</summary>
    FanAvg,
}
