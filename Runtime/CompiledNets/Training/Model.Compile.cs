using System.Globalization;
using System.Runtime.CompilerServices;

namespace CompiledNets;

/// <summary>What a network is trained with.</summary>
public abstract partial class Model
{
    /// <summary>
    /// Sets what the network is trained with. Names and objects may be mixed: <c>Compile("adam", "mse", "mae")</c>, <c>Compile(new
    /// SGD(0.01, momentum: 0.9), "binary_crossentropy", "accuracy")</c>. May be called again; training then goes on from the weights that
    /// are there.
    /// </summary>
    /// <param name="optimizer">How gradients change weights; null for <c>"rmsprop"</c>, as in Keras.</param>
    /// <param name="loss">
    /// What training makes small, for each output the same; null for a network that only a loop of your own trains.
    /// </param>
    /// <param name="metrics">
    /// Figures to gather; they leave sample weights out. A loss will do for one. What <c>"accuracy"</c> means the shapes tell. Of a network
    /// with several outputs, one for each of them, in their order.
    /// </param>
    /// <exception cref="ArgumentException">A name is not known; the message has the nearest and all that are.</exception>
    public void Compile(Optimizer? optimizer = null, Loss? loss = null, params Metric[] metrics) => Compile(optimizer, loss, metrics, []);

    /// <summary>Sets what the network is trained with, some metrics with sample and class weights.</summary>
    /// <param name="optimizer">How gradients change weights; null for <c>"rmsprop"</c>, as in Keras.</param>
    /// <param name="loss">
    /// What training makes small, for each output the same; null for a network that only a loop of your own trains.
    /// </param>
    /// <param name="metrics">
    /// Figures to gather; they leave sample weights out. Of a network with several outputs, one for each of them, in their order.
    /// </param>
    /// <param name="weightedMetrics">Figures that count sample and class weights, as many.</param>
    /// <exception cref="ArgumentException">A name is not known; the message has the nearest and all that are.</exception>
    public void Compile(Optimizer? optimizer, Loss? loss, IReadOnlyList<Metric> metrics, IReadOnlyList<Metric> weightedMetrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(weightedMetrics);
        Use.ThrowIfElsewhere();
        int outputs = Description.Outputs.Length;
        IReadOnlyList<Metric>[] own = PerOutput(metrics, nameof(metrics)),
            ownWeighted = PerOutput(weightedMetrics, nameof(weightedMetrics));
        OutputSetup[] setups =
            [.. Enumerable.Range(0, outputs).Select(output => new OutputSetup(loss, 1, own[output], ownWeighted[output]))];
        CheckMetrics(setups);
        setup = new(optimizer ?? new RMSprop(), setups);
    }

