namespace CompiledNets.Generator.Ops;

/// <summary>
/// A scalar expression in double precision: the reference that generated code is compared with. Each common part is computed once.
/// </summary>
internal sealed class ScalarEvaluation
{
    private readonly IReadOnlyList<Scalar> order;
    private readonly int[][] parts;
    private readonly double[] values;

    public ScalarEvaluation(Scalar expression)
    {
        order = expression.InOrder();
        var places = new Dictionary<Scalar, int>();
        for (int i = 0; i < order.Count; i++) places[order[i]] = i;
        parts = [.. order.Select(part => part.Parts.Select(inner => places[inner]).ToArray())];
        values = new double[order.Count];
    }

    /// <summary>The value for some operands.</summary>
    public double Of(ReadOnlySpan<double> operands)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int[] p = parts[i];
            values[i] = order[i] switch
            {
                Scalar.OperandElement e => operands[e.Index],
                Scalar.Constant c => c.Value,
                Scalar.Unary u => Unary(u.Kind, values[p[0]]),
                Scalar.Binary b => Binary(b.Kind, values[p[0]], values[p[1]]),
                Scalar.Choose { Comparison: Comparison.Greater } => values[p[0]] > values[p[1]] ? values[p[2]] : values[p[3]],
                Scalar.Choose => values[p[0]] >= values[p[1]] ? values[p[2]] : values[p[3]],
                _ => throw new InvalidOperationException($"No value for {order[i].GetType().Name}."),
            };
        }

        return values[values.Length - 1];
    }

    private static double Unary(UnaryKind kind, double a) => kind switch
    {
        UnaryKind.Negate => -a,
        UnaryKind.Abs => Math.Abs(a),
        UnaryKind.Sqrt => Math.Sqrt(a),
        UnaryKind.Exp => Math.Exp(a),
        UnaryKind.Expm1 => Expm1(a),
        UnaryKind.Log => Math.Log(a),
        UnaryKind.Tanh => Math.Tanh(a),
        UnaryKind.Sigmoid => a >= 0 ? 1 / (1 + Math.Exp(-a)) : Math.Exp(a) / (1 + Math.Exp(a)),
        UnaryKind.Softplus => Math.Max(a, 0) + Log1p(Math.Exp(-Math.Abs(a))),
        UnaryKind.Erf => Erf(a),
        _ => throw new InvalidOperationException($"No value for {kind}."),
    };

    private static double Binary(BinaryKind kind, double a, double b) => kind switch
    {
        BinaryKind.Add => a + b,
        BinaryKind.Subtract => a - b,
        BinaryKind.Multiply => a * b,
        BinaryKind.Divide => a / b,
        BinaryKind.Max => Math.Max(a, b),
        _ => Math.Min(a, b),
    };

    // Kahan's corrections: the rounding of the inner step is divided out again.
    private static double Expm1(double a)
    {
        double e = Math.Exp(a);
        if (e == 1) return a;
        if (e - 1 == -1) return -1;
        return double.IsInfinity(e) ? e : (e - 1) * a / Math.Log(e);
    }

    private static double Log1p(double a)
    {
        double s = 1 + a;
        return s == 1 ? a : Math.Log(s) * a / (s - 1);
    }

    // Maclaurin series near zero, continued fraction of erfc beyond: Abramowitz and Stegun 7.1.6 and 7.1.14.
    private static double Erf(double a)
    {
        double x = Math.Abs(a), result;
        if (x < 2.5)
        {
            double term = x, sum = x;
            for (int n = 1; n < 200 && Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
            {
                term *= 2 * x * x / ((2 * n) + 1);
                sum += term;
            }

            result = 1.1283791670955126 * Math.Exp(-x * x) * sum;
        }
        else
        {
            double fraction = 0;
            for (int n = 60; n > 0; n--) fraction = n / 2.0 / (x + fraction);
            result = 1 - (Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * (x + fraction)));
        }

        return a < 0 ? -result : result;
    }
}
