using System.Globalization;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Tests;

/// <summary>A formula in a comment means what its expression computes: it is read again, and evaluated.</summary>
public sealed class ScalarFormulaTests
{
    private static readonly string[] Names = ["x", "mean", "variance", "gamma"];

    [Fact]
    public void Parentheses_stand_where_precedence_asks_for_them()
    {
        Scalar.BeginNetwork();
        Scalar x = Scalar.Operand(0), mean = Scalar.Operand(1), v = Scalar.Operand(2), gamma = Scalar.Operand(3);
        Assert.Equal("(x - mean) * gamma / sqrt(variance)", ((x - mean) * gamma / Scalar.Sqrt(v)).Format(Names));
        Assert.Equal("-0.5 / (sqrt(variance) * sqrt(variance) * sqrt(variance))",
            (-0.5 / (Scalar.Sqrt(v) * (Scalar.Sqrt(v) * Scalar.Sqrt(v)))).Format(Names));
        Assert.Equal("x - (mean - gamma)", (x - (mean - gamma)).Format(Names));
        Assert.Equal("x / (mean / gamma)", (x / (mean / gamma)).Format(Names));
        Assert.Equal("-(x + mean)", (-(x + mean)).Format(Names));
        Assert.Equal("gamma * (x / mean)", (gamma * (x / mean)).Format(Names));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Formulas_of_random_expressions_and_their_derivatives_mean_the_same(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 200; round++)
        {
            Scalar.BeginNetwork();
            Scalar expression = Random(random, 4);
            if (round % 2 == 1) expression = ScalarDerivative.Of(expression, 0);
            double[] operands = [1.5 + random.NextDouble(), random.NextDouble(), 1 + random.NextDouble(), 2 + random.NextDouble()];
            string formula = expression.Format(Names);
            double want = new ScalarEvaluation(expression).Of(operands), got = new Reader(formula, operands).Read();
            if (!double.IsFinite(want)) continue;
            // Constants are printed in single precision.
            Assert.True(Math.Abs(got - want) <= 1e-4 * Math.Max(1, Math.Abs(want)), $"{formula} is {got}, not {want}.");
        }
    }

    private static Scalar Random(Random random, int depth)
    {
        if (depth == 0 || random.Next(8) == 0)
            return random.Next(5) is < 4 and var operand ? Scalar.Operand(operand) : Math.Round((random.NextDouble() * 4) - 2, 2);
        Scalar a = Random(random, depth - 1), b = Random(random, depth - 1);
        return random.Next(9) switch
        {
            0 => a + b,
            1 => a - b,
            2 => a * b,
            3 => a / b,
            4 => -a,
            5 => Scalar.Sqrt(Scalar.Abs(a)),
            6 => Scalar.Tanh(a),
            7 => Scalar.Max(a, b),
            _ => Scalar.IfGreater(a, b, a * a, b - a),
        };
    }

    /// <summary>
    /// Reads formulas as mathematics writes them: sums, products, signs, functions, choices, and letters that are explained after "with".
    /// </summary>
    private sealed class Reader
    {
        private readonly Dictionary<string, double> values = new(StringComparer.Ordinal);
        private readonly string formula;
        private string text = "";
        private int at;

        public Reader(string formula, double[] operands)
        {
            this.formula = formula;
            for (int i = 0; i < operands.Length; i++) values[Names[i]] = operands[i];
        }

        public double Read()
        {
            string[] parts = formula.Split(" with ");
            if (parts.Length > 1)
            {
                foreach (string letter in System.Text.RegularExpressions.Regex.Split(parts[1], ", (?=t[0-9]+ = )"))
                {
                    string[] sides = letter.Split(" = ", 2);
                    values[sides[0]] = All(sides[1]);
                }
            }

            return All(parts[0]);
        }

        private double All(string whole)
        {
            (text, at) = (whole, 0);
            double value = Sum();
            Assert.Equal(text.Length, at);
            return value;
        }

        private double Sum()
        {
            double value = Product();
            while (Take(" + ") is var plus && (plus || Take(" - "))) value += plus ? Product() : -Product();
            return value;
        }

        private double Product()
        {
            double value = Sign();
            while (Take(" * ") is var times && (times || Take(" / "))) value = times ? value * Sign() : value / Sign();
            return value;
        }

        private double Sign() => Take("-") ? -Sign() : Atom();

        private double Atom()
        {
            if (Take("("))
            {
                double a = Sum();
                if (!Take(" > ") && !Take(" >= "))
                {
                    Assert.True(Take(")"));
                    return a;
                }

                bool orEqual = text[at - 2] == '=';
                double b = Sum();
                Assert.True(Take(" ? "));
                double yes = Sum();
                Assert.True(Take(" : "));
                double no = Sum();
                Assert.True(Take(")"));
                return (orEqual ? a >= b : a > b) ? yes : no;
            }

            int start = at;
            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '.' || (text[at] == '-' && text[at - 1] == 'E')
                || (text[at] == '+' && text[at - 1] == 'E'))) at++;
            string word = text[start..at];
            if (!Take("(")) return values.TryGetValue(word, out double value) ? value : double.Parse(word, CultureInfo.InvariantCulture);
            double first = Sum(), second = Take(", ") ? Sum() : 0;
            Assert.True(Take(")"));
            return word switch
            {
                "sqrt" => Math.Sqrt(first),
                "abs" => Math.Abs(first),
                "tanh" => Math.Tanh(first),
                "max" => Math.Max(first, second),
                "min" => Math.Min(first, second),
                _ => throw new InvalidOperationException($"No function {word}."),
            };
        }

        private bool Take(string token)
        {
            if (string.CompareOrdinal(text, at, token, 0, token.Length) != 0) return false;
            at += token.Length;
            return true;
        }
    }
}
