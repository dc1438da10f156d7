using System.Globalization;

namespace CompiledNets;

/// <summary>Prints the progress of training as Keras does: a bar that moves, or a line an epoch.</summary>
internal sealed class ProgressPrinter(Verbose verbose, int epochs, int steps) : Callback
{
    private ProgressBar? bar;

    public override void OnEpochBegin(int epoch)
    {
        if (epochs > 1) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Epoch {epoch + 1}/{epochs}"));
        bar = ProgressBar.OnConsole(verbose, steps);
    }

    public override void OnTrainBatchEnd(int batch, Logs logs) => bar!.Update(batch + 1, logs);

    public override void OnEpochEnd(int epoch, Logs logs) => bar!.Finish(logs);
}
