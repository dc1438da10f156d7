using CompiledNets.Generator;
using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;
using CompiledNets.Numerics;
using Microsoft.CodeAnalysis;

namespace CompiledNets.Harness;

/// <summary>
/// The battery: a network's reference evaluation in double precision against its compiled program at every width, in training and inference, over blocks and single rows,
/// values and gradients. Verifies the compiler's rules between its passes on the way.
/// </summary>
public static class EngineComparison
{
    /// <summary>The plans of all networks in a source, by class name.</summary>
    internal static Dictionary<string, (Network Network, ProgramPlan Plan)> Plans(string source)
    {
        GeneratorDriver driver = CompiledNetworks.Driver().RunGenerators(CompiledNetworks.Compilation([source]));
        var plans = new Dictionary<string, (Network, ProgramPlan)>();
        foreach (IncrementalGeneratorRunStep step in driver.GetRunResult().Results[0].TrackedSteps[TrackingNames.Declarations])
        {
            foreach ((object value, _) in step.Outputs)
            {
                var declaration = (NetworkDeclaration)value;
                var findings = new FindingList();
                Network network = InferShapes.Run(declaration, Resolve.Run(declaration, findings)!, findings)!;
                ProgramPlan plan = NetworkCompiler.Plan(network);
                Verify.Graph(plan.Training);
                Op[] before = [.. plan.Forward.InOrder()];
                Value[] writtenByLoss = [.. new[] { plan.Training.OutputGradient, plan.Training.LogitsGradient }.OfType<Value>()];
                Verify.Memory([.. before, .. plan.Backward.InOrder()], plan.TrainingBlock, before.Length, writtenByLoss);
                Verify.Memory(plan.Inference.Ops, plan.InferenceBlock, plan.Inference.Ops.Count, []);
                plans[(declaration.Namespace.Length > 0 ? declaration.Namespace + "." : "") + declaration.Name] = (network, plan);
            }
        }

        return plans;
    }

    /// <summary>Compares all networks of a source for the given batch sizes and gives the largest error of each quantity, named.</summary>
    public static List<(string What, double Error)> Run(string source, IReadOnlyList<int> batches, int seed)
    {
        var errors = new List<(string, double)>();
        using CompiledNetworks networks = CompiledNetworks.Compile(source);
        foreach ((string name, (Network network, ProgramPlan plan)) in Plans(source))
        {
            foreach (int samples in batches)
            {
                foreach (bool isTraining in new[] { false, true })
                {
                    if (isTraining && plan.Training.Forward.Ops.Exists(op => op is DropoutMask)) continue;
                    Compare(networks, name, network, plan, samples, isTraining, new Random(seed), errors);
                }
            }
        }

        return errors;
    }

    private static void Compare(CompiledNetworks networks, string name, Network network, ProgramPlan plan, int samples, bool isTraining, Random random, List<(string, double)> errors)
    {
        int features = network.Input.Size, outputs = network.Output.Size;
        double[] x = Normal(random, samples * features), u = Normal(random, samples * outputs);
        double[][] weights = [.. plan.Parameters.Weights.Select(weight => Weight(random, weight))];
        var reference = new ReferenceEvaluator(plan.Training, plan.Parameters);
        double[][] moved = [.. weights.Select(weight => (double[])weight.Clone())];
        Evaluation evaluation = reference.Forward(x, moved, isTraining);
        reference.Backward(evaluation, u);

        foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
        {
            var runner = new ProgramRunner(networks.Create(name), width, plan.Parameters.Size);
            for (int w = 0; w < weights.Length; w++)
                for (int i = 0; i < weights[w].Length; i++) runner.Parameters[plan.Parameters.Weights[w].Offset + i] = (float)weights[w][i];
            string where = $"{name} {(isTraining ? "train" : "infer")} {samples} {width}";
            if (!isTraining)
            {
                Record("predict", runner.Predict(x, samples, features, outputs), evaluation[plan.Training.Forward.Output]);
                Record("row", runner.PredictRows(x, samples, features, outputs), evaluation[plan.Training.Forward.Output]);
            }

            Record("y", runner.Forward(x, samples, features, outputs, network.Chain.Count, isTraining), evaluation[plan.Training.Forward.Output]);
            double[] dx = runner.Backward(u, features, outputs);
            if (plan.Training.InputGradient is { } inputGradient) Record("dx", dx, evaluation[inputGradient]);
            for (int g = 0; g < plan.Parameters.Groups.Count; g++)
            {
                PlacedGroup group = plan.Parameters.Groups[g];
                double[] got = [.. runner.Gradient(g, group.Rows, group.Columns, group.RowStep).Select(value => (double)value)];
                double[] want = [.. plan.Parameters.Weights.Where(w => w.Weight.Trainable && w.Group == g).SelectMany(w => evaluation[plan.Training.WeightGradients[w.Value]])];
                Record($"d{plan.Parameters.Weights[group.FirstWeight].Value.Name}", got, want);
            }

            for (int w = 0; w < weights.Length; w++)
            {
                if (plan.Parameters.Weights[w].Weight.Trainable) continue;
                double[] got = [.. runner.Parameters.Slice(plan.Parameters.Weights[w].Offset, weights[w].Length).ToArray().Select(value => (double)value)];
                Record("after " + plan.Parameters.Weights[w].Value.Name, got, moved[w]);
            }

            void Record(string what, double[] got, double[] want) => errors.Add(($"{where} {what}", Error(got, want)));
        }
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

    // Rounded to single precision, so that both sides start from the same numbers.
    private static double[] Normal(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (double)(float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];

    private static double[] Weight(Random random, PlacedWeight weight)
    {
        double[] values = Normal(random, weight.Weight.Shape.Size);
        double scale = weight.Weight.Shape.Rank > 1 ? 1 / Math.Sqrt(weight.Weight.Shape.Size / weight.Weight.Shape.Last) : 1;
        for (int i = 0; i < values.Length; i++)
            values[i] = weight.Weight.Name.Contains("variance") ? (float)(0.5 + Math.Abs(values[i])) : (float)(values[i] * scale);
        return values;
    }
}
