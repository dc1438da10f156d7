using CompiledNets.Benchmarks.Contests;
using CompiledNets.Benchmarks.Measuring;
using CompiledNets.Benchmarks.Networks;
using CompiledNets.Benchmarks.Peers;

namespace CompiledNets.Benchmarks.Freezing;

/// <summary>
/// The face <c>freezing</c>: what a training step takes, and the optimizer's state, with none, the first, and all but the last layer
/// frozen. The three alternate as contenders do.
/// </summary>
internal static class FreezingFace
{
    private const int Batch = 128;

    /// <summary>Runs it; gives the exit code.</summary>
    public static int Run(BenchmarkOptions options)
    {
        BenchmarkNetwork[] networks = [SampleNetworks.Mlp, SampleNetworks.Deep];
        foreach (int threads in options.Threads)
        {
            Table table = new(
                ("network", 10), ("batch", 5), ("threads", 7), ("frozen layers", 13), ("step, us", 9), ("best", 9), ("% of unfrozen", 13),
                ("optimizer state, KB", 19));
            foreach (BenchmarkNetwork network in networks.Where(network => options.Wants(network.Name)))
            {
                int layers = network.Layers.Count;
                Assignment unfrozen = new(Side.Ours, Work.Train, network, Batch, threads);
                Assignment[] assignments = [unfrozen, unfrozen with { FrozenLayers = 1 }, unfrozen with { FrozenLayers = layers - 1 }];
                using Contenders contenders = new(assignments);
                Timing[] timings = Contest.Run(contenders.Present, options.TimeForRow);
                for (int i = 0; i < timings.Length; i++)
                {
                    table.Row(
                        network.Name, $"{Batch}", $"{threads}", $"{assignments[i].FrozenLayers} of {layers}",
                        Figures.Microseconds(timings[i].Median), Figures.Microseconds(timings[i].Best),
                        Figures.Percent(timings[i].Median / timings[0].Median), Figures.Digits(StateBytes(assignments[i]) / 1024.0));
                }
            }

            Console.WriteLine();
        }

        return 0;
    }

    // The state is there from the first step on.
    private static double StateBytes(Assignment assignment)
    {
        Model model = assignment.Compiled();
        new OurTraining(model, assignment.Network, new(assignment.Network, assignment.Batch, batches: 1)).Run(1);
        UpdateKernel kernel = model.Optimizer!.KernelFor(model.Width, model.Parameters);
        return kernel.Slots.Sum(slot => (double)slot.Values.Length * sizeof(float));
    }
}
