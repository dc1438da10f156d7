using CompiledNets.Harness.Goldens;

namespace CompiledNets.Tests.Callbacks;

/// <summary>The progress bar prints what Keras prints, character for character.</summary>
public sealed class ProgressBarTests
{
    private double now;

    [Fact]
    public void A_bar_moves_as_that_of_keras()
    {
        StringWriter output = new();
        ProgressBar bar = new(output, Verbose.Bar, 4, () => now);
        Step(bar, 1, 0.45, ("accuracy", 0.4375), ("loss", 0.9586));
        Step(bar, 2, 0.455, ("accuracy", 0.4375), ("loss", 0.9586));
        now = 0.468;
        bar.Finish(Logs(("accuracy", 0.49), ("loss", 0.8675)));
        Assert.Equal(
            """
            \r\x1b[1m1/4\x1b[0m \x1b[32m━━━━━\x1b[0m\x1b[37m━━━━━━━━━━━━━━━\x1b[0m \x1b[1m1s\x1b[0m 450ms/step - accuracy: 0.4375 - loss: 0.9586
            {72 x \b}\r\x1b[1m4/4\x1b[0m \x1b[32m━━━━━━━━━━━━━━━━━━━━\x1b[0m\x1b[37m\x1b[0m \x1b[1m0s\x1b[0m 6ms/step - accuracy: 0.4900 - loss: 0.8675  \n
            """,
            Escaped(output.ToString()));
    }

    [Fact]
    public void Numbers_are_formatted_as_keras_does()
    {
        (string, double)[] figures =
        [
            ("big", 123456.789), ("edge", 1e-3), ("inf", double.PositiveInfinity), ("nan", double.NaN), ("negative", -1.5), ("one", 1),
                ("small", 1.2345e-4), ("zero", 0),
        ];
        StringWriter bar = new(), line = new();
        new ProgressBar(bar, Verbose.Bar, 120, () => now).Finish(Logs(figures));
        new ProgressBar(line, Verbose.Line, 120, () => now).Finish(Logs(figures));
        Assert.EndsWith(
            " - big: 123456.7890 - edge: 1.0000e-03 - inf: inf - nan: nan - negative: -1.5000 - one: 1.0000 - small: 1.2345e-04 - zero: " +
            "0.0000e+00\n", bar.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            "120/120 - 0s - 0s/step - big: 123456.7890 - edge: 1.0000e-03 - inf: inf - nan: nan - negative: -1.5000e+00 - one: 1.0000 - " +
                "small: 1.2345e-04 - zero: 0.0000e+00" + Environment.NewLine,
            line.ToString());
    }

    [Fact]
    public void An_escaped_file_of_keras_has_the_same_form()
    {
        string expected = File.ReadAllText(Path.Combine(GoldenFolder.FullPath, "text", "fit", "evaluate_verbose1.escaped.txt"))
            .Replace("\r\n", "\n", StringComparison.Ordinal);
        StringWriter output = new();
        ProgressBar bar = new(output, Verbose.Bar, 4, () => now);
        Step(bar, 1, 0.37, ("accuracy", 0.4375), ("loss", 0.9047));
        now = 0.385;
        bar.Finish(Logs(("accuracy", 0.5), ("loss", 0.871)));
        Assert.Equal(expected.TrimEnd('\n'), Escaped(output.ToString()).Replace("\\n", "", StringComparison.Ordinal).TrimEnd('\n'));
    }

    [Fact]
    public void Slow_epochs_show_every_step_and_the_time_to_go()
    {
        StringWriter output = new();
        ProgressBar bar = new(output, Verbose.Bar, 5, () => now);
        (double At, double Accuracy, double Loss)[] steps =
            [(0.704, 0.3571, 1.0068), (1.007, 0.4286, 0.8204), (1.31, 0.5, 0.8014), (1.613, 0.5, 0.829), (1.916, 0.4714, 0.8771)];
        for (int i = 0; i < steps.Length; i++) Step(bar, i + 1, steps[i].At, ("accuracy", steps[i].Accuracy), ("loss", steps[i].Loss));
        now = 0.704 + (4 * 0.333);
        bar.Finish(Logs(("accuracy", 0.4714), ("loss", 0.8771), ("val_accuracy", 0.5667), ("val_loss", 0.8345)));
        string epoch = Golden("verbose1_slow").Split("Epoch 1/2\n")[1].Split("\nEpoch 2/2")[0];
        Assert.Equal(epoch, Plain(output));
    }

