using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Kernels;

/// <summary>Prints scalar expressions over lanes: common parts once, each into a local.</summary>
internal sealed class Expression(CodeWriter writer, Func<int, string> operand, string prefix = "t")
{
    private readonly Dictionary<Scalar, string> locals = [];
    private Dictionary<Scalar, int> uses = [];

    /// <summary>Declares a local that holds a part before the rest is printed, such as what does not change inside a loop.</summary>
    public void Hoist(Scalar part)
    {
        uses = Count(part);
        string text = Print(part);
        if (part is Scalar.OperandElement or Scalar.Constant || locals.ContainsKey(part)) return;
        locals[part] = Local(text);
    }

    /// <summary>Prints an expression; parts that are used more than once become locals.</summary>
    public string Write(Scalar expression)
    {
        uses = Count(expression);
        return Print(expression);
    }

    /// <summary>An expression as the receiver of a call: in parentheses where it begins with a sign.</summary>
    public static string Receiver(string expression) => expression[0] == '-' ? $"({expression})" : expression;

    private static Dictionary<Scalar, int> Count(Scalar expression)
    {
        var counts = new Dictionary<Scalar, int>();
        void Visit(Scalar part)
        {
            counts[part] = counts.TryGetValue(part, out int count) ? count + 1 : 1;
            if (counts[part] > 1) return;
            foreach (Scalar inner in part.Parts) Visit(inner);
        }

        Visit(expression);
        return counts;
    }

    private string Print(Scalar part)
    {
        if (part is Scalar.OperandElement e) return operand(e.Index);
        if (locals.TryGetValue(part, out string? known)) return known;
        string text = part switch
        {
            Scalar.Constant { Value: 0 } => "T.Zero",
            Scalar.Constant c => $"T.Splat({CodeWriter.Float(c.Value)})",
            Scalar.Unary u => Unary(u.Kind, Print(u.A)),
            Scalar.Binary b => Binary(b, Print(b.A), Print(b.B)),
            Scalar.Choose c => $"T.Select{c.Comparison}({Print(c.A)}, {Print(c.B)}, {Print(c.Yes)}, {Print(c.No)})",
            _ => throw new InvalidOperationException($"Cannot print {part.GetType().Name}."),
        };
        if (part is Scalar.Constant || uses[part] < 2) return text;
        return locals[part] = Local(text);
    }

    private string Local(string text)
    {
        string name = prefix + CodeWriter.Int(locals.Count);
        writer.Line($"T {name} = {text};");
        return name;
    }

    private static string Unary(UnaryKind kind, string a) => kind switch
    {
        UnaryKind.Negate => $"-{a}",
        UnaryKind.Abs => $"T.Abs({a})",
        UnaryKind.Sqrt => $"T.Sqrt({a})",
        _ => $"LaneMath.{kind}({a})",
    };

    private static string Binary(Scalar.Binary b, string left, string right) => b.Kind switch
    {
        BinaryKind.Add => $"({left} + {right})",
        BinaryKind.Subtract => $"({left} - {right})",
        BinaryKind.Multiply => $"({left} * {right})",
        BinaryKind.Divide => $"({left} / {right})",
        BinaryKind.Max => $"T.Max({left}, {right})",
        _ => $"T.Min({left}, {right})",
    };
}
