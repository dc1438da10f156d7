using System.Text;
using CompiledNets.Harness;
using CsCheck;

namespace CompiledNets.Generator.Tests.Engines;

/// <summary>Random stacks of random shapes against the reference evaluator.</summary>
public sealed class RandomStackTests
{
    private const int NetworksAtOnce = 12;

    /// <summary>The variable CsCheck_Seed gives other stacks than the same on every run.</summary>
    private static readonly bool IsSeeded = Environment.GetEnvironmentVariable("CsCheck_Seed") is not null;

    private static readonly string[] Activations = ["Relu", "Tanh", "Sigmoid", "Elu", "Gelu", "Mish", "Softsign", "Softmax", "LeakyRelu"];

    // A seed holds for the first sample only, so that each has a case of its own.
    [Theory]
    [InlineData("cNkeqHXcs9X1")]
    [InlineData("dNkeqHXcs9X1")]
    [InlineData("eNkeqHXcs9X1")]
    public void Compute_what_the_reference_computes(string seed) =>
        Gen.Select(Stack.Array[NetworksAtOnce], Gen.Int[1, 50], Gen.Int[1, 50]).Sample(
            (stacks, first, second) =>
            {
                var source = new StringBuilder("using CompiledNets;\n");
                for (int i = 0; i < stacks.Length; i++) source.Append($"[Network, {stacks[i]}]\npublic sealed partial class Net{i};\n");
                (string what, double error) = EngineComparison.Run(source.ToString(), [first, second], seed: first)
                    .MaxBy(entry => entry.Error);
                return error < 2e-5 ? true : throw new InvalidOperationException($"{what}: {error} in\n{source}");
            },
            seed: IsSeeded ? null : seed, iter: 1, threads: 1);

    private static Gen<string> Layer => Gen.OneOf(
        Gen.Select(Gen.Int[1, 70], Gen.OneOfConst(Activations), Gen.Bool)
            .Select((units, activation, bias) => $"Dense({units}, Activation.{activation}{(bias ? "" : ", UseBias = false")})"),
        Gen.Int[1, 70].Select(units => $"Dense({units})"),
        Gen.OneOfConst(Activations).Select(activation => $"Activation(Activation.{activation})"),
        Gen.OneOfConst("Flatten", "Identity", "Rescaling(0.7, 0.2)", "Dropout(0)"));

    // Only in front: behind a layer that it undoes, such as Dense with one input, gradients are differences of equal numbers, which no
    // single precision gets right.
    private static Gen<string> Normalization => Gen.OneOf(
        Gen.Const(""), Gen.Select(Gen.Bool, Gen.Bool)
            .Select((center, scale) =>
            $"BatchNormalization(Center = {(center ? "true" : "false")}, Scale = {(scale ? "true" : "false")}), "));

    private static Gen<string> Stack => Gen.Select(Gen.Int[1, 9].Array[1, 3], Normalization, Layer.Array[1, 4])
        .Select((shape, normalization, layers) => $"Input({string.Join(", ", shape)}), {normalization}{string.Join(", ", layers)}");
}
