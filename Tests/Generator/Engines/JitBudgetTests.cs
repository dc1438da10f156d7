using System.Globalization;
using System.Reflection;
using CompiledNets.Harness;

namespace CompiledNets.Generator.Tests.Engines;

/// <summary>
/// Generated methods stay inside what the JIT optimizes. Every network that a test compiles is held to <see cref="JitBudget"/>; those here
/// are held to more: inlining stops at about 900 locals and temporaries.
/// </summary>
public sealed class JitBudgetTests
{
    private const int MostLocals = 500;

    private const string Source = """
        using CompiledNets;

        [Network, Input(34), Dense(10, Activation.Relu), Dense(8, Activation.Relu), Dense(1, Activation.Sigmoid)] public sealed partial class Net0;
        [Network, Input(784), Dense(512, Activation.Relu), Dense(512, Activation.Relu), Dense(10, Activation.Softmax)] public sealed partial class Net1;
        [Network, Input(4, 6), Dense(10, Activation.Gelu), BatchNormalization, Activation(Activation.Glu), Flatten, Reshape(-1, 4), Dense(3, Activation.LogSoftmax)] public sealed partial class Net2;
        [Network, Input(9), Dense(33, Activation.Mish), BatchNormalization, Dropout(0.3), GaussianNoise(0.1), LayerNormalization, Dense(49, Activation.Selu), Dense(5, Activation.Sparsemax)] public sealed partial class Net3;
        [Network, Input(20), Dense(20, Activation.GeluApproximate), Activation(Activation.Softplus), Activation(Activation.Tanh), Activation(Activation.LogSigmoid), Dense(2)] public sealed partial class Net4;
        [Network, Input(1024), Dense(1024, Activation.Elu), Dense(3)] public sealed partial class Net5;
        [Network, Input(12), Dense(12, Activation.Gelu), Dense(12, Activation.Mish), Dense(12, Activation.Tanh), Dense(12, Activation.Sigmoid), Dense(12, Activation.Softplus), Dense(1, Activation.Selu)] public sealed partial class Net6;
        [Network, Input(9), Dense(9, Activation.Gelu), Dense(9, Activation.Mish), Dense(9, Activation.Tanh), Dense(9, Activation.Sigmoid), Dense(9, Activation.Softplus), Dense(9, Activation.Silu), Dense(9, Activation.Gelu), Dense(9, Activation.Tanh), Dense(9, Activation.Mish), Dense(1)] public sealed partial class Net7;
        [Network, Input(20, 24), MultiHeadAttention(4, 6, UseCausalMask = true, SlidingWindow = 7), EinsumDense("abc,bcd->abd", -1, 9), Attention, Dense(2)] public sealed partial class Net8;
        """;

    [Fact]
    public void No_method_is_too_large_and_every_lane_operation_is_inlined()
    {
        using InliningListener listener = new();
        EngineComparison.Run(Source, [3], seed: 1);
        Assert.True(listener.Refused > 0);
        Assert.True(listener.Failures.IsEmpty, string.Join("\n", listener.Failures.Distinct().Take(10)));

        using CompiledNetworks networks = CompiledNetworks.Compile(Source);
        foreach (MethodInfo method in networks.Assembly.GetTypes().SelectMany(type => type.GetMethods(
            BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)))
        {
            if (method.GetMethodBody() is not { } body) continue;
            Assert.True(body.LocalVariables.Count < MostLocals, $"{method} has {body.LocalVariables.Count} locals");
        }
    }

    [Theory]
    [InlineData("bytes of IL", "x = (int)(123456789012L * x);", 4_100)]
    [InlineData("instructions", "x++;", 5_001)]
    [InlineData("blocks", "if (x > 1) M();", 1_100)]
    [InlineData("locals", "long y# = x; N(ref y#);", 2_001)]
    [InlineData("references to locals", "x = x + x;", 2_700)]
    public void Every_limit_is_counted(string what, string repeated, int times)
    {
        string body = string.Concat(Enumerable.Range(0, times)
            .Select(i => repeated.Replace("#", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)));
        using MemoryStream assembly = new();
        string source = "internal static class C { private static void N(ref long y) => y++; public static int M(int x = 0) { " + body
            + " return x; } }";
        Assert.True(CompiledNetworks.Compilation([source]).Emit(assembly).Success);
        assembly.Position = 0;
        Assert.Contains(JitBudget.Excesses(assembly), excess => excess.StartsWith("M has ", StringComparison.Ordinal)
            && excess.Contains(what, StringComparison.Ordinal));
    }
}
