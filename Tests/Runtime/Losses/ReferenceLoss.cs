namespace CompiledNets.Tests.Losses;

/// <summary>The losses in double precision, one position at a time, written down as their definitions.</summary>
internal static class ReferenceLoss
{
    public delegate double Formula(ReadOnlySpan<double> targets, ReadOnlySpan<double> outputs);

    public static double SquaredError(ReadOnlySpan<double> t, ReadOnlySpan<double> p)
    {
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            sum += (p[i] - t[i]) * (p[i] - t[i]);
        }

        return sum / p.Length;
    }

    public static double AbsoluteError(ReadOnlySpan<double> t, ReadOnlySpan<double> p)
    {
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            sum += Math.Abs(p[i] - t[i]);
        }

        return sum / p.Length;
    }

    public static Formula Huber(double delta) => (t, p) =>
    {
        double sum = 0;
        for (int c = 0; c < p.Length; c++)
        {
            double error = Math.Abs(p[c] - t[c]);
            sum += error <= delta ? error * error / 2 : delta * (error - (delta / 2));
        }

        return sum / p.Length;
    };

    public static double LogCosh(ReadOnlySpan<double> t, ReadOnlySpan<double> p)
    {
        double sum = 0;
        for (int c = 0; c < p.Length; c++)
        {
            sum += Math.Log(Math.Cosh(p[c] - t[c]));
        }

        return sum / p.Length;
    }

    public static Formula Binary(double smoothing = 0) => (t, p) =>
    {
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            double target = (t[i] * (1 - smoothing)) + (smoothing / 2);
            sum -= (target * Math.Log(Clip(p[i]))) + ((1 - target) * Math.Log(1 - Clip(p[i])));
        }

        return sum / p.Length;
    };

    public static Formula BinaryOfLogits(double smoothing = 0) => (t, z) =>
    {
        double sum = 0;
        for (int i = 0; i < z.Length; i++)
        {
            double target = (t[i] * (1 - smoothing)) + (smoothing / 2);
            sum += Math.Max(z[i], 0) - (z[i] * target) + Math.Log(1 + Math.Exp(-Math.Abs(z[i])));
        }

        return sum / z.Length;
    };

    public static Formula Categorical(double smoothing = 0) => (t, p) =>
    {
        double total = 0;
        foreach (double one in p)
        {
            total += one;
        }

        double sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            sum -= ((t[i] * (1 - smoothing)) + (smoothing / p.Length)) * Math.Log(Clip(p[i] / total));
        }

        return sum;
    };

    public static Formula CategoricalOfLogits(double smoothing = 0) => (t, z) =>
    {
        double sum = 0;
        for (int i = 0; i < z.Length; i++)
        {
            sum += ((t[i] * (1 - smoothing)) + (smoothing / z.Length)) * (LogOfSum(z) - z[i]);
        }

        return sum;
    };

    public static double Sparse(ReadOnlySpan<double> t, ReadOnlySpan<double> p)
    {
        double total = 0;
        foreach (double one in p)
        {
            total += Clip(one);
        }

        return Math.Log(total) - Math.Log(Clip(p[(int)t[0]]));
    }

    public static double SparseOfLogits(ReadOnlySpan<double> t, ReadOnlySpan<double> z) => LogOfSum(z) - z[(int)t[0]];

    /// <summary>Central differences of a formula.</summary>
    public static double[] Slope(Formula formula, double[] targets, double[] outputs)
    {
        const double Step = 1e-6;
        double[] slope = new double[outputs.Length];
        for (int i = 0; i < slope.Length; i++)
        {
            double[] above = [.. outputs];
            double[] below = [.. outputs];
            above[i] += Step;
            below[i] -= Step;
            slope[i] = (formula(targets, above) - formula(targets, below)) / (2 * Step);
        }

        return slope;
    }

    private static double Clip(double p) => Math.Clamp(p, 1e-7f, 1 - 1e-7f);

    private static double LogOfSum(ReadOnlySpan<double> z)
    {
        double largest = double.NegativeInfinity;
        foreach (double one in z)
        {
            largest = Math.Max(largest, one);
        }

        double sum = 0;
        foreach (double one in z)
        {
            sum += Math.Exp(one - largest);
        }

        return largest + Math.Log(sum);
    }
}
