using System.Numerics.Tensors;
using CompiledNets.Data;
using CompiledNets.Harness;
using CompiledNets.Numerics;

namespace CompiledNets.Generator.Tests.Engines;

/// <summary>Each shape that a graph can have, judged by differences, by the battery, and by training it with several threads.</summary>
public sealed class GraphShapeTests
{
    /// <summary>Error in the goldens' measure that single precision stays under.</summary>
    private const double Tolerance = 5e-6;

    /// <summary>
    /// Samples of a step: so many that even these small networks share their steps, a last block that is not full among them.
    /// </summary>
    private const int BatchSize = 6005;

    public static TheoryData<string> Names => [.. GraphShapes.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_are_what_differences_are(string name)
    {
        foreach (PlannedNetwork planned in EngineComparison.Plans(GraphShapes.All[name]).Values) CentralDifferences.Judge(planned, name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_width_computes_what_the_reference_computes(string name)
    {
        (string what, double error) = EngineComparison.Run(GraphShapes.All[name], [1, 5, 17, 40], seed: 7).MaxBy(entry => entry.Error);
        Assert.True(error < Tolerance, $"{what}: {error:0.0e+00}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_bits_do_not_depend_on_threads(string name)
    {
        using CompiledNetworks networks = CompiledNetworks.Compile(GraphShapes.All[name]);
        foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
        {
            uint[] alone = Trained(networks, width, threads: 1);
            foreach (int threads in new[] { 2, 3 }) Assert.Equal(alone, Trained(networks, width, threads));
        }
    }

    // The bits of the figures, the weights, and the predictions of many samples and of one.
    private static uint[] Trained(CompiledNetworks networks, LaneWidth width, int threads)
    {
        Model model = networks.Create("Net", seed: 1);
        model.Width = width;
        model.Threads = threads;
        model.Compile("adam", "mse");
        var random = new Random(3);
        Samples[] x = [.. model.Description.Inputs.Select(input => (Samples)Numbers(random, 2 * BatchSize, input.Size))];
        Samples[] y = [.. model.Description.Outputs.Select(output => (Samples)Numbers(random, 2 * BatchSize, output.Size))];
        History history = model.Fit(x, y, BatchSize, epochs: 2, Verbose.Silent);
        float[][] single = [.. model.Description.Outputs.Select(output => new float[output.Size])];
        model.Predict(
            [.. x.Select((rows, i) => (ReadOnlyMemory<float>)rows.Tensor.ToArray().AsMemory(0, model.Description.Inputs[i].Size))],
            [.. single.Select(numbers => (Memory<float>)numbers)]);
        IEnumerable<float> numbers =
        [
            .. history.Keys.SelectMany(key => history[key]).Select(figure => (float)figure),
            .. model.Weights.SelectMany(weight => weight.Values.ToArray()),
            .. model.Predict(x).SelectMany(tensor => tensor.ToArray()),
            .. single.SelectMany(output => output),
        ];
        return [.. numbers.Select(BitConverter.SingleToUInt32Bits)];
    }

    private static Tensor<float> Numbers(Random random, int rows, int columns) =>
        Tensor.Create([.. Enumerable.Range(0, rows * columns).Select(_ => (2 * random.NextSingle()) - 1)], [rows, columns]);
}
