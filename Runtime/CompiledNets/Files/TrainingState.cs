namespace CompiledNets.Files;

/// <summary>
/// What training goes on from, beside the weights: the steps that were taken, what the optimizer keeps for each weight, and where the
/// random numbers of shuffling and dropout are.
/// </summary>
public sealed record TrainingState
{
    /// <summary>The optimizer's Keras class: <c>Adam</c>.</summary>
    public required string Optimizer { get; init; }

    /// <summary>Batches that were trained on: what Keras saves as <c>iteration</c>.</summary>
    public required long Iteration { get; init; }

    /// <summary>The optimizer's learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>
    /// What the optimizer keeps, in the order of Keras's <c>optimizer.variables</c> after <c>iteration</c> and <c>learning_rate</c>.
    /// </summary>
    public IReadOnlyList<OptimizerVariable> Variables { get; init; } = [];

    /// <summary>Where the random numbers are; null where a file does not say, as those of Keras do not.</summary>
    public RandomState? Random { get; init; }
}

/// <summary>What an optimizer keeps for a weight.</summary>
/// <param name="Name">Keras's name of it: <c>momentum</c>.</param>
/// <param name="Weight">Path of the weight: <c>dense/kernel</c>.</param>
/// <param name="Shape">Its shape, that of the weight.</param>
/// <param name="Values">Its numbers, the last axis fastest.</param>
public sealed record OptimizerVariable(string Name, string Weight, int[] Shape, ReadOnlyMemory<float> Values);

/// <summary>Where the random numbers of a training are.</summary>
/// <param name="Seed">The network's seed.</param>
/// <param name="Shuffles">How often data was shuffled.</param>
/// <param name="Steps">How many steps drew the masks of dropout and its like.</param>
public sealed record RandomState(int Seed, uint Shuffles, uint Steps);
