using System.Globalization;
using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Plots;

/// <summary>
/// A receiver operating characteristic: for each threshold the part of the positive samples above it, against the part of the negative
/// ones.
/// </summary>
public sealed class RocCurve
{
    private RocCurve(double[] falsePositiveRates, double[] truePositiveRates)
    {
        FalsePositiveRates = falsePositiveRates;
        TruePositiveRates = truePositiveRates;
        for (int i = 1; i < falsePositiveRates.Length; i++)
            Area += (falsePositiveRates[i] - falsePositiveRates[i - 1]) * (truePositiveRates[i] + truePositiveRates[i - 1]) / 2;
    }

    /// <summary>By point, from the highest threshold down, the part of the negative samples above it: from 0 to 1.</summary>
    public IReadOnlyList<double> FalsePositiveRates { get; }

    /// <summary>By point the part of the positive samples above it: from 0 to 1.</summary>
    public IReadOnlyList<double> TruePositiveRates { get; }

    /// <summary>The area below it: 1 where all positive samples lie above all others, 0.5 for chance.</summary>
    public double Area { get; }

    /// <summary>Makes the curve.</summary>
    /// <param name="yTrue">What samples are, shape (samples) or (samples, 1): 1 for positive, 0 for negative.</param>
    /// <param name="yPred">The probability, or any score, that they are positive, of the same samples.</param>
    /// <exception cref="ArgumentException">
    /// The numbers of samples differ, a target is neither 0 nor 1, a score is not a number, or one of both kinds is missing.
    /// </exception>
    public static RocCurve Of(Samples yTrue, Samples yPred)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        (float[] targets, float[] scores) = (Numbers(yTrue), Numbers(yPred));
        if (targets.Length != scores.Length)
            throw new ArgumentException($"Expected a score for each sample. Received: yTrue.shape={yTrue}, yPred.shape={yPred}",
                nameof(yPred));
        if (Array.Exists(targets, target => target is not (0 or 1)))
            throw new ArgumentException("Expected targets of 0 and 1 alone.", nameof(yTrue));
        if (Array.Exists(scores, float.IsNaN)) throw new ArgumentException("A score is not a number.", nameof(yPred));
        double positives = targets.Sum(), negatives = targets.Length - positives;
        if (positives == 0 || negatives == 0)
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"Expected samples of both kinds. Received: {positives} positive, {negatives} negative."),
                    nameof(yTrue));

        int[] order = [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i])];
        List<double> falseRates = [0], trueRates = [0];
        double falseOnes = 0, trueOnes = 0;
        for (int i = 0; i < order.Length; i++)
        {
            if (targets[order[i]] == 1) trueOnes++;
            else falseOnes++;
            // Samples of one score lie above a threshold together.
            if (i + 1 < order.Length && scores[order[i + 1]] == scores[order[i]]) continue;
            falseRates.Add(falseOnes / negatives);
            trueRates.Add(trueOnes / positives);
        }

        return new([.. falseRates], [.. trueRates]);
    }

    /// <summary>Draws the curve, and chance as a dashed line.</summary>
    /// <param name="toFile">The file; it ends in .png or .svg.</param>
    /// <param name="title">The title.</param>
    /// <param name="dpi">Pixels of a PNG an inch. Default: 144.</param>
    /// <exception cref="ArgumentException">The file ends otherwise.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Plot(string toFile = "roc.png", string title = "ROC curve", int dpi = 144)
    {
        ArgumentNullException.ThrowIfNull(title);
        string area = string.Create(CultureInfo.InvariantCulture, $"AUC {Area:0.000}");
        Curve[] curves =
        [
            new(area, [.. FalsePositiveRates], [.. TruePositiveRates], Palette.Lines[0]),
            new("chance", [0, 1], [0, 1], Palette.Lines[5], IsDashed: true),
        ];
        var chart = new Chart(title, "false positive rate", "true positive rate", curves)
        {
            XRange = (0, 1),
            YRange = (0, 1),
            HasWholeXs = false,
        };
        ChartGrid.Write(toFile, [chart], dpi);
    }

    private static float[] Numbers(Samples samples)
    {
        float[] numbers = new float[samples.Tensor.FlattenedLength];
        samples.Tensor.FlattenTo(numbers);
        return numbers;
    }
}
