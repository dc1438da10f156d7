namespace CompiledNets.Tests.Training;

/// <summary>Tests that count what the whole process allocates or read what it prints: nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
