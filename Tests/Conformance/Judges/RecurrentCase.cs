using System.Globalization;
using CompiledNets.Data;
using CompiledNets.Harness.Goldens;
using CompiledNets.Keras;

namespace CompiledNets.Conformance.Judges;

/// <summary>
/// Cases of recurrent layers that a chain cannot say: states that are given or taken, and masks, which a layer before it makes.
/// </summary>
internal static class RecurrentCase
{
    /// <summary>Whether a case calls a layer twice, which keeps its states.</summary>
    public static bool IsStateful(GoldenCase golden) =>
        golden.Arrays.ContainsKey("x1") && golden.Arrays.ContainsKey("infer/y1") && !golden.Arrays.ContainsKey("u0");

    /// <summary>
    /// Calls after each other: of batches, of the forward pass that training does, and of the samples of a batch by streams.
    /// </summary>
    public static void RunStateful(Model network, GoldenCase golden, Comparison comparison)
    {
        IReadOnlyList<NamedArray> inputs = golden.Numbered("x");
        for (int i = 0; i < inputs.Count; i++) comparison.Add(Output("infer/y", i), network.Predict(inputs[i].ToTensor()), " predicted");
        network.ResetStates();
        for (int i = 0; i < inputs.Count; i++) comparison.Add(Output("infer/y", i), network.Forward(inputs[i].ToTensor()));
        PredictionStream[] streams = [.. Enumerable.Range(0, inputs[0].Shape[0]).Select(_ => network.CreateStream())];
        for (int i = 0; i < inputs.Count; i++)
        {
            NamedArray output = golden[Output("infer/y", i)];
            int taken = inputs[i].Data.Length / streams.Length, given = output.Data.Length / streams.Length;
            float[] numbers = [.. inputs[i].ToTensor()], results = new float[output.Data.Length];
            for (int s = 0; s < streams.Length; s++) streams[s].Predict(numbers.AsSpan(s * taken, taken), results.AsSpan(s * given, given));
            comparison.Add(output.Name, System.Numerics.Tensors.Tensor.Create(results, [.. output.Shape.Select(axis => (nint)axis)]),
                " of streams");
        }
    }

    /// <summary>Whether a case is one of them.</summary>
    public static bool Is(GoldenCase golden) => !IsStateful(golden) && (HasMask(golden) || States(golden).Count > 0 || Outputs(golden) > 1);

    /// <summary>The network.</summary>
    /// <param name="golden">The case.</param>
    /// <param name="className">Its class.</param>
    /// <param name="layer">The layer.</param>
    public static string Source(GoldenCase golden, string className, KerasObject layer)
    {
        NamedArray input = golden["x0"];
        string attribute = NetworkSource.Write(className, input.Shape.Skip(1), [layer], keepNames: false).Split('\n')[2][1..^1];
        IReadOnlyList<NamedArray> states = States(golden);
        List<string> nodes = [Node($"Input({Numbers(input)})", "X")];
        nodes.AddRange(states.Select((state, i) => Node($"Input({Numbers(state)})", Name("Initial", i))));
        if (states.Count > 0)
        {
            string initial = $"InitialState = [{string.Join(", ", states.Select((_, i) => $"nameof({Name("Initial", i)})"))}]";
            attribute = attribute.EndsWith(')') ? $"{attribute[..^1]}, {initial})" : $"{attribute}({initial})";
        }

        nodes.Add(Node($"From(nameof(X)), {(HasMask(golden) ? "Masking, " : "")}{attribute}, Output", "Y0"));
        string[] names = layer.ClassName == "LSTM" ? ["state_h", "state_c"] : ["state_h"];
        for (int i = 1; i < Outputs(golden); i++) nodes.Add(Node($"From(nameof(Y0), Output = \"{names[i - 1]}\"), Output", Name("Y", i)));
        return $"[Network]\npublic sealed partial class {className}\n{{\n{string.Join('\n', nodes)}\n}}\n";
    }

    /// <summary>What the network takes: masked steps are zeros, which no other step is.</summary>
    public static Samples[] Inputs(GoldenCase golden)
    {
        NamedArray input = golden["x0"];
        double[] numbers = [.. input.Data];
        if (HasMask(golden))
        {
            double[] mask = golden["mask"].Data;
            int features = numbers.Length / mask.Length;
            for (int i = 0; i < numbers.Length; i++) numbers[i] *= mask[i / features];
        }

        return [new((input with { Data = numbers }).ToTensor()), .. States(golden).Select(state => new Samples(state.ToTensor()))];
    }

    /// <summary>Its outputs.</summary>
    public static int Outputs(GoldenCase golden) => Enumerable.Range(0, 3).Count(i => golden.Arrays.ContainsKey(Output("infer/y", i)));

    /// <summary>The name of a numbered array.</summary>
    public static string Output(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}{number}");

    private static bool HasMask(GoldenCase golden) => golden.Arrays.ContainsKey("mask");

    private static IReadOnlyList<NamedArray> States(GoldenCase golden) => golden.Numbered("state");

    private static string Name(string name, int number) => Output(name, number);

    private static string Numbers(NamedArray array) =>
        string.Join(", ", array.Shape.Skip(1).Select(axis => axis.ToString(CultureInfo.InvariantCulture)));

    private static string Node(string attributes, string name) => $"    [{attributes}] public partial Node {name} {{ get; }}";
}
