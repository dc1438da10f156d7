namespace CompiledNets.Generator.Ops;

/// <summary>
/// A scalar expression: what happens to one element. Activations, normalizations and their derivatives are such expressions, written once;
/// kernels print them over lanes.
/// </summary>
/// <remarks>
/// Immutable, and interned: two expressions of one form are one object, so that they are compared by reference and what is worked out for a
/// part is worked out once, however often it stands in the whole. The table lasts for one network and belongs to the thread that compiles
/// it.
/// </remarks>
internal abstract class Scalar
{
    [ThreadStatic]
    private static Dictionary<Form, Scalar>? table;

    private Scalar(params Scalar[] parts) => Parts = parts;

    public static Scalar Zero { get; } = new Constant(0);

    public static Scalar One { get; } = new Constant(1);

    /// <summary>The parts an expression is made of.</summary>
    public IReadOnlyList<Scalar> Parts { get; }

    /// <summary>Forgets the expressions of the network before.</summary>
    public static void BeginNetwork() => table = null;

    /// <summary>The element of an operand.</summary>
    public static Scalar Operand(int index) => Intern(new(nameof(OperandElement), index), () => new OperandElement(index));

    public static implicit operator Scalar(double value) =>
        value == 1 ? One : value == 0
            ? Zero : Intern(new(nameof(Constant), BitConverter.DoubleToInt64Bits(value)), () => new Constant(value));

    public static Scalar operator +(Scalar a, Scalar b) => (a, b) switch
    {
        (Constant x, Constant y) => x.Value + y.Value,
        (Constant { Value: 0 }, _) => b,
        (_, Constant { Value: 0 }) => a,
        (_, Unary { Kind: UnaryKind.Negate } n) => a - n.A,
        _ => Of(BinaryKind.Add, a, b),
    };

    public static Scalar operator -(Scalar a, Scalar b) => (a, b) switch
    {
        (Constant x, Constant y) => x.Value - y.Value,
        (_, Constant { Value: 0 }) => a,
        (Constant { Value: 0 }, _) => -b,
        _ => Of(BinaryKind.Subtract, a, b),
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
        (Choose { Yes: Constant { Value: 1 }, No: Constant { Value: 0 } } c, _) => Of(c.Comparison, c.A, c.B, b, Zero),
        (_, Choose { Yes: Constant { Value: 1 }, No: Constant { Value: 0 } } c) => Of(c.Comparison, c.A, c.B, a, Zero),
        (Choose { Yes: Constant yes, No: Constant no } c, _) => Of(c.Comparison, c.A, c.B, yes * b, no * b),
        _ => Of(BinaryKind.Multiply, a, b),
    };

    public static Scalar operator /(Scalar a, Scalar b) => (a, b) switch
    {
        (Constant x, Constant y) => x.Value / y.Value,
        (Constant { Value: 0 }, _) => Zero,
        (_, Constant { Value: 1 }) => a,
        _ => Of(BinaryKind.Divide, a, b),
    };

    public static Scalar operator -(Scalar a) => a switch
    {
        Constant x => -x.Value,
        Unary { Kind: UnaryKind.Negate } n => n.A,
        _ => Of(UnaryKind.Negate, a),
    };

    /// <summary>The larger; the derivative at a tie is that of <paramref name="a"/>.</summary>
    public static Scalar Max(Scalar a, Scalar b) => Of(BinaryKind.Max, a, b);

    /// <summary>The smaller; the derivative at a tie is that of <paramref name="a"/>.</summary>
    public static Scalar Min(Scalar a, Scalar b) => Of(BinaryKind.Min, a, b);

    public static Scalar Abs(Scalar a) => Of(UnaryKind.Abs, a);

    public static Scalar Sqrt(Scalar a) => Of(UnaryKind.Sqrt, a);

    public static Scalar Exp(Scalar a) => Of(UnaryKind.Exp, a);

    /// <summary>exp(a) - 1, exact near zero.</summary>
    public static Scalar Expm1(Scalar a) => Of(UnaryKind.Expm1, a);

    public static Scalar Log(Scalar a) => Of(UnaryKind.Log, a);

    public static Scalar Tanh(Scalar a) => Of(UnaryKind.Tanh, a);

    public static Scalar Sigmoid(Scalar a) => Of(UnaryKind.Sigmoid, a);

    /// <summary>log(1 + exp(a)).</summary>
    public static Scalar Softplus(Scalar a) => Of(UnaryKind.Softplus, a);

    public static Scalar Erf(Scalar a) => Of(UnaryKind.Erf, a);

    /// <summary>a &gt; b ? yes : no.</summary>
    public static Scalar IfGreater(Scalar a, Scalar b, Scalar yes, Scalar no) => yes == no ? yes : Of(Comparison.Greater, a, b, yes, no);

