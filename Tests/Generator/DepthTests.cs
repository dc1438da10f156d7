using System.Diagnostics;
using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;
using CompiledNets.Harness;
using Microsoft.CodeAnalysis;
using Xunit.Abstractions;

namespace CompiledNets.Generator.Tests;

/// <summary>
/// What the compiler costs grows in line with the depth of a network; how much is told by what it allocates, which is the same on every
/// run.
/// </summary>
public sealed class DepthTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Dense(8, Activation.Relu)")]
    [InlineData("BatchNormalization")]
    [InlineData("Dense(8), BatchNormalization, Activation(Activation.Mish), Dropout(0.1)")]
    public void Grows_in_line_with_depth(string layers)
    {
        Compile(layers, 10);
        (long few, _) = Compile(layers, 100);
        (long many, TimeSpan time) = Compile(layers, 400);
        output.WriteLine($"{few / 1e6:F0} MB, {many / 1e6:F0} MB, {time.TotalSeconds:F2} s");
        Assert.True(many < 5 * few, $"100 times {layers} take {few} bytes, 400 times {many}.");
    }

    [Fact]
    public void Thirty_squarings_in_a_row_are_thirty_operations()
    {
        Scalar.BeginNetwork();
        Scalar x = Scalar.Operand(0);
        for (int i = 0; i < 30; i++) x *= x;
        Assert.Equal(30, x.OperationCount);
        Assert.InRange(ScalarDerivative.Of(x, 0).OperationCount, 30, 120);
        Assert.Equal(1, new ScalarEvaluation(x).Of([1]));
        Assert.InRange(x.Format(["x"]).Length, 30, 1000);
    }

    [Fact]
    public void A_cancelled_run_ends_at_once()
    {
        NetworkDeclaration declaration = Declaration("Dense(8, Activation.Relu)", 1000);
        using var source = new CancellationTokenSource();
        source.Cancel();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<OperationCanceledException>(() => NetworkCompiler.Compile(declaration, source.Token));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    private static (long Bytes, TimeSpan Time) Compile(string layers, int times)
    {
        NetworkDeclaration declaration = Declaration(layers, times);
        long before = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan busy = Process.GetCurrentProcess().TotalProcessorTime;
        CompiledNetwork network = NetworkCompiler.Compile(declaration);
        Assert.Empty(network.Findings);
        Assert.NotNull(network.Program);
        return (GC.GetAllocatedBytesForCurrentThread() - before, Process.GetCurrentProcess().TotalProcessorTime - busy);
    }

    // The declaration of one round, repeated: reading it is Roslyn's work.
    private static NetworkDeclaration Declaration(string layers, int times)
    {
        string source = $"using CompiledNets;\n\n[Network, Input(8), {layers}]\npublic sealed partial class Net;\n";
        GeneratorDriver driver = CompiledNetworks.Driver().RunGenerators(CompiledNetworks.Compilation([source]));
        var declared = (NetworkDeclaration)driver.GetRunResult().Results[0].TrackedSteps[TrackingNames.Declarations][0].Outputs[0].Value;
        LayerDeclaration[] round = [.. declared.Layers.Skip(1)];
        return declared with
        {
            Layers = (LayerDeclaration[])[declared.Layers[0],
            .. Enumerable.Repeat(round, times).SelectMany(own => own)]
        };
    }
}
