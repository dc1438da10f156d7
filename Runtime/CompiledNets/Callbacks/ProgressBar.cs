using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CompiledNets;

/// <summary>Keras's progress bar, character for character: the same control characters, widths and number formats.</summary>
internal sealed class ProgressBar
{
    private const int Width = 20;

    /// <summary>Columns of the steps where nobody knows how many there are.</summary>
    private const int UnknownWidth = 7;

    /// <summary>Least time between two refreshes, in seconds.</summary>
    private const double Interval = 0.05;

    private const string Bold = "\u001b[1m";
    private const string Green = "\u001b[32m";
    private const string White = "\u001b[37m";
    private const string Plain = "\u001b[0m";

    private readonly TextWriter writer;
    private readonly Verbose verbose;
    private int? target;
    private readonly Func<double> clock;
    private readonly double start;
    private double lastUpdate = double.NegativeInfinity;
    private double afterFirstStep = double.NaN;
    private int lastWidth;

    /// <summary>Makes the bar; its time begins now.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="verbose">A bar or a line.</param>
    /// <param name="target">Steps there are; null where that is not known.</param>
    /// <param name="clock">Seconds since some time; null for those of the machine.</param>
    public ProgressBar(TextWriter writer, Verbose verbose, int? target, Func<double>? clock = null)
    {
        this.writer = writer;
        this.verbose = verbose;
        this.target = target;
        this.clock = clock ?? (static () => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency);
        start = this.clock();
    }

    /// <summary>
    /// The bar for standard output: null where nothing is to be shown. Where that is no terminal, a bar that moves would leave nothing but
    /// control characters: it is a line.
    /// </summary>
    public static ProgressBar? OnConsole(Verbose verbose, int? target) => verbose == Verbose.Silent
        ? null : new(Console.Out, verbose == Verbose.Bar && !Terminal.IsThere ? Verbose.Line : verbose, target);

    /// <summary>Shows that a step is done.</summary>
    public void Update(int current, Logs figures) => Show(current, figures, isLast: false);

    /// <summary>Shows the last state and ends the line.</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="steps">Steps there were, which is known at the latest now; null for those there are.</param>
    public void Finish(Logs figures, int? steps = null)
    {
        target ??= steps;
        Show(target ?? 0, figures, isLast: true);
    }

    private void Show(int current, Logs figures, bool isLast)
    {
        double now = clock(), perStep = PerStep(current, now);
        if (!isLast && (verbose != Verbose.Bar || now - lastUpdate < Interval)) return;
        if (verbose == Verbose.Bar) ShowBar(current, figures, isLast, now, perStep);
        else writer.WriteLine(Invariant($"{Steps(current)} - {Round(now - start)}s -{Time(perStep)}{Figures(figures, signed: true)}"));
        writer.Flush();
        lastUpdate = now;
    }

    private void ShowBar(int current, Logs figures, bool isLast, double now, double perStep)
    {
        string steps = Steps(current);
        string time = isLast || target is null ? Round(now - start) + "s" : Remaining(perStep * (target.Value - current));
        string tail = Time(perStep) + Figures(figures, signed: false);
        int width = steps.Length + (target is null ? 0 : 1 + Width) + 1 + time.Length + tail.Length;
        var text = new StringBuilder();
        text.Append('\b', lastWidth).Append('\r');
        if (target is { } all)
        {
            int done = (int)((double)current / all * Width);
            text.Append(Bold).Append(steps).Append(Plain).Append(' ');
            if (done > 0) text.Append(Green).Append('━', done).Append(Plain);
            text.Append(White).Append('━', Width - done).Append(Plain);
        }
        else
        {
            text.Append(steps);
        }

        text.Append(' ').Append(Bold).Append(time).Append(Plain).Append(tail);
        text.Append(' ', Math.Max(0, lastWidth - width));
        if (isLast) text.Append('\n');
        writer.Write(text);
        lastWidth = width;
    }

    // The first step is left out of the mean once there is another: it holds what is done only once.
    private double PerStep(int current, double now)
    {
        double perStep = !double.IsNaN(afterFirstStep) && current > 1 ? (now - afterFirstStep) / (current - 1) : (now - start) / current;
        if (current == 1) afterFirstStep = now;
        return perStep;
    }

    private string Steps(int current)
    {
        if (target is null) return current.ToString(CultureInfo.InvariantCulture).PadLeft(UnknownWidth) + "/Unknown";
        string all = target.Value.ToString(CultureInfo.InvariantCulture);
        return current.ToString(CultureInfo.InvariantCulture).PadLeft(all.Length) + "/" + all;
    }

    private static string Remaining(double seconds)
    {
        int whole = (int)seconds;
        return whole > 3600 ? Invariant($"{whole / 3600}:{whole % 3600 / 60:00}:{whole % 60:00}") : whole > 60
            ? Invariant($"{whole / 60}:{whole % 60:00}") : Invariant($"{whole}s");
    }

    private static string Time(double perStep) => perStep switch
    {
        >= 1 or 0 => $" {Round(perStep)}s/step",
        >= 1e-3 => $" {Round(perStep * 1e3)}ms/step",
        _ => $" {Round(perStep * 1e6)}us/step",
    };

    // Keras compares the value itself where it prints a line, and its size where it prints a bar.
    private static string Figures(Logs figures, bool signed)
    {
        var text = new StringBuilder();
        foreach ((string name, double value) in figures)
        {
            bool isPlain = (signed ? value : Math.Abs(value)) > 1e-3;
            text.Append(" - ").Append(name).Append(": ").Append(double.IsFinite(value)
                ? value.ToString(isPlain ? "F4" : "0.0000e+00", CultureInfo.InvariantCulture)
                : double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf");
        }

        return text.ToString();
    }

    private static string Round(double number) => Math.Round(number).ToString("F0", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
