namespace CompiledNets.Generator.Ops;

/// <summary>
/// Images that are changed at random in training. Counter-based: the change depends on seed, step, stream and sample alone.
/// </summary>
/// <param name="layer">Name of the layer.</param>
/// <param name="stream">The random numbers of each call are a stream of their own.</param>
/// <param name="change">What is done.</param>
/// <param name="x">The images.</param>
/// <param name="output">The result.</param>
internal sealed class RandomImage(string layer, int stream, ImageChange change, Value x, Value output) : Op(layer, [x], output)
{
    /// <summary>Which random numbers.</summary>
    public int Stream { get; } = stream;

    /// <summary>What is done.</summary>
    public ImageChange Change { get; } = change;

    public override void Differentiate(Gradients gradients)
    {
        if (gradients.Of(Output) is { } upstream && gradients.IsNeeded(Inputs[0]))
            gradients.Contribute(Inputs[0], new RandomImageGradient(Layer, Stream, Change, upstream, Inputs[0], Inputs[0].Gradient()));
    }

    public override void Evaluate(Evaluation evaluation)
    {
        double[] x = evaluation[Inputs[0]], y = evaluation.Make(Output);
        int size = Inputs[0].Shape.Size, toSize = Output.Shape.Size;
        for (int sample = 0; sample < evaluation.Samples; sample++)
        {
            (float u, float v) = Change.Draw(evaluation, Stream, sample);
            ImageReference reference = new(Change.Augmentation, u, v, evaluation.IsTraining);
            reference.Run(x.AsSpan(sample * size, size), y.AsSpan(sample * toSize, toSize));
        }
    }

    protected override OpFacts MakeFacts() => new() { Work = 8L * Output.Shape.Size };
}

/// <summary>The gradient of images that were changed at random.</summary>
/// <param name="layer">Name of the layer.</param>
/// <param name="stream">The random numbers that they were changed with.</param>
/// <param name="change">What was done.</param>
/// <param name="upstream">The gradient of the result.</param>
/// <param name="x">The images.</param>
/// <param name="output">The gradient of the images.</param>
internal sealed class RandomImageGradient(string layer, int stream, ImageChange change, Value upstream, Value x, Value output)
    : Op(layer, [upstream, x], output)
{
    /// <summary>Which random numbers.</summary>
    public int Stream { get; } = stream;

    /// <summary>What was done.</summary>
    public ImageChange Change { get; } = change;

    public override void Differentiate(Gradients gradients) => throw new NotSupportedException("There are no second derivatives.");

    public override void Evaluate(Evaluation evaluation)
    {
        double[] g = evaluation[Inputs[0]], x = evaluation[Inputs[1]], dx = evaluation.Make(Output);
        int size = Inputs[1].Shape.Size, toSize = Inputs[0].Shape.Size;
        for (int sample = 0; sample < evaluation.Samples; sample++)
        {
            (float u, float v) = Change.Draw(evaluation, Stream, sample);
            ImageReference reference = new(Change.Augmentation, u, v, evaluation.IsTraining);
            reference.Differentiate(
                g.AsSpan(sample * toSize, toSize), x.AsSpan(sample * size, size), dx.AsSpan(sample * size, size));
        }
    }

    protected override OpFacts MakeFacts() => new() { Work = 8L * Output.Shape.Size };
}
