using System.Reflection;
using CompiledNets.Harness;

namespace CompiledNets.Generator.Tests.Engines;

/// <summary>
/// Generated methods stay inside what the JIT optimizes: a method of more than 60,000 bytes of IL or 2,000 locals is never optimized, and inlining stops at about 900 locals and temporaries.
/// </summary>
public sealed class JitBudgetTests
{
    private const int MostIl = 60_000;
    private const int MostLocals = 500;

    private const string Source = """
        using CompiledNets;

        [Network, Input(34), Dense(10, Activation.Relu), Dense(8, Activation.Relu), Dense(1, Activation.Sigmoid)] public sealed partial class Net0;
        [Network, Input(784), Dense(512, Activation.Relu), Dense(512, Activation.Relu), Dense(10, Activation.Softmax)] public sealed partial class Net1;
        [Network, Input(4, 6), Dense(10, Activation.Gelu), BatchNormalization, Activation(Activation.Glu), Flatten, Reshape(-1, 4), Dense(3, Activation.LogSoftmax)] public sealed partial class Net2;
        [Network, Input(9), Dense(33, Activation.Mish), BatchNormalization, Dropout(0.3), Dense(49, Activation.Selu), Dense(5, Activation.Sparsemax)] public sealed partial class Net3;
        [Network, Input(20), Dense(20, Activation.GeluApproximate), Activation(Activation.Softplus), Activation(Activation.Tanh), Activation(Activation.LogSigmoid), Dense(2)] public sealed partial class Net4;
        [Network, Input(1024), Dense(1024, Activation.Elu), Dense(3)] public sealed partial class Net5;
        [Network, Input(12), Dense(12, Activation.Gelu), Dense(12, Activation.Mish), Dense(12, Activation.Tanh), Dense(12, Activation.Sigmoid), Dense(12, Activation.Softplus), Dense(1, Activation.Selu)] public sealed partial class Net6;
        [Network, Input(9), Dense(9, Activation.Gelu), Dense(9, Activation.Mish), Dense(9, Activation.Tanh), Dense(9, Activation.Sigmoid), Dense(9, Activation.Softplus), Dense(9, Activation.Silu), Dense(9, Activation.Gelu), Dense(9, Activation.Tanh), Dense(9, Activation.Mish), Dense(1)] public sealed partial class Net7;
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
            Assert.True(body.GetILAsByteArray()!.Length < MostIl, $"{method} has {body.GetILAsByteArray()!.Length} bytes");
            Assert.True(body.LocalVariables.Count < MostLocals, $"{method} has {body.LocalVariables.Count} locals");
        }
    }
}
