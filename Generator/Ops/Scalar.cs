using System.Globalization;

namespace CompiledNets.Generator.Ops;

/// <summary>
/// A scalar expression: what happens to one element. Activations, normalizations and their derivatives are such expressions, written once; kernels print them over lanes.
/// Immutable and equal by structure, so that common parts are found by comparing.
/// </summary>
internal abstract record Scalar
{
    public static Scalar Zero { get; } = new Constant(0);

    public static Scalar One { get; } = new Constant(1);

    /// <summary>The element of an operand.</summary>
    public static Scalar Operand(int index) => new OperandElement(index);

    public static implicit operator Scalar(double value) => new Constant(value);

    public static Scalar operator +(Scalar a, Scalar b) => (a, b) switch
    {
        (Constant x, Constant y) => x.Value + y.Value,
        (Constant { Value: 0 }, _) => b,
        (_, Constant { Value: 0 }) => a,
        (_, Unary { Kind: UnaryKind.Negate } n) => a - n.A,
        _ => new Binary(BinaryKind.Add, a, b),
    };

    public static Scalar operator -(Scalar a, Scalar b) => (a, b) switch
    {
        (Constant x, Constant y) => x.Value - y.Value,
        (_, Constant { Value: 0 }) => a,
        (Constant { Value: 0 }, _) => -b,
        _ => new Binary(BinaryKind.Subtract, a, b),
    };

    public static Scalar operator *(Scalar a, Scalar b) => (a, b) switch
    {
        (Constant x, Constant y) => x.Value * y.Value,
        (Constant { Value: 0 }, _) or (_, Constant { Value: 0 }) => Zero,
        (Constant { Value: 1 }, _) => b,
        (_, Constant { Value: 1 }) => a,
        (Constant { Value: -1 }, _) => -b,
        (_, Constant { Value: -1 }) => -a,
        (Constant x, Binary { Kind: BinaryKind.Multiply, A: Constant y } m) => (Scalar)(x.Value * y.Value) * m.B,
        (_, Constant) => b * a,
        // A switch times a factor is a switch between the factor and nothing: one operation instead of two.
        (Choose { Yes: Constant { Value: 1 }, No: Constant { Value: 0 } } c, _) => c with { Yes = b, No = Zero },
        (_, Choose { Yes: Constant { Value: 1 }, No: Constant { Value: 0 } } c) => c with { Yes = a, No = Zero },
        (Choose { Yes: Constant yes, No: Constant no } c, _) => c with { Yes = yes * b, No = no * b },
        _ => new Binary(BinaryKind.Multiply, a, b),
    };

    public static Scalar operator /(Scalar a, Scalar b) => (a, b) switch
    {
        (Constant x, Constant y) => x.Value / y.Value,
        (Constant { Value: 0 }, _) => Zero,
        (_, Constant { Value: 1 }) => a,
        _ => new Binary(BinaryKind.Divide, a, b),
    };

    public static Scalar operator -(Scalar a) => a switch
    {
        Constant x => -x.Value,
        Unary { Kind: UnaryKind.Negate } n => n.A,
        _ => new Unary(UnaryKind.Negate, a),
    };

    /// <summary>The larger; the derivative at a tie is that of <paramref name="a"/>.</summary>
    public static Scalar Max(Scalar a, Scalar b) => new Binary(BinaryKind.Max, a, b);

    /// <summary>The smaller; the derivative at a tie is that of <paramref name="a"/>.</summary>
    public static Scalar Min(Scalar a, Scalar b) => new Binary(BinaryKind.Min, a, b);

    public static Scalar Abs(Scalar a) => new Unary(UnaryKind.Abs, a);

    public static Scalar Sqrt(Scalar a) => new Unary(UnaryKind.Sqrt, a);

    public static Scalar Exp(Scalar a) => new Unary(UnaryKind.Exp, a);

    /// <summary>exp(a) - 1, exact near zero.</summary>
    public static Scalar Expm1(Scalar a) => new Unary(UnaryKind.Expm1, a);

    public static Scalar Log(Scalar a) => new Unary(UnaryKind.Log, a);

    public static Scalar Tanh(Scalar a) => new Unary(UnaryKind.Tanh, a);

    public static Scalar Sigmoid(Scalar a) => new Unary(UnaryKind.Sigmoid, a);

    /// <summary>log(1 + exp(a)).</summary>
    public static Scalar Softplus(Scalar a) => new Unary(UnaryKind.Softplus, a);

    public static Scalar Erf(Scalar a) => new Unary(UnaryKind.Erf, a);

    /// <summary>a &gt; b ? yes : no.</summary>
    public static Scalar IfGreater(Scalar a, Scalar b, Scalar yes, Scalar no) => yes == no ? yes : new Choose(Comparison.Greater, a, b, yes, no);

    /// <summary>a &gt;= b ? yes : no.</summary>
    public static Scalar IfGreaterOrEqual(Scalar a, Scalar b, Scalar yes, Scalar no) => yes == no ? yes : new Choose(Comparison.GreaterOrEqual, a, b, yes, no);

