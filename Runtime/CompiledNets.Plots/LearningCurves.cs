namespace CompiledNets.Plots;

/// <summary>Draws the learning curves anew while a network trains: an open picture shows how it goes.</summary>
public sealed class LearningCurves : Callback
{
    private readonly string toFile;
    private readonly int every;
    private readonly IReadOnlyList<string>? figures;
    private readonly int dpi;
    private Recorder recorder = new();

    /// <summary>Makes the callback.</summary>
    /// <param name="toFile">The file; it ends in .png or .svg.</param>
    /// <param name="every">Epochs from one picture to the next; the last epoch is always drawn.</param>
    /// <param name="figures">The figures, without <c>val_</c>; null for all that there are.</param>
    /// <param name="dpi">Pixels of a PNG an inch. Default: 144.</param>
    /// <exception cref="ArgumentException">The file ends otherwise, or a number is less than 1.</exception>
    public LearningCurves(string toFile = "curves.png", int every = 1, IReadOnlyList<string>? figures = null, int dpi = 144)
    {
        PictureFile.Check(toFile);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dpi, 1);
        (this.toFile, this.every, this.figures, this.dpi) = (toFile, every, figures, dpi);
    }

    /// <inheritdoc/>
    public override void OnTrainBegin() => recorder = new();

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        recorder.Add(epoch, logs);
        if ((epoch + 1) % every == 0) recorder.Draw(toFile, figures, dpi);
    }

    /// <inheritdoc/>
    public override void OnTrainEnd() => recorder.Draw(toFile, figures, dpi);

    private sealed class Recorder
    {
        private readonly History history = new();
        private bool isDrawn = true;

        public void Add(int epoch, Logs logs)
        {
            history.Add(epoch, logs);
            isDrawn = false;
        }

        public void Draw(string toFile, IReadOnlyList<string>? figures, int dpi)
        {
            if (isDrawn) return;
            history.Plot(toFile, figures, dpi: dpi);
            isDrawn = true;
        }
    }
}
