using System.Text;
using CompiledNets.Harness;

namespace CompiledNets.Generator.Tests.Engines;

/// <summary>Random networks over images against the reference evaluator: shapes and orders of layers that nobody thought of.</summary>
public sealed class RandomImageTests
{
    /// <summary>Error in the goldens' measure that single precision stays under.</summary>
    private const double Tolerance = 2e-5;

    private const int NetworksAtOnce = 3;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    public void Compute_what_the_reference_computes(int seed, int axes)
    {
        var random = new Random(seed);
        var source = new StringBuilder("using CompiledNets;\n\n");
        for (int i = 0; i < NetworksAtOnce; i++) source.Append(new RandomImages(random, axes).Network($"Net{i}"));
        (string what, double error) = EngineComparison.Run(source.ToString(), [9], seed).MaxBy(entry => entry.Error);
        Assert.True(error < Tolerance, $"{what}: {error:0.0e+00} in\n{source}");
    }
}
