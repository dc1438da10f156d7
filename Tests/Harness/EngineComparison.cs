using CompiledNets.Generator;
using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;
using CompiledNets.Numerics;
using Microsoft.CodeAnalysis;

namespace CompiledNets.Harness;

/// <summary>
/// The battery: a network's reference evaluation in double precision against its compiled program at every width, in training and
/// inference, over blocks and single rows, values and gradients; what is declared as frozen is frozen. Verifies the compiler's rules
/// between its passes on the way.
/// </summary>
public static class EngineComparison
{
    /// <summary>The plans of all networks in a source, by class name.</summary>
    internal static Dictionary<string, PlannedNetwork> Plans(string source)
    {
        GeneratorDriver driver = CompiledNetworks.Driver().RunGenerators(CompiledNetworks.Compilation([source]));
        var plans = new Dictionary<string, PlannedNetwork>();
        foreach (IncrementalGeneratorRunStep step in driver.GetRunResult().Results[0].TrackedSteps[TrackingNames.Declarations])
        {
            foreach ((object value, _) in step.Outputs)
            {
                var declaration = (NetworkDeclaration)value;
                var findings = new FindingList();
                Network network = NetworkCompiler.Build(declaration, findings)
                    ?? throw new InvalidOperationException($"{declaration.Name}: {string.Join("; ", findings.ToArray().Select(finding => $"{finding.Id} {string.Join(", ", finding.Arguments)}"))}");
                plans[(declaration.Namespace.Length > 0 ? declaration.Namespace + "." : "") + declaration.Name] = Plan(network);
            }
        }

        return plans;
    }

    /// <summary>
    /// Plans a network, its graphs verified after each pass. The reference is the graph as it was differentiated, so that a pass that goes
    /// wrong cannot agree with itself.
    /// </summary>
    internal static PlannedNetwork Plan(Network network)
    {
        TrainingGraph? reference = null;
        ProgramPlan plan = NetworkCompiler.Plan(network, look: (pass, training, inference) =>
        {
            Verify.Graph(training);
            Verify.Graph(inference);
            reference ??= Copy(training);
        });
        Verify.Memory([plan.Forward, plan.Backward], plan.TrainingBlock, plan.Training.Forward.Inputs, [.. plan.Training.WrittenByLoss]);
        Verify.Memory([Schedule.Of(plan.Inference.Ops)], plan.InferenceBlock, plan.Inference.Inputs, []);
        return new(network, plan, reference!);
    }

    /// <summary>Compares all networks of a source for the given batch sizes and gives the largest error of each quantity, named.</summary>
    public static List<(string What, double Error)> Run(string source, IReadOnlyList<int> batches, int seed)
    {
        var errors = new List<(string, double)>();
        using CompiledNetworks networks = CompiledNetworks.Compile(source);
        foreach ((string name, PlannedNetwork planned) in Plans(source)) Compare(networks, name, planned, batches, seed, errors);
        return errors;
    }

    /// <summary>Compares one network for the given batch sizes.</summary>
    internal static void Compare(CompiledNetworks networks, string name, PlannedNetwork planned, IReadOnlyList<int> batches, int seed,
        List<(string, double)> errors)
    {
        foreach (int samples in batches)
        {
            foreach (bool isTraining in new[] { false, true })
                Compare(networks, name, planned, samples, isTraining, new Random(seed), errors);
        }
    }

