using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;
using CompiledNets.Harness;

namespace CompiledNets.Generator.Tests.Engines;

/// <summary>
/// Judges gradients by central differences of the forward graph in double precision, so that a wrong rule cannot agree with itself; in
/// training too, with moments of the batch and the random numbers of one step.
/// </summary>
internal static class CentralDifferences
{
    /// <summary>What a number is moved by; differences are wrong by its square, and by rounding over it.</summary>
    private const double Distance = 1e-5;

    private const double Tolerance = 1e-6;

    private const int Samples = 3;

    /// <summary>
    /// Judges a network: its graph as it was differentiated, and what the passes make of it. What is declared as frozen is frozen.
    /// </summary>
    public static void Judge(PlannedNetwork planned, string what)
    {
        Value[] weights = [.. planned.Plan.Parameters.Weights.Select(weight => weight.Value)];
        bool[] frozen = [.. planned.Network.Layers.Select(layer => !layer.Trainable)];
        foreach (bool isTraining in new[] { false, true })
        {
            Judge(planned.Reference, planned.Reference, weights, isTraining, what, frozen);
            Judge(planned.Reference, planned.Plan.Training, weights, isTraining, what + " after all passes", frozen);
        }
    }

    /// <summary>Judges the gradients of one graph by the forward pass of another.</summary>
    /// <exception cref="InvalidOperationException">A gradient is not the difference; the message has both.</exception>
    public static void Judge(
        TrainingGraph forward, TrainingGraph gradients, IReadOnlyList<Value> weights, bool isTraining, string what,
            IReadOnlyList<bool>? frozen = null)
    {
        var random = new Random(5);
        Dictionary<Value, double[]> given = forward.Forward.Inputs.ToDictionary(input => input, input => input.Limit is { } limit
            ? [.. Enumerable.Range(0, Samples * input.Shape.Size).Select(_ => (double)random.Next(limit))]
            : Numbers(Samples * input.Shape.Size));
        foreach (Value weight in weights)
            given[weight] =
                Array.ConvertAll(Numbers(weight.Shape.Size), number => weight.Name.Contains("variance") ? 0.5 + Math.Abs(number) : number);
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

        for (int i = 0; i < forward.Forward.Inputs.Count; i++)
            if (forward.Forward.Inputs[i].Limit is null)
                Compare(forward.Forward.Inputs[i], gradients.InputGradients[i] is { } gradient ? [gradient] : []);
        foreach (Value weight in forward.Forward.Trainable)
            Compare(weight, gradients.WeightGradients.TryGetValue(weight, out IReadOnlyList<Value>? sums) ? sums : []);

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
                    throw new InvalidOperationException(
                        $"{what}{(isTraining ? " in training" : "")}: the gradient of {value}[{e}] is {gradient}, its difference " +
                        $"{difference}.");
            }
        }

        double Loss()
        {
            Evaluation values = Forward(forward.Forward);
            return forward.Forward.Heads.Select((head, h) => Product(values[head.Output], upstream[h])).Sum()
                + forward.Forward.Penalties.Select((penalty, p) => Product(values[penalty], ofPenalties[p])).Sum();
        }

        // Moving averages move: each pass has its own.
        Evaluation Forward(Graph graph)
        {
            var values = new Evaluation(Samples, isTraining) { Seed = 1, Step = 2, Frozen = frozen ?? [] };
            foreach ((Value value, double[] numbers) in given) values[value] = (double[])numbers.Clone();
            foreach (Op op in graph.Ops.Where(op => !IsWorkedBefore(op))) op.Evaluate(values);
            return values;
        }

        static bool IsWorkedBefore(Op op) => op.Facts is { When: When.Once, Writes.Count: > 0 };

        static double Product(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
    }
}
