using CompiledNets.Benchmarks;
using CompiledNets.Benchmarks.Generation;
using CompiledNets.Benchmarks.Kernels;
using CompiledNets.Benchmarks.Peers;
using CompiledNets.Benchmarks.Scaling;

if (args is [GeneratorProcess.Face, string source, string isFirst]) return GeneratorProcess.Run(source, bool.Parse(isFirst));
if (BenchmarkOptions.Parse(args) is not { } options) return 2;
switch (options.Face)
{
    case "peers":
        return TorchLibrary.Restart(args) ?? PeersFace.Run(options);
    case "scaling":
        return TorchLibrary.Restart(args) ?? ScalingFace.Run(options);
    case "kernels":
        return KernelsFace.Run(options);
    default:
        return GeneratorFace.Run(options);
}
