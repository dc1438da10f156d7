using CompiledNets.Data;
using CompiledNets.Tests.Training;

namespace CompiledNets.Tests.Callbacks;

/// <summary>Early stopping by Keras's rules, driven by figures that a callback before it makes up.</summary>
public sealed class EarlyStoppingTests
{
    [Fact]
    public void Ends_when_patience_is_at_its_end() =>
        Assert.Equal(5, Run([5, 4, 4.5, 4.2, 4.1, 3], new("made_up", patience: 3, mode: MonitorMode.Min)));

    [Fact]
    public void Without_patience_ends_at_the_first_epoch_that_is_not_better_but_the_first() =>
        Assert.Equal(3, Run([5, 4, 4, 1], new("made_up", mode: MonitorMode.Min)));

    [Fact]
    public void Ends_never_while_it_gets_better() => Assert.Equal(4, Run([5, 4, 3, 2], new("made_up", mode: MonitorMode.Min, baseline: 1)));

    [Fact]
    public void What_is_better_by_less_than_the_least_delta_is_not_better() =>
        Assert.Equal(3, Run([5, 4.95, 4.9, 4.85], new("made_up", minDelta: 0.2, patience: 2, mode: MonitorMode.Min)));

    [Fact]
    public void Larger_is_better_where_told_so() => Assert.Equal(3, Run([1, 2, 1.5, 3], new("made_up", mode: MonitorMode.Max)));

    [Fact]
    public void Early_epochs_are_left_out() =>
        Assert.Equal(6, Run([1, 2, 3, 4, 3, 3.5, 3.2], new("made_up", patience: 1, mode: MonitorMode.Min, startFromEpoch: 3)));

    [Fact]
    public void A_first_value_that_is_no_number_is_never_beaten() =>
        Assert.Equal(3, Run([double.NaN, 4, 3, 2], new("made_up", patience: 2, mode: MonitorMode.Min)));

    [Fact]
    public void The_best_epoch_is_told_with_and_without_its_weights()
    {
        foreach (bool restores in new[] { false, true })
        {
            EarlyStopping stopping = new("made_up", patience: 2, mode: MonitorMode.Min, restoreBestWeights: restores);
            Assert.Null(stopping.BestEpoch);
            Run([5, 3, 4, 4, 1], stopping);
            Assert.Equal((1, 3.0, 3), (stopping.BestEpoch, stopping.Best, stopping.StoppedEpoch));
        }
    }

    [Fact]
    public void The_best_weights_come_back_even_where_nothing_was_stopped()
    {
        BinaryNet model = Compiled();
        float[]? second = null;
        Script script = new([5, 1, 3], epoch => second = epoch == 1 ? model.Dense.Kernel.Values.ToArray() : second);
        model.Fit(Examples.Binary(40), epochs: 3, verbose: Verbose.Silent,
            callbacks: [script, new EarlyStopping("made_up", patience: 10, mode: MonitorMode.Min, restoreBestWeights: true)]);
        Assert.Equal(second, model.Dense.Kernel.Values.ToArray());
    }

    [Fact]
    public void The_direction_of_a_metric_is_known()
    {
        BinaryNet model = Compiled();
        model.Fit(Examples.Binary(40), epochs: 2, verbose: Verbose.Silent, validationSplit: 0.2,
            callbacks: [new EarlyStopping("val_accuracy", patience: 5)]);
        InvalidOperationException unknown = Assert.Throws<InvalidOperationException>(
            () => model.Fit(Examples.Binary(40), epochs: 2, verbose: Verbose.Silent, callbacks: [new EarlyStopping("made_up")]));
        Assert.Contains("Please set the `mode` argument", unknown.Message, StringComparison.Ordinal);
    }

    private static int Run(double[] figures, EarlyStopping stopping) =>
        Compiled().Fit(Examples.Binary(16), epochs: figures.Length, verbose: Verbose.Silent,
            callbacks: [new Script(figures), stopping]).Epochs.Count;

    private static BinaryNet Compiled()
    {
        BinaryNet model = new(1);
        model.Compile("adam", "binary_crossentropy", "accuracy");
        return model;
    }

    private sealed class Script(double[] figures, Action<int>? seen = null) : Callback
    {
        public override void OnEpochEnd(int epoch, Logs logs)
        {
            logs["made_up"] = figures[epoch];
            seen?.Invoke(epoch);
        }
    }
}
