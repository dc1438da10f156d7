using CompiledNets.Tests.Summary;
using CompiledNets.Tests.Training;

namespace CompiledNets.Tests.Callbacks;

/// <summary>Callbacks that change the learning rate, by Keras's rules and with its messages.</summary>
[Collection(nameof(Alone))]
public sealed class LearningRateCallbackTests
{
    [Fact]
    public void A_plateau_lowers_the_rate_with_keras_s_words()
    {
        string printed = Scripted.Printed(() => Scripted.Fit(
            [1, 2, 2, 2, 2, 2], new Adam(0.1), new ReduceLROnPlateau(factor: 0.5, patience: 1, verbose: Verbose.Line)));
        Assert.Equal(Messages("reduce_lr_on_plateau"), printed);
    }

    [Fact]
    public void Rates_are_those_that_epochs_had()
    {
        (History history, BinaryNet model) = Scripted.Fit([1, 2, 2, 2], new Adam(0.1), new ReduceLROnPlateau(factor: 0.5, patience: 2));
        Assert.Equal([0.1f, 0.1f, 0.1f, 0.05f], history["learning_rate"].Select(rate => (float)rate));
        Assert.Equal("learning_rate", history.Keys.Last());
        Assert.Equal(0.05f, (float)model.Optimizer!.LearningRate);
    }

    [Fact]
    public void After_lowering_epochs_are_left_out_but_what_is_best_is_kept()
    {
        (History history, _) = Scripted.Fit(
            [1, 2, 0.5, 2, 2, 2, 2], new SGD(1), new ReduceLROnPlateau(factor: 0.5, patience: 1, cooldown: 3));
        // Lowered after the second; of the three that are left out the last counts again.
        Assert.Equal([1, 1, 0.5, 0.5, 0.5, 0.25, 0.25], history["learning_rate"]);
    }

    [Fact]
    public void It_stays_above_the_least_rate()
    {
        (History history, _) = Scripted.Fit(
            [1, 1, 1, 1], new SGD(0.1), new ReduceLROnPlateau(factor: 0.1, patience: 1, minLr: 0.05));
        Assert.Equal([0.1f, 0.1f, 0.05f, 0.05f], history["learning_rate"].Select(rate => (float)rate));
    }

    [Fact]
    public void A_scheduler_sets_the_rate_with_keras_s_words()
    {
        string printed = Scripted.Printed(() => Scripted.Fit(
            [1, 1, 1], new Adam(0.1), new LearningRateScheduler((_, rate) => rate * 0.5, verbose: Verbose.Line)));
        Assert.Equal(Messages("learning_rate_scheduler"), printed);
        (History history, _) = Scripted.Fit([1, 1, 1], new Adam(0.1), new LearningRateScheduler(epoch => 1.0 / (1 << epoch)));
        Assert.Equal([1, 0.5, 0.25], history["learning_rate"]);
    }

    [Fact]
    public void What_cannot_be_is_told()
    {
        Assert.Contains("factor=1", Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceLROnPlateau(factor: 1)).Message,
            StringComparison.Ordinal);
        SGD scheduled = new(new ExponentialDecay(0.1, 10, 0.5));
        Assert.Contains("ExponentialDecay",
            Assert.Throws<InvalidOperationException>(() => Scripted.Fit([1], scheduled, new ReduceLROnPlateau())).Message,
            StringComparison.Ordinal);
        InvalidOperationException unknown =
            Assert.Throws<InvalidOperationException>(() => Scripted.Fit([1], new SGD(), new ReduceLROnPlateau("val_foo")));
        Assert.Contains("ReduceLROnPlateau callback received monitor=val_foo", unknown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Scripted.Fit([1], new SGD(), new LearningRateScheduler(_ => -1)));
    }

    // Keras's messages without the lines of the progress between them.
    private static string Messages(string golden) => string.Concat(DescribedNetworks.Golden($"callbacks/{golden}.txt")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Contains(" learning rate to ", StringComparison.Ordinal))
        .Select(line => "\n" + line + "\n"));
}