    /// <summary>
    /// Sets what the network is trained with, output by output: the loss of training is the weighted sum of theirs.
    /// <c>Compile("adam", ["mse", "binary_crossentropy"], [1, 0.2], [[], ["accuracy"]])</c>
    /// </summary>
    /// <param name="optimizer">How gradients change weights.</param>
    /// <param name="loss">By output, in their order; null for one that trains nothing and is predicted only.</param>
    /// <param name="lossWeights">What each loss counts in the sum; null for 1 each.</param>
    /// <param name="metrics">By output, figures to gather; they leave sample weights out.</param>
    /// <param name="weightedMetrics">By output, figures that count sample and class weights.</param>
    /// <exception cref="ArgumentException">
    /// A list has not an entry for each output, a loss weight is not finite, or a name is not known.
    /// </exception>
    [OverloadResolutionPriority(-1)]
    public void Compile(
        Optimizer optimizer, IReadOnlyList<Loss?> loss, IReadOnlyList<double>? lossWeights = null,
        IReadOnlyList<IReadOnlyList<Metric>>? metrics = null, IReadOnlyList<IReadOnlyList<Metric>>? weightedMetrics = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(loss);
        Use.ThrowIfElsewhere();
        Check(loss.Count, nameof(loss));
        if (lossWeights is not null) Check(lossWeights.Count, nameof(lossWeights));
        if (metrics is not null) Check(metrics.Count, nameof(metrics));
        if (weightedMetrics is not null) Check(weightedMetrics.Count, nameof(weightedMetrics));
        var outputs = new OutputSetup[Description.Outputs.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            double weight = lossWeights?[i] ?? 1;
            if (!double.IsFinite(weight) || Math.Abs(weight) > float.MaxValue)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Expected a finite loss weight for output '{Description.Outputs[i].Name}'. Received: {weight}"), nameof(lossWeights));
            }

            // A list has a place for each output, in which 0 or 1 says nothing.
            if (loss[i] is null && weight is not (0 or 1))
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Output '{Description.Outputs[i].Name}' of '{Name}' has no loss that its loss weight of {weight} could count for."),
                    nameof(lossWeights));
            }

            outputs[i] = new(loss[i], weight, [.. metrics?[i] ?? []], [.. weightedMetrics?[i] ?? []]);
        }

        CheckMetrics(outputs);
        setup = new(optimizer, outputs);

        void Check(int count, string argument) => PortLists.CheckCount(count, Description.Outputs, "output", Name, argument);
    }

    /// <summary>Sets what the network is trained with, by names of outputs; one that is not named has none.</summary>
    /// <param name="optimizer">How gradients change weights.</param>
    /// <param name="loss">By output; one that is not named trains nothing and is predicted only.</param>
    /// <param name="lossWeights">What a loss counts in the sum; 1 where it is not named.</param>
    /// <param name="metrics">By output, figures to gather; they leave sample weights out.</param>
    /// <param name="weightedMetrics">By output, figures that count sample and class weights.</param>
    /// <exception cref="ArgumentException">
    /// There is no output of a name, a loss weight is not finite, or a loss's name is not known.
    /// </exception>
    [OverloadResolutionPriority(-1)]
    public void Compile(
        Optimizer optimizer, IReadOnlyDictionary<string, Loss> loss, IReadOnlyDictionary<string, double>? lossWeights = null,
        IReadOnlyDictionary<string, IReadOnlyList<Metric>>? metrics = null,
        IReadOnlyDictionary<string, IReadOnlyList<Metric>>? weightedMetrics = null)
    {
        Compile(
            optimizer,
            ByOutput<Loss?>(loss!, nameof(loss), null),
            lossWeights is null ? null : ByOutput(lossWeights, nameof(lossWeights), 1),
            metrics is null ? null : ByOutput(metrics, nameof(metrics), []),
            weightedMetrics is null ? null : ByOutput(weightedMetrics, nameof(weightedMetrics), []));
    }

    // A metric gathers one figure: in two places it would mix theirs.
    private void CheckMetrics(OutputSetup[] outputs)
    {
        var places = new Dictionary<Metric, int>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < outputs.Length; i++)
        {
            foreach (Metric? metric in outputs[i].Metrics.Concat(outputs[i].WeightedMetrics))
            {
                string which = outputs.Length == 1 ? $"'{Name}'" : $"output '{Description.Outputs[i].Name}' of '{Name}'";
                if (metric is null) throw new ArgumentException($"Expected metrics, but one of {which} is null.", "metrics");
                if (places.TryAdd(metric, i)) continue;
                string other = outputs.Length == 1 ? "more than once" : $"and for '{Description.Outputs[places[metric]].Name}' too";
                throw new ArgumentException(
                    $"The metric '{metric.Name}' stands for {which} {other}. " +
                    "It gathers one figure: make a metric for each place, or give its name.", "metrics");
            }
        }
    }

    private T[] ByInput<T>(IReadOnlyDictionary<string, T> entries, string argument, T absent) =>
        PortLists.ByName(entries, Description.Inputs, "input", Name, argument, absent);

    private T[] ByOutput<T>(IReadOnlyDictionary<string, T> entries, string argument, T absent) =>
        PortLists.ByName(entries, Description.Outputs, "output", Name, argument, absent);

    // All for the only output; else one for each, or none.
    private IReadOnlyList<Metric>[] PerOutput(IReadOnlyList<Metric> metrics, string argument)
    {
        int outputs = Description.Outputs.Length;
        if (outputs == 1) return [[.. metrics]];
        if (metrics.Count > 0) PortLists.CheckCount(metrics.Count, Description.Outputs, "output", Name, argument);
        return [.. Enumerable.Range(0, outputs).Select(output => metrics.Count == 0 ? (IReadOnlyList<Metric>)[] : [metrics[output]])];
    }
}
