namespace CompiledNets;

/// <summary>
/// <see cref="Adam"/> with weight decay that the gradient's moments do not see: <c>w -= w * weightDecay * learningRate</c> before each
/// step (Loshchilov and Hutter 2019).
/// </summary>
public sealed class AdamW : Adam
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="weightDecay">How much weights shrink, times the learning rate, before each step.</param>
    /// <param name="beta1">How much of the moving average of the gradient stays in a step.</param>
    /// <param name="beta2">How much of the moving average of its square stays in a step.</param>
    /// <param name="epsilon">Added to the root, so that nothing is divided by zero: 1e-18 or more.</param>
    /// <param name="amsgrad">Divides by the largest moving average of the square so far.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public AdamW(double learningRate = 0.001, double weightDecay = 0.004, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7,
        bool amsgrad = false)
        : base("adam_w", learningRate, beta1, beta2, epsilon, amsgrad) => WeightDecay = weightDecay;

    /// <summary>Makes the optimizer with a learning rate that changes from step to step.</summary>
    /// <param name="learningRate">Gives the learning rate of each step.</param>
    /// <param name="weightDecay">How much weights shrink, times the learning rate, before each step.</param>
    /// <param name="beta1">How much of the moving average of the gradient stays in a step.</param>
    /// <param name="beta2">How much of the moving average of its square stays in a step.</param>
    /// <param name="epsilon">Added to the root, so that nothing is divided by zero: 1e-18 or more.</param>
    /// <param name="amsgrad">Divides by the largest moving average of the square so far.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public AdamW(
        LearningRateSchedule learningRate, double weightDecay = 0.004, double beta1 = 0.9, double beta2 = 0.999,
        double epsilon = 1e-7, bool amsgrad = false)
        : this(0.001, weightDecay, beta1, beta2, epsilon, amsgrad)
    {
        ArgumentNullException.ThrowIfNull(learningRate);
        Schedule = learningRate;
    }
}
