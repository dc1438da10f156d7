using System.Globalization;

namespace CompiledNets.Generator.Ops;

/// <summary>
/// Writes expressions as formulas of a line, for comments. Parentheses stand where precedence asks for them, and nowhere else.
/// </summary>
internal static class ScalarFormula
{
    /// <summary>
    /// Parts of a formula, common ones counted each time, up to which it is written out; in longer ones common parts get letters.
    /// </summary>
    private const int MostParts = 60;

    private const int Sum = 1, Product = 2, Sign = 3, Atom = 4;

    /// <summary>The formula, and behind it what its letters stand for.</summary>
    public static string Of(Scalar expression, IReadOnlyList<string> names)
    {
        IReadOnlyList<Scalar> order = expression.InOrder();
        var sizes = new Dictionary<Scalar, double>();
        var uses = new Dictionary<Scalar, int>();
        foreach (Scalar part in order)
        {
            sizes[part] = 1 + part.Parts.Sum(inner => sizes[inner]);
            foreach (Scalar inner in part.Parts) uses[inner] = uses.TryGetValue(inner, out int count) ? count + 1 : 1;
        }

        var texts = new Dictionary<Scalar, (string Text, int Binding)>();
        var letters = new List<string>();
        foreach (Scalar part in order)
        {
            texts[part] = Write(part, inner => texts[inner], names);
            bool isCommon = part != expression && part.Parts.Count > 0 && uses[part] > 1;
            if (sizes[expression] <= MostParts || !isCommon) continue;
            string letter = "t" + letters.Count.ToString(CultureInfo.InvariantCulture);
            letters.Add($"{letter} = {texts[part].Text}");
            texts[part] = (letter, Atom);
        }

        return texts[expression].Text + (letters.Count == 0 ? "" : " with " + string.Join(", ", letters));
    }

    private static (string Text, int Binding) Write(Scalar part, Func<Scalar, (string Text, int Binding)> text, IReadOnlyList<string> names)
    {
        switch (part)
        {
            case Scalar.OperandElement e:
                string name = names[e.Index];
                return (name, name.Contains(" + ") || name.Contains(" - ") || name.StartsWith("\u03a3", StringComparison.Ordinal)
                    ? Sum : Atom);
            case Scalar.Constant c:
                return (((float)c.Value).ToString("R", CultureInfo.InvariantCulture), c.Value < 0 ? Sign : Atom);
            case Scalar.Unary { Kind: UnaryKind.Negate } u:
                return ("-" + At(u.A, Sign), Sign);
            case Scalar.Unary u:
                return ($"{u.Kind.ToString().ToLowerInvariant()}({At(u.A, 0)})", Atom);
            case Scalar.Binary { Kind: BinaryKind.Add } b:
                return ($"{At(b.A, Sum)} + {At(b.B, Sum)}", Sum);
            case Scalar.Binary { Kind: BinaryKind.Subtract } b:
                return ($"{At(b.A, Sum)} - {At(b.B, Product)}", Sum);
            case Scalar.Binary { Kind: BinaryKind.Multiply } b:
                return ($"{At(b.A, Product)} * {At(b.B, IsDivision(b.B) ? Atom : Product)}", Product);
            case Scalar.Binary { Kind: BinaryKind.Divide } b:
                return ($"{At(b.A, Product)} / {At(b.B, Atom)}", Product);
            case Scalar.Binary b:
                return ($"{(b.Kind == BinaryKind.Max ? "max" : "min")}({At(b.A, 0)}, {At(b.B, 0)})", Atom);
            case Scalar.Choose c:
                string sign = c.Comparison == Comparison.Greater ? ">" : ">=";
                return ($"({At(c.A, Sum)} {sign} {At(c.B, Sum)} ? {At(c.Yes, 0)} : {At(c.No, 0)})", Atom);
            default:
                throw new InvalidOperationException($"No formula for {part.GetType().Name}.");
        }

        string At(Scalar inner, int binding)
        {
            (string written, int own) = text(inner);
            return own < binding ? $"({written})" : written;
        }
    }

    private static bool IsDivision(Scalar part) => part is Scalar.Binary { Kind: BinaryKind.Divide };
}
