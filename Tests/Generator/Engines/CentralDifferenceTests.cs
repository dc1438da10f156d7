using System.Text;
using System.Text.RegularExpressions;
using CompiledNets.Generator.Layers;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;
using CompiledNets.Harness;

namespace CompiledNets.Generator.Tests.Engines;

/// <summary>
/// The gradient of every op and every layer, judged by central differences of the forward graph in double precision, so that a wrong rule cannot agree with itself; in training too, with moments of the batch
/// and the random numbers of one step. The graph that the passes make of it has to give the same.
/// </summary>
public sealed class CentralDifferenceTests
{
    /// <summary>What a number is moved by; differences are wrong by its square, and by rounding over it.</summary>
    private const double Distance = 1e-5;

    private const double Tolerance = 1e-6;

    private const int Samples = 3;

    // Every entry of the table of layers stands in one of them, and whatever its gradient can be made of.
    private static readonly string[] Stacks =
    [
        "Input(5), Dense(4, Activation.Tanh), Dense(3, Activation.Softmax)",
        "Input(2, 5), Dense(4, UseBias = false), Activation(Activation.Gelu), Flatten, Dense(1, Activation.Sigmoid)",
        "Input(4, 6), Dense(6, Activation.Glu), Activation(Activation.Sparsemax), Identity, Reshape(2, 6), Activation(Activation.LogSoftmax)",
        "Input(4), Dense(3), BatchNormalization, Dense(2)",
        "Input(3, 4), BatchNormalization(Axis = 1, Center = false), Activation(Activation.Tanh), BatchNormalization(Scale = false)",
        "Input(6), Normalization, Rescaling(0.5, -1), Dropout(0.3), Dense(4, Activation.Selu), AlphaDropout(0.3)",
        "Input(3, 4), Dropout(0.5, NoiseShape = [1, -1]), GaussianNoise(0.4), Dense(3, Activation.Tanh), GaussianDropout(0.4)",
        "Input(3), Dense(4), Dropout(1), Dense(2)",
        "Input(2, 5), LayerNormalization, Dense(2, Activation.Tanh), LayerNormalization(1, 2, Epsilon = 0.1, Center = false)",
        "Input(2, 3, 4), LayerNormalization(3, 1, Scale = false), GroupNormalization(2), GroupNormalization(-1, Axis = 2, Epsilon = 0.01)",
        "Input(3, 5), RMSNormalization, RMSNormalization(1, 2, Epsilon = 0.2), UnitNormalization(1), UnitNormalization",
        "Input(4), SpectralNormalization, Dense(3, Activation.Tanh), SpectralNormalization(2), Dense(2, UseBias = false)",
        "Input(9), ReLU(NegativeSlope = 0.2), ReLU(1.2, NegativeSlope = 0.1, Threshold = 0.3), ReLU",
        "Input(9), LeakyReLU, ELU(0.7), PReLU(AlphaInitializer = Initializer.Ones)",
        "Input(3, 4, 2), PReLU(SharedAxes = [1, 3]), Permute(3, 1, 2), Softmax(1, 3)",
        "Input(3, 4), Softmax(1), Softmax(1, 2)",
        "Input(4), RepeatVector(3), Softmax, Dense(2)",
        "Input(4), Dense(3, Activation.Tanh, ActivityL1 = 0.3, ActivityL2 = 0.2), ActivityRegularization(L1 = 0.2, L2 = 0.3), Dense(2)",
        """
        [Input(3, 4)] public partial Node X { get; }
        [Input(4)] public partial Node Row { get; }
        [From(nameof(X)), Dense(1), Activation(Activation.Tanh)] public partial Node Column { get; }
        [Add(nameof(X), nameof(Row)), Dense(4, Activation.Tanh), Multiply(nameof(Column)), Average(nameof(Row), nameof(X))] public partial Node A { get; }
        [Maximum(nameof(A), nameof(X)), Minimum(nameof(Row)), Subtract(nameof(Column)), LayerNormalization, Output] public partial Node B { get; }
        [From(nameof(A)), Shared(nameof(Column)), Concatenate(nameof(A)), Permute(2, 1)] public partial Node Both { get; }
        [Dot(nameof(Both), nameof(B), Axes = new[] { 2, 1 }), Concatenate(nameof(X), Axis = 1), Output] public partial Node C { get; }
        [Dot(nameof(Row), nameof(Row), Axis = 1, Normalize = true), Output] public partial Node D { get; }
        """,
        .. KnownElementwise.Select(name => $"Input(6), Dense(5), Activation(\"{name}\")"),
    ];

    private static readonly Lazy<IReadOnlyDictionary<string, PlannedNetwork>> Planned = new(() =>
    {
        var source = new StringBuilder("using CompiledNets;\n");
        for (int i = 0; i < Stacks.Length; i++)
            source.Append(Stacks[i].Contains("Node", StringComparison.Ordinal) ? $"[Network]\npublic sealed partial class Net{i}\n{{\n{Stacks[i]}\n}}\n" : $"[Network, {Stacks[i]}]\npublic sealed partial class Net{i};\n");
        return EngineComparison.Plans(source.ToString());
    });

    private static IEnumerable<string> KnownElementwise => Activations.Names.Where(name => name != "linear");

    public static TheoryData<int> AllStacks => [.. Enumerable.Range(0, Stacks.Length)];

    public static TheoryData<string> AllGraphs => [.. OpGraphs.All.Keys];

