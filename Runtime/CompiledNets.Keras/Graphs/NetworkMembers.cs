namespace CompiledNets.Keras.Graphs;

/// <summary>Members of a network, which neither a node nor the property of a layer may hide.</summary>
internal static class NetworkMembers
{
    /// <summary>Their names.</summary>
    public static readonly IReadOnlyCollection<string> Names =
    [
        "InputShape", "OutputShape", "ParameterCount", "CreateProgram", "Describe", nameof(Model), nameof(Model.Compile),
        nameof(Model.Fit), nameof(Model.Evaluate), nameof(Model.Predict), nameof(Model.Forward), nameof(Model.Backward),
        nameof(Model.ApplyGradients), nameof(Model.TrainOnBatch), nameof(Model.TestOnBatch), nameof(Model.Weights), nameof(Model.Layers),
        nameof(Model.Optimizer), nameof(Model.StopTraining), nameof(Model.Threads), nameof(Model.DefaultThreads), nameof(Model.Name),
        nameof(Model.Seed), nameof(Model.PredictClasses), nameof(Model.CopyWeightsFrom), nameof(Model.Nodes), nameof(Equals),
        nameof(GetHashCode), nameof(GetType), nameof(ToString), nameof(MemberwiseClone), "Finalize", nameof(ReferenceEquals),
        nameof(Model.PredictSingle), nameof(Model.Trainable), nameof(Model.SetTrainable), nameof(Model.Penalty),
        "Losses", "LossWeights", "Metrics", "SampleWeights", "ClassWeights",
    ];
}
