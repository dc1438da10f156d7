using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>Runs a graph in double precision: what generated code is judged by.</summary>
internal sealed class ReferenceEvaluator(TrainingGraph graph, ParameterLayout parameters)
{
    /// <summary>Forward pass of a batch; weights by their place in the layout. Gives the outputs, samples one behind the other.</summary>
    public Evaluation Forward(double[] input, IReadOnlyList<double[]> weights, bool isTraining)
    {
        var evaluation = new Evaluation(input.Length / graph.Forward.Input.Shape.Size, isTraining) { [graph.Forward.Input] = input };
        for (int i = 0; i < weights.Count; i++) evaluation[parameters.Weights[i].Value] = weights[i];
        foreach (KeyValuePair<Value, Value> view in graph.Forward.Views) evaluation[view.Key] = evaluation[view.Value];
        foreach (Op op in graph.Forward.Ops) op.Evaluate(evaluation);
        return evaluation;
    }

    /// <summary>Backward pass behind <see cref="Forward"/>: fills in the gradients of input and weights.</summary>
    public void Backward(Evaluation evaluation, double[] outputGradient)
    {
        evaluation[graph.OutputGradient] = outputGradient;
        foreach (Op op in graph.Backward) op.Evaluate(evaluation);
    }
}
