namespace CompiledNets.Generator.Ops;

/// <summary>Derivatives of scalar expressions, by the chain rule.</summary>
internal static class ScalarDerivative
{
    /// <summary>The derivative of an expression by one of its operands.</summary>
    public static Scalar Of(Scalar expression, int operand)
    {
        var derivatives = new Dictionary<Scalar, Scalar>();
        foreach (Scalar part in expression.InOrder())
        {
            derivatives[part] = part switch
            {
                Scalar.OperandElement e => e.Index == operand ? Scalar.One : Scalar.Zero,
                Scalar.Constant => Scalar.Zero,
                Scalar.Unary u => Outer(u) * derivatives[u.A],
                Scalar.Binary b => OfBinary(b, derivatives[b.A], derivatives[b.B]),
                Scalar.Choose { Comparison: Comparison.Greater } c => Scalar.IfGreater(c.A, c.B, derivatives[c.Yes], derivatives[c.No]),
                Scalar.Choose c => Scalar.IfGreaterOrEqual(c.A, c.B, derivatives[c.Yes], derivatives[c.No]),
                _ => throw new InvalidOperationException($"No derivative for {part.GetType().Name}."),
            };
        }

        return derivatives[expression];
    }

    /// <summary>
    /// Writes a derivative with the value of the function where that is enough, so that its argument need not be kept: 1 - tanh(x)² becomes
    /// 1 - y².
    /// </summary>
    /// <param name="derivative">An expression over the operands of <paramref name="function"/>.</param>
    /// <param name="function">The function.</param>
    /// <param name="result">The operand that holds the function's value.</param>
    public static Scalar InTermsOfResult(Scalar derivative, Scalar function, Scalar result)
    {
        // relu and its leaky kin keep the sign of their argument, so asking it of the result is the same.
        Scalar? sameSign = function switch
        {
            Scalar.Binary { Kind: BinaryKind.Max, A: Scalar.Constant { Value: 0 } } m => m.B,
            Scalar.Choose { Comparison: Comparison.Greater, B: Scalar.Constant { Value: 0 } } c
                when c.Yes == c.A && c.No is Scalar.Binary { Kind: BinaryKind.Multiply, A: Scalar.Constant { Value: > 0 } } s
                    && s.B == c.A => c.A,
            _ => null,
        };
        return derivative.Replace(part => part switch
        {
            _ when part == function => result,
            Scalar.Choose { Comparison: Comparison.Greater, B: Scalar.Constant { Value: 0 } } c when sameSign is not null && c.A == sameSign
                => Scalar.IfGreater(result, 0, InTermsOfResult(c.Yes, function, result), InTermsOfResult(c.No, function, result)),
            _ => null,
        });
    }

    private static Scalar Outer(Scalar.Unary u) => u.Kind switch
    {
        UnaryKind.Negate => -1.0,
        UnaryKind.Abs => Scalar.IfGreater(u.A, 0, 1, Scalar.IfGreater(0, u.A, -1, 0)),
        UnaryKind.Sqrt => 0.5 / (Scalar)u,
        UnaryKind.Exp => u,
        UnaryKind.Expm1 => Scalar.Exp(u.A),
        UnaryKind.Log => 1 / u.A,
        UnaryKind.Tanh => 1 - ((Scalar)u * u),
        UnaryKind.Sigmoid => (Scalar)u * (1 - (Scalar)u),
        UnaryKind.Softplus => Scalar.Sigmoid(u.A),
        UnaryKind.Erf => 1.1283791670955126 * Scalar.Exp(-(u.A * u.A)), // 2 / sqrt(pi)
        _ => throw new InvalidOperationException($"No derivative for {u.Kind}."),
    };

    private static Scalar OfBinary(Scalar.Binary b, Scalar da, Scalar db) => b.Kind switch
    {
        BinaryKind.Add => da + db,
        BinaryKind.Subtract => da - db,
        BinaryKind.Multiply => (da * b.B) + (b.A * db),
        BinaryKind.Divide => db == Scalar.Zero ? da / b.B : (da / b.B) - (b.A * db / (b.B * b.B)),
        BinaryKind.Max => Scalar.IfGreater(b.B, b.A, db, da),
        _ => Scalar.IfGreater(b.A, b.B, db, da),
    };
}