    /// <summary>The parts an expression is made of.</summary>
    public abstract IReadOnlyList<Scalar> Parts { get; }

    /// <summary>The same expression with other parts.</summary>
    protected abstract Scalar With(IReadOnlyList<Scalar> parts);

    /// <summary>Replaces subexpressions, outermost first; null keeps one and goes on in its parts.</summary>
    public Scalar Replace(Func<Scalar, Scalar?> replacement)
    {
        if (replacement(this) is { } other) return other;
        if (Parts.Count == 0) return this;
        var parts = new Scalar[Parts.Count];
        bool changed = false;
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = Parts[i].Replace(replacement);
            changed |= !ReferenceEquals(parts[i], Parts[i]);
        }

        return changed ? With(parts) : this;
    }

    /// <summary>The operands it reads.</summary>
    public void CollectOperands(ISet<int> operands)
    {
        if (this is OperandElement e) operands.Add(e.Index);
        foreach (Scalar part in Parts) part.CollectOperands(operands);
    }

    /// <summary>Operations, those of common parts counted once.</summary>
    public int OperationCount
    {
        get
        {
            var seen = new HashSet<Scalar>();
            void Visit(Scalar s)
            {
                if (s.Parts.Count == 0 || !seen.Add(s)) return;
                foreach (Scalar part in s.Parts) Visit(part);
            }

            Visit(this);
            return seen.Count;
        }
    }

    /// <summary>The expression as a formula, for comments.</summary>
    /// <param name="names">Names of the operands.</param>
    public abstract string Format(IReadOnlyList<string> names);

    public sealed record OperandElement(int Index) : Scalar
    {
        public override IReadOnlyList<Scalar> Parts => [];

        public override string Format(IReadOnlyList<string> names) => names[Index];

        protected override Scalar With(IReadOnlyList<Scalar> parts) => this;
    }

    public sealed record Constant(double Value) : Scalar
    {
        public override IReadOnlyList<Scalar> Parts => [];

        public override string Format(IReadOnlyList<string> names) => ((float)Value).ToString("R", CultureInfo.InvariantCulture);

        protected override Scalar With(IReadOnlyList<Scalar> parts) => this;
    }

    public sealed record Unary(UnaryKind Kind, Scalar A) : Scalar
    {
        public override IReadOnlyList<Scalar> Parts => [A];

        public override string Format(IReadOnlyList<string> names) =>
            Kind == UnaryKind.Negate ? "-" + A.Format(names) : Kind.ToString().ToLowerInvariant() + "(" + Bare(A.Format(names)) + ")";

        protected override Scalar With(IReadOnlyList<Scalar> parts) => Kind == UnaryKind.Negate ? -parts[0] : new Unary(Kind, parts[0]);

        private static string Bare(string text)
        {
            if (text[0] != '(' || text[text.Length - 1] != ')') return text;
            int depth = 0;
            for (int i = 0; i < text.Length - 1; i++)
            {
                depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
                if (depth == 0) return text;
            }

            return text.Substring(1, text.Length - 2);
        }
    }

    public sealed record Binary(BinaryKind Kind, Scalar A, Scalar B) : Scalar
    {
        public override IReadOnlyList<Scalar> Parts => [A, B];

        public override string Format(IReadOnlyList<string> names)
        {
            string a = A.Format(names), b = B.Format(names);
            return Kind switch
            {
                BinaryKind.Add => $"({a} + {b})",
                BinaryKind.Subtract => $"({a} - {b})",
                BinaryKind.Multiply => $"{a} * {b}",
                BinaryKind.Divide => $"{a} / {b}",
                BinaryKind.Max => $"max({a}, {b})",
                _ => $"min({a}, {b})",
            };
        }

        protected override Scalar With(IReadOnlyList<Scalar> parts) => Kind switch
        {
            BinaryKind.Add => parts[0] + parts[1],
            BinaryKind.Subtract => parts[0] - parts[1],
            BinaryKind.Multiply => parts[0] * parts[1],
            BinaryKind.Divide => parts[0] / parts[1],
            _ => new Binary(Kind, parts[0], parts[1]),
        };
    }

    public sealed record Choose(Comparison Comparison, Scalar A, Scalar B, Scalar Yes, Scalar No) : Scalar
    {
        public override IReadOnlyList<Scalar> Parts => [A, B, Yes, No];

        public override string Format(IReadOnlyList<string> names) =>
            $"({A.Format(names)} {(Comparison == Comparison.Greater ? ">" : ">=")} {B.Format(names)} ? {Yes.Format(names)} : {No.Format(names)})";

        protected override Scalar With(IReadOnlyList<Scalar> parts) => new Choose(Comparison, parts[0], parts[1], parts[2], parts[3]);
    }
}

internal enum UnaryKind
{
    Negate,
    Abs,
    Sqrt,
    Exp,
    Expm1,
    Log,
    Tanh,
    Sigmoid,
    Softplus,
    Erf,
}

internal enum BinaryKind
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Max,
    Min,
}

internal enum Comparison
{
    Greater,
    GreaterOrEqual,
}
