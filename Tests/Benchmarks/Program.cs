using CompiledNets.Benchmarks;
using CompiledNets.Benchmarks.Contests;
using CompiledNets.Benchmarks.Freezing;
using CompiledNets.Benchmarks.Generation;
using CompiledNets.Benchmarks.Kernels;
using CompiledNets.Benchmarks.Measuring;
using CompiledNets.Benchmarks.Optimizers;
using CompiledNets.Benchmarks.Peers;
using CompiledNets.Benchmarks.Scaling;
using CompiledNets.Benchmarks.Starting;

// Processes that this program starts for itself.
if (args is [StartProcess.Face, string startedAt]) return StartProcess.Run(startedAt);
if (args is [GeneratorProcess.Face, string source, string isFirst]) return GeneratorProcess.Run(source, bool.Parse(isFirst));
if (args is [ContenderLoop.Face, ..]) return ContenderLoop.Run(args.AsSpan(1));

if (BenchmarkOptions.Parse(args) is not { } options) return 2;
Peaks peaks = MachineHeader.Print(options.Threads);
foreach (string face in options.Faces)
{
    if (options.Faces.Count > 1) Console.WriteLine($"{face}:");
    int code = face switch
    {
        "peers" => PeersFace.Run(options, peaks),
        "kernels" => KernelsFace.Run(options),
        "scaling" => ScalingFace.Run(options, peaks),
        "optimizers" => OptimizersFace.Run(options),
        "freezing" => FreezingFace.Run(options),
        "start" => StartFace.Run(options),
        _ => GeneratorFace.Run(options),
    };
    if (code != 0) return code;
}

return 0;
