namespace CompiledNets.Benchmarks.Peers;

/// <summary>Who does the work.</summary>
internal enum Side
{
    Ours,
    TorchSharp,
    OnnxRuntime,
}