    [Theory]
    [MemberData(nameof(AllStacks))]
    public void Layers_have_the_gradient_that_differences_have(int stack)
    {
        PlannedNetwork planned = Planned.Value["Net" + stack];
        Value[] weights = [.. planned.Plan.Parameters.Weights.Select(weight => weight.Value)];
        foreach (bool isTraining in new[] { false, true })
        {
            Judge(planned.Reference, planned.Reference, weights, isTraining, Stacks[stack]);
            Judge(planned.Reference, planned.Plan.Training, weights, isTraining, Stacks[stack] + " after all passes");
        }
    }

    [Theory]
    [MemberData(nameof(AllGraphs))]
    public void Ops_have_the_gradient_that_differences_have(string graph)
    {
        TrainingGraph training = OpGraphs.Make(graph);
        Verify.Graph(training);
        Judge(training, training, training.Forward.Trainable, isTraining: true, graph);
    }

    [Fact]
    public void Every_op_and_every_layer_is_judged()
    {
        Type[] ops = [.. typeof(Op).Assembly.GetTypes().Where(type => !type.IsAbstract && typeof(Op).IsAssignableFrom(type))];
        HashSet<Type> judged = [.. Planned.Value.Values.SelectMany(planned => new[] { planned.Reference, planned.Plan.Training }).Concat(OpGraphs.All.Keys.Select(OpGraphs.Make))
            .SelectMany(graph => graph.Forward.Ops.Concat(graph.Backward)).Select(op => op.GetType())];
        Assert.All(ops, op => Assert.Contains(op, judged));
        Assert.All(LayerTable.Layers, entry => Assert.Contains(Stacks, stack => Regex.IsMatch(stack, $@"(^|[\[ ]){entry.Attribute}($|[(,\]])")));
    }

    [Fact]
    public void A_wrong_rule_is_seen()
    {
        TrainingGraph training = OpGraphs.Make("a rule that is wrong", OpGraphs.Wrong);
        Assert.Throws<InvalidOperationException>(() => Judge(training, training, [], isTraining: true, "wrong"));
    }

    private static void Judge(TrainingGraph forward, TrainingGraph gradients, IReadOnlyList<Value> weights, bool isTraining, string what)
    {
        var random = new Random(5);
        Dictionary<Value, double[]> given = forward.Forward.Inputs.ToDictionary(input => input, input => Numbers(Samples * input.Shape.Size));
        foreach (Value weight in weights) given[weight] = Array.ConvertAll(Numbers(weight.Shape.Size), number => weight.Name.Contains("variance") ? 0.5 + Math.Abs(number) : number);
        // What an op leaves in a weight before all others has a gradient, and not what it found there.
        var before = new Evaluation(Samples, isTraining);
        foreach (KeyValuePair<Value, double[]> pair in given) before[pair.Key] = pair.Value;
        foreach (Op op in forward.Forward.Ops.Where(IsWorkedBefore)) op.Evaluate(before);
        double[][] upstream = [.. forward.Forward.Heads.Select(head => Numbers(Samples * head.Output.Shape.Size))];
        double[][] ofPenalties = [.. forward.Forward.Penalties.Select(_ => Numbers(Samples))];

        Evaluation evaluation = Forward(gradients.Forward);
        for (int h = 0; h < upstream.Length; h++) evaluation[gradients.Heads[h].Output] = upstream[h];
        for (int p = 0; p < ofPenalties.Length; p++) evaluation[gradients.PenaltyGradients[p]] = ofPenalties[p];
        foreach (Op op in gradients.Backward) op.Evaluate(evaluation);

        for (int i = 0; i < forward.Forward.Inputs.Count; i++) Compare(forward.Forward.Inputs[i], gradients.InputGradients[i] is { } gradient ? [gradient] : []);
        foreach (Value weight in forward.Forward.Trainable) Compare(weight, gradients.WeightGradients.TryGetValue(weight, out IReadOnlyList<Value>? sums) ? sums : []);

        void Compare(Value value, IReadOnlyList<Value> contributions)
        {
            double[] numbers = given[value];
            for (int e = 0; e < numbers.Length; e++)
            {
                double kept = numbers[e], gradient = contributions.Sum(contribution => evaluation[contribution][e]);
                numbers[e] = kept + Distance;
                double above = Loss();
                numbers[e] = kept - Distance;
                double below = Loss();
                numbers[e] = kept;
                double difference = (above - below) / (2 * Distance);
                if (!(Math.Abs(difference - gradient) <= Tolerance * (1 + Math.Abs(difference))))
                    throw new InvalidOperationException($"{what}{(isTraining ? " in training" : "")}: the gradient of {value}[{e}] is {gradient}, its difference {difference}.");
            }
        }

        double Loss()
        {
            Evaluation values = Forward(forward.Forward);
            return forward.Forward.Heads.Select((head, h) => Product(values[head.Output], upstream[h])).Sum() + forward.Forward.Penalties.Select((penalty, p) => Product(values[penalty], ofPenalties[p])).Sum();
        }

        // Moving averages move: each pass has its own.
        Evaluation Forward(Graph graph)
        {
            var values = new Evaluation(Samples, isTraining) { Seed = 1, Step = 2 };
            foreach ((Value value, double[] numbers) in given) values[value] = (double[])numbers.Clone();
            foreach (Op op in graph.Ops.Where(op => !IsWorkedBefore(op))) op.Evaluate(values);
            return values;
        }

        static bool IsWorkedBefore(Op op) => op.Facts is { When: When.Once, Writes.Count: > 0 };

        static double Product(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
    }
}