    private static void Compare(CompiledNetworks networks, string name, PlannedNetwork planned, int samples, bool isTraining,
        Random random, List<(string, double)> errors)
    {
        ProgramPlan plan = planned.Plan;
        TrainingGraph graph = planned.Reference;
        double[][] x = [.. graph.Forward.Inputs.Select(input => Input(random, input, samples))];
        double[][] u = [.. graph.Forward.Heads.Select(head => Normal(random, samples * head.Output.Shape.Size))];
        double[][] weights = [.. plan.Parameters.Weights.Select(weight => Weight(random, weight))];
        bool[] frozen = [.. planned.Network.Layers.Select(layer => !layer.Trainable)];
        var reference = new ReferenceEvaluator(graph, plan.Parameters, frozen);
        double[][] moved = [.. weights.Select(weight => (double[])weight.Clone())];
        Evaluation evaluation = reference.Forward(x, moved, isTraining, ProgramRunner.Seed, ProgramRunner.Number);
        double[][] ofPenalties = [.. graph.Forward.Penalties.Select(_ => Normal(random, samples))];
        reference.Backward(evaluation, u, ofPenalties);
        double[][] y = [.. graph.Forward.Heads.Select(head => evaluation[head.Output])];
        double[][] penalties = [.. graph.Forward.Penalties.Select(penalty => evaluation[penalty])];

        foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
        {
            var runner = new ProgramRunner(networks.Create(name), width);
            SetWeights();
            string where = $"{name} {(isTraining ? "train" : "infer")} {samples} {width}";
            if (!isTraining)
            {
                RecordAll("predict", runner.Predict(x, samples), y);
                RecordAll("penalty of predict", runner.Penalties, penalties);
                RecordAll("row", runner.PredictRows(x, samples), y);
            }

            // Where something is frozen, what serves nobody is left out only while gradients of inputs are not asked for: then it must not
            // be missed.
            if (frozen.Contains(true))
            {
                runner.Forward(x, samples, isTraining, wantsInputGradients: false);
                runner.Backward(u, ofPenalties);
                RecordGradients("alone ");
                SetWeights();
            }

            RecordAll("y", runner.Forward(x, samples, isTraining), y);
            RecordAll("penalty", runner.Penalties, penalties);
            double[]?[] dx = runner.Backward(u, ofPenalties);
            for (int i = 0; i < dx.Length; i++)
                if (graph.InputGradients[i] is { } inputGradient) Record($"dx{i}", dx[i]!, evaluation[inputGradient]);
            RecordGradients("");
            for (int w = 0; w < weights.Length; w++)
            {
                double[] got = [.. runner.Parameters.Slice(plan.Parameters.Weights[w].Offset, weights[w].Length).ToArray()
                    .Select(value => (double)value)];
                Record("after " + plan.Parameters.Weights[w].Value.Name, got, moved[w]);
            }

            void SetWeights()
            {
                for (int w = 0; w < weights.Length; w++)
                    for (int i = 0; i < weights[w].Length; i++)
                        runner.Parameters[plan.Parameters.Weights[w].Offset + i] = (float)weights[w][i];
            }

            void RecordGradients(string how)
            {
                for (int g = 0; g < plan.Parameters.Groups.Count; g++)
                {
                    PlacedGroup group = plan.Parameters.Groups[g];
                    if (frozen[plan.Parameters.Weights[group.FirstWeight].Layer]) continue;
                    double[] got = [.. runner.Gradient(g, group.Rows, group.Columns, group.RowStep).Select(value => (double)value)];
                    double[] want = [.. plan.Parameters.Weights.Where(w => w.Weight.Trainable && w.Group == g)
                        .SelectMany(w => reference.GradientOf(evaluation, w.Value) ?? new double[w.Value.Shape.Size])];
                    Record($"{how}d{plan.Parameters.Weights[group.FirstWeight].Value.Name}", got, want);
                }
            }

            void RecordAll(string what, double[][] got, double[][] want)
            {
                for (int i = 0; i < got.Length; i++) Record(got.Length == 1 ? what : $"{what} of output {i}", got[i], want[i]);
            }

            void Record(string what, double[] got, double[] want) => errors.Add(($"{where} {what}", Error(got, want)));
        }
    }

    // The lists of a graph; passes change those, never an op.
    private static TrainingGraph Copy(TrainingGraph graph)
    {
        var forward = new Graph { Inputs = graph.Forward.Inputs, Heads = graph.Forward.Heads };
        forward.Ops.AddRange(graph.Forward.Ops);
        forward.Trainable.AddRange(graph.Forward.Trainable);
        forward.Penalties.AddRange(graph.Forward.Penalties);
        return new()
        {
            Forward = forward,
            Backward = [.. graph.Backward],
            Heads = graph.Heads,
            InputGradients = graph.InputGradients,
            WeightGradients = graph.WeightGradients,
            BehindLogits = graph.BehindLogits,
            PenaltyGradients = graph.PenaltyGradients,
        };
    }

    /// <summary>‖got - want‖ / max(‖want‖, 0.05 √n), as the goldens are judged.</summary>
    public static double Error(IReadOnlyList<double> got, IReadOnlyList<double> want)
    {
        if (got.Count != want.Count) return double.PositiveInfinity;
        double difference = 0, norm = 0;
        for (int i = 0; i < got.Count; i++)
        {
            difference += (got[i] - want[i]) * (got[i] - want[i]);
            norm += want[i] * want[i];
        }

        double error = Math.Sqrt(difference) / Math.Max(Math.Sqrt(norm), 0.05 * Math.Sqrt(got.Count));
        return double.IsNaN(error) ? double.PositiveInfinity : error;
    }

    // Indices name rows; of other numbers some steps are zeros, which masks leave out.
    private static double[] Input(Random random, Value input, int samples) => input.Limit is { } limit
        ? [.. Enumerable.Range(0, samples * input.Shape.Size).Select(_ => (double)random.Next(limit))]
        : Normal(random, samples * input.Shape.Size);

    // Rounded to single precision, so that both sides start from the same numbers.
    private static double[] Normal(Random random, int count) =>
        [.. Enumerable.Range(0, count)
            .Select(_ => (double)(float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];

    private static double[] Weight(Random random, PlacedWeight weight)
    {
        double[] values = Normal(random, weight.Weight.Shape.Size);
        double scale = weight.Weight.Shape.Rank > 1 ? 1 / Math.Sqrt(weight.Weight.Shape.Size / weight.Weight.Shape.Last) : 1;
        for (int i = 0; i < values.Length; i++)
            values[i] = weight.Weight.Name.Contains("variance") ? (float)(0.5 + Math.Abs(values[i])) : (float)(values[i] * scale);
        return values;
    }
}

/// <summary>A network with its plan, and the graph that it is judged by.</summary>
/// <param name="Network">The network.</param>
/// <param name="Plan">Its plan.</param>
/// <param name="Reference">Its graph before any pass has rewritten it.</param>
internal sealed record PlannedNetwork(Network Network, ProgramPlan Plan, TrainingGraph Reference);
