using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>Runs a graph in double precision: what generated code is judged by.</summary>
/// <param name="graph">The graph.</param>
/// <param name="parameters">Where weights lie.</param>
/// <param name="frozen">By layer, whether its weights stay as they are; null where nothing is frozen.</param>
internal sealed class ReferenceEvaluator(TrainingGraph graph, ParameterLayout parameters, IReadOnlyList<bool>? frozen = null)
{
    /// <summary>Forward pass of a batch; weights by their place in the layout. Gives the values, samples one behind the other.</summary>
    public Evaluation Forward(IReadOnlyList<double[]> inputs, IReadOnlyList<double[]> weights, bool isTraining, ulong seed = 0,
        uint step = 0)
    {
        var evaluation = new Evaluation(inputs[0].Length / graph.Forward.Inputs[0].Shape.Size, isTraining)
        {
            Seed = seed,
            Step = step,
            Frozen = frozen ?? []
        };
        for (int i = 0; i < inputs.Count; i++) evaluation[graph.Forward.Inputs[i]] = inputs[i];
        for (int i = 0; i < weights.Count; i++) evaluation[parameters.Weights[i].Value] = weights[i];
        foreach (Op op in graph.Forward.Ops) op.Evaluate(evaluation);
        return evaluation;
    }

    /// <summary>Backward pass after <see cref="Forward"/>: fills in the gradients of inputs and weights.</summary>
    public void Backward(Evaluation evaluation, IReadOnlyList<double[]> outputGradients, IReadOnlyList<double[]> penaltyGradients)
    {
        for (int h = 0; h < outputGradients.Count; h++) evaluation[graph.Heads[h].Output] = outputGradients[h];
        for (int p = 0; p < penaltyGradients.Count; p++) evaluation[graph.PenaltyGradients[p]] = penaltyGradients[p];
        foreach (Op op in graph.Backward) op.Evaluate(evaluation);
    }

    /// <summary>The gradient of a weight; null where nothing depends on it.</summary>
    public double[]? GradientOf(Evaluation evaluation, Value weight)
    {
        if (!graph.WeightGradients.TryGetValue(weight, out IReadOnlyList<Value>? contributions)) return null;
        double[] sum = new double[weight.Shape.Size];
        foreach (Value contribution in contributions)
        {
            double[] own = evaluation[contribution];
            for (int i = 0; i < sum.Length; i++) sum[i] += own[i];
        }

        return sum;
    }
}
