namespace CompiledNets.Data;

/// <summary>
/// Numbers in ascending order, each with how many it stands for: what Keras's Discretization learns quantiles from, in its steps and its
/// single precision, so that boundaries are Keras's (<c>keras/src/layers/preprocessing/discretization.py</c>).
/// </summary>
internal sealed class QuantileSummary
{
    private readonly float[] values;
    private readonly float[] weights;

    private QuantileSummary(float[] values, float[] weights)
    {
        this.values = values;
        this.weights = weights;
    }

    /// <summary>The summary of nothing.</summary>
    public static QuantileSummary Empty { get; } = new([], []);

    /// <summary>How many numbers it keeps.</summary>
    public int Count => values.Length;

    /// <summary>A summary of numbers: about 1 / epsilon of them.</summary>
    public static QuantileSummary Of(float[] numbers, double epsilon)
    {
        float[] sorted = [.. numbers];
        Array.Sort(sorted);
        double step = Math.Max(sorted.Length / (1.0 / epsilon), 1);
        List<float> kept = [];
        for (int i = (int)(step - 1); i < sorted.Length; i += (int)step) kept.Add(sorted[i]);
        float[] weights = new float[kept.Count];
        Array.Fill(weights, (float)step);
        return new([.. kept], weights);
    }

    /// <summary>Both summaries in one, no larger than epsilon asks for.</summary>
    public QuantileSummary Merge(QuantileSummary other, double epsilon)
    {
        (float Value, float Weight)[] all =
            [.. values.Zip(weights).Concat(other.values.Zip(other.weights)).OrderBy(item => item.First)];
        return new QuantileSummary([.. all.Select(item => item.Value)], [.. all.Select(item => item.Weight)]).Compress(epsilon);
    }

    /// <summary>The boundaries between bins of equal weight.</summary>
    public float[] Boundaries(int bins) => Compress(1.0 / bins).values[..^1];

    private QuantileSummary Compress(double epsilon)
    {
        if (values.Length * epsilon < 1) return this;
        double[] sums = new double[weights.Length], shares = new double[weights.Length];
        float sum = 0;
        for (int i = 0; i < weights.Length; i++) sums[i] = sum += weights[i];
        for (int i = 0; i < weights.Length; i++) shares[i] = (float)sums[i] / sum;
        int count = (int)Math.Ceiling(1 / epsilon);
        float[] bins = new float[count], binWeights = new float[count];
        double before = 0;
        for (int i = 0; i < count; i++)
        {
            double share = epsilon + (i * epsilon);
            bins[i] = (float)Between(share, shares, at => values[at]);
            double until = Between(share, shares, at => sums[at]);
            binWeights[i] = (float)(until - before);
            before = until;
        }

        return new(bins, binWeights);
    }

    // numpy.interp: linear between two points, constant outside of all.
    private static double Between(double x, double[] points, Func<int, double> y)
    {
        if (x <= points[0]) return y(0);
        if (x >= points[^1]) return y(points.Length - 1);
        int next = Array.FindIndex(points, point => point > x);
        double slope = (y(next) - y(next - 1)) / (points[next] - points[next - 1]);
        return (slope * (x - points[next - 1])) + y(next - 1);
    }
}
