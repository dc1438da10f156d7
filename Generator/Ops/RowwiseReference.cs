namespace CompiledNets.Generator.Ops;

/// <summary>The functions of a whole row and their gradients in double precision, as textbooks write them.</summary>
internal static class RowwiseReference
{
    public static void Forward(RowwiseKind kind, ReadOnlySpan<double> x, Span<double> y)
    {
        switch (kind)
        {
            case RowwiseKind.Softmax:
                LogSoftmax(x, y);
                for (int i = 0; i < y.Length; i++) y[i] = Math.Exp(y[i]);
                break;
            case RowwiseKind.LogSoftmax:
                LogSoftmax(x, y);
                break;
            case RowwiseKind.Sparsemax:
                double threshold = Threshold(x, out _, out _);
                for (int i = 0; i < y.Length; i++) y[i] = Math.Max(x[i] - threshold, 0);
                break;
            default:
                for (int i = 0; i < y.Length; i++) y[i] = x[i] / (1 + Math.Exp(-x[y.Length + i]));
                break;
        }
    }

    /// <param name="kind">The function.</param>
    /// <param name="kept">The result of softmax and log-softmax, the argument of the others.</param>
    /// <param name="g">Gradient of the result.</param>
    /// <param name="dx">Gradient of the argument.</param>
    public static void Backward(RowwiseKind kind, ReadOnlySpan<double> kept, ReadOnlySpan<double> g, Span<double> dx)
    {
        double sum = 0;
        switch (kind)
        {
            case RowwiseKind.Softmax:
                for (int i = 0; i < g.Length; i++) sum += g[i] * kept[i];
                for (int i = 0; i < g.Length; i++) dx[i] = kept[i] * (g[i] - sum);
                break;
            case RowwiseKind.LogSoftmax:
                for (int i = 0; i < g.Length; i++) sum += g[i];
                for (int i = 0; i < g.Length; i++) dx[i] = g[i] - (Math.Exp(kept[i]) * sum);
                break;
            case RowwiseKind.Sparsemax:
                double threshold = Threshold(kept, out int support, out int[] ranks);
                for (int i = 0; i < g.Length; i++) sum += kept[i] > threshold ? g[i] : 0;
                // The threshold is (Σ of the first cumulative sums - 1) / k: the entry of rank r stands in k - r + 1 of them.
                for (int i = 0; i < g.Length; i++)
                    dx[i] = (kept[i] > threshold ? g[i] : 0) - (ranks[i] <= support ? sum * (support - ranks[i] + 1) / support : 0);
                break;
            default:
                int half = g.Length;
                for (int i = 0; i < half; i++)
                {
                    double gate = 1 / (1 + Math.Exp(-kept[half + i]));
                    dx[i] = g[i] * gate;
                    dx[half + i] = g[i] * kept[i] * gate * (1 - gate);
                }

                break;
        }
    }

    private static void LogSoftmax(ReadOnlySpan<double> x, Span<double> y)
    {
        double max = double.NegativeInfinity, sum = 0;
        foreach (double value in x) max = Math.Max(max, value);
        foreach (double value in x) sum += Math.Exp(value - max);
        for (int i = 0; i < y.Length; i++) y[i] = x[i] - max - Math.Log(sum);
    }

    // Keras 3.15.1 sums the cumulative sums of the support where the paper (Martins and Astudillo, 2016) takes the last one; files made by
    // it carry that.
    private static double Threshold(ReadOnlySpan<double> x, out int support, out int[] ranks)
    {
        ranks = new int[x.Length];
        support = 0;
        double total = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double cumulative = 0;
            int rank = 0;
            for (int j = 0; j < x.Length; j++)
            {
                if (x[j] < x[i] || (x[j] == x[i] && j > i)) continue;
                rank++;
                cumulative += x[j];
            }

            ranks[i] = rank;
            if (1 + (rank * x[i]) <= cumulative) continue;
            support++;
            total += cumulative;
        }

        return (total - 1) / support;
    }
}
