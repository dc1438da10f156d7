namespace CompiledNets.Naming;

/// <summary>Members of <c>Model</c> and of generated classes, which neither a node nor the property of a layer may hide.</summary>
internal static class ReservedMembers
{
    /// <summary>Members that every network has.</summary>
    public static readonly string[] Names =
    [
        "InputShape", "OutputShape", "ParameterCount", "CreateProgram", "Describe", "Model", "Compile", "Fit", "Evaluate", "Predict",
        "Forward", "Backward", "ApplyGradients", "TrainOnBatch", "TestOnBatch", "Weights", "Layers", "Optimizer", "StopTraining", "Threads",
        "DefaultThreads", "Name", "Seed", "PredictClasses", "CopyWeightsFrom", "Penalty", "Nodes", "PredictSingle", "CreateStream",
        "ResetStates", "Trainable",
        "SetTrainable", "Summary", "SummaryText",
        "Load", "LoadWeights", "Save", "SaveWeights", "ReadFile", "GetDescription", "GetCompileArguments", "GetTrainingState",
        "SetTrainingState",
        "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "Finalize", "ReferenceEquals",
    ];

    /// <summary>Types with a property for each output, in networks with several.</summary>
    public static readonly string[] OfPorts = ["Losses", "LossWeights", "Metrics", "SampleWeights", "ClassWeights"];
}