    [Fact]
    public void Steps_that_are_not_known_are_told_at_the_end()
    {
        StringWriter output = new();
        ProgressBar bar = new(output, Verbose.Bar, null, () => now);
        Step(bar, 1, 0.154, ("loss", 0.7273));
        Step(bar, 3, 0.154 + 0.106, ("loss", 0.8728));
        now = 0.154 + 0.108;
        bar.Finish(Logs(("loss", 0.8728)), steps: 3);
        Assert.Equal(Golden("verbose1_unknown_length").TrimEnd('\n'), Plain(output));
    }

    [Fact]
    public void A_prediction_has_no_figures()
    {
        StringWriter output = new(), line = new();
        ProgressBar bar = new(output, Verbose.Bar, 4, () => now), one = new(line, Verbose.Line, 4, () => now);
        Step(bar, 1, 0.09);
        one.Update(1, Logs());
        now = 0.09 + (3 * 0.009);
        bar.Finish(Logs());
        Assert.Equal(Golden("predict_verbose1").TrimEnd('\n'), Plain(output));
        now = 0.09 + (3 * 0.037);
        one.Finish(Logs());
        Assert.Equal(Golden("predict_verbose2"), line.ToString().Replace(Environment.NewLine, "\n", StringComparison.Ordinal));
    }

    [Fact]
    public void A_line_is_that_of_keras()
    {
        StringWriter output = new();
        ProgressBar bar = new(output, Verbose.Line, 4, () => now);
        bar.Update(1, Logs());
        now = 0.876;
        bar.Finish(Logs(
            ("accuracy", 0.49), ("auc", 0.4692), ("loss", 0.8675), ("mae", 0.5093), ("val_accuracy", 0.5), ("val_auc", 0.5946),
            ("val_loss", 0.8487), ("val_mae", 0.4798)));
        string expected = Golden("verbose2_metrics_validation", ".txt").Split('\n')[1];
        Assert.Equal(expected, output.ToString().TrimEnd());
    }

    private static string Golden(string name, string? ending = null)
    {
        ending ??= name.Contains("verbose1", StringComparison.Ordinal) ? ".escaped.txt" : ".txt";
        return File.ReadAllText(Path.Combine(GoldenFolder.FullPath, "text", "fit", name + ending))
            .Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    // The golden files end lines where the bar does, and leave trailing blanks.
    private static string Plain(StringWriter output) => Escaped(output.ToString()).Replace("\\n", "", StringComparison.Ordinal);

    private void Step(ProgressBar bar, int step, double at, params (string, double)[] figures)
    {
        now = at;
        bar.Update(step, Logs(figures));
    }

    private static Logs Logs(params (string Name, double Value)[] figures)
    {
        Logs logs = new();
        foreach ((string name, double value) in figures) logs[name] = value;
        return logs;
    }

    // One refresh a line, control characters spelled out, a run of n backspaces as {n x \b}.
    private static string Escaped(string text)
    {
        System.Text.StringBuilder escaped = new();
        for (int i = 0; i < text.Length; i++)
        {
            int run = 0;
            while (i + run < text.Length && text[i + run] == '\b') run++;
            if (run > 0)
            {
                escaped.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n{{{run} x \\b}}");
                i += run - 1;
                continue;
            }

            escaped.Append(text[i] switch { '\r' => "\\r", '\u001b' => "\\x1b", '\n' => "\\n", char other => other.ToString() });
        }

        return escaped.ToString();
    }
}