    /// <summary>a &gt;= b ? yes : no.</summary>
    public static Scalar IfGreaterOrEqual(Scalar a, Scalar b, Scalar yes, Scalar no) => yes == no
        ? yes : Of(Comparison.GreaterOrEqual, a, b, yes, no);

    /// <summary>Replaces parts, outermost first; null keeps one and goes on in its parts.</summary>
    public Scalar Replace(Func<Scalar, Scalar?> replacement)
    {
        var done = new Dictionary<Scalar, Scalar>();
        return Visit(this);

        Scalar Visit(Scalar part)
        {
            if (done.TryGetValue(part, out Scalar? known)) return known;
            Scalar result = replacement(part) ?? (part.Parts.Count == 0 ? part : part.With([.. part.Parts.Select(Visit)]));
            done[part] = result;
            return result;
        }
    }

    /// <summary>Each part once, before what it is part of; the expression itself comes last.</summary>
    public IReadOnlyList<Scalar> InOrder()
    {
        var order = new List<Scalar>();
        var seen = new HashSet<Scalar>();
        Visit(this);
        return order;

        void Visit(Scalar part)
        {
            if (!seen.Add(part)) return;
            foreach (Scalar inner in part.Parts) Visit(inner);
            order.Add(part);
        }
    }

    /// <summary>The operands it reads.</summary>
    public HashSet<int> Operands() => [.. InOrder().OfType<OperandElement>().Select(operand => operand.Index)];

    /// <summary>Operations, those of common parts counted once.</summary>
    public int OperationCount => InOrder().Count(part => part.Parts.Count > 0);

    /// <summary>The expression as a formula, for comments.</summary>
    /// <param name="names">Names of the operands.</param>
    public string Format(IReadOnlyList<string> names) => ScalarFormula.Of(this, names);

    /// <summary>The same expression with other parts.</summary>
    protected abstract Scalar With(Scalar[] parts);

    private static Scalar Of(UnaryKind kind, Scalar a) => Intern(new(nameof(Unary), (long)kind, a), () => new Unary(kind, a));

    private static Scalar Of(BinaryKind kind, Scalar a, Scalar b) =>
        Intern(new(nameof(Binary), (long)kind, a, b), () => new Binary(kind, a, b));

    private static Scalar Of(Comparison comparison, Scalar a, Scalar b, Scalar yes, Scalar no) =>
        Intern(new(nameof(Choose), (long)comparison, a, b, yes, no), () => new Choose(comparison, a, b, yes, no));

    private static Scalar Intern(Form form, Func<Scalar> make)
    {
        table ??= [];
        if (!table.TryGetValue(form, out Scalar? known)) table[form] = known = make();
        return known;
    }

    /// <summary>What tells expressions apart: the kind, and parts that are interned themselves.</summary>
    private sealed record Form(string Type, long Kind, Scalar? A = null, Scalar? B = null, Scalar? C = null, Scalar? D = null);

    public sealed class OperandElement(int index) : Scalar
    {
        public int Index { get; } = index;

        protected override Scalar With(Scalar[] parts) => this;
    }

    public sealed class Constant(double value) : Scalar
    {
        public double Value { get; } = value;

        protected override Scalar With(Scalar[] parts) => this;
    }

    public sealed class Unary(UnaryKind kind, Scalar a) : Scalar(a)
    {
        public UnaryKind Kind { get; } = kind;

        public Scalar A => Parts[0];

        protected override Scalar With(Scalar[] parts) => Kind == UnaryKind.Negate ? -parts[0] : Of(Kind, parts[0]);
    }

    public sealed class Binary(BinaryKind kind, Scalar a, Scalar b) : Scalar(a, b)
    {
        public BinaryKind Kind { get; } = kind;

        public Scalar A => Parts[0];

        public Scalar B => Parts[1];

        protected override Scalar With(Scalar[] parts) => Kind switch
        {
            BinaryKind.Add => parts[0] + parts[1],
            BinaryKind.Subtract => parts[0] - parts[1],
            BinaryKind.Multiply => parts[0] * parts[1],
            BinaryKind.Divide => parts[0] / parts[1],
            _ => Of(Kind, parts[0], parts[1]),
        };
    }

    public sealed class Choose(Comparison comparison, Scalar a, Scalar b, Scalar yes, Scalar no) : Scalar(a, b, yes, no)
    {
        public Comparison Comparison { get; } = comparison;

        public Scalar A => Parts[0];

        public Scalar B => Parts[1];

        public Scalar Yes => Parts[2];

        public Scalar No => Parts[3];

        protected override Scalar With(Scalar[] parts) => Of(Comparison, parts[0], parts[1], parts[2], parts[3]);
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
