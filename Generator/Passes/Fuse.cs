using CompiledNets.Generator.Kernels;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>
/// Joins ops so that values need not go through memory: chains of pointwise ops into one expression, and a single short operation into the contraction whose result it takes.
/// </summary>
internal static class Fuse
{
    /// <summary>More behind a tile than load, operation, store for each sum makes the JIT spill the sums inside the loop (2 to 5 times slower).</summary>
    private const int EpilogueOperations = 1;

    /// <summary>Operations of a joined expression: the JIT stops inlining at about 300 lane operations a method, and exp alone is twenty.</summary>
    private const int ExpressionOperations = 16;

    public static void Run(List<Op> forward, List<Op> backward, IEnumerable<Value> roots)
    {
        var kept = new HashSet<Value>(roots);
        while (FuseOne(forward, backward, kept) || FuseOne(backward, backward, kept, forward))
        {
        }
    }

    /// <summary>The ops of a single sample: layers of few outputs, whose sums take few registers, have their activation with them, however long it is.</summary>
    public static Graph ForRows(Graph graph)
    {
        var rows = new Graph { Input = graph.Input, Output = graph.Output };
        foreach (Op op in graph.Ops)
        {
            int at = op is Pointwise { Inputs.Count: 1 } && graph.Ops.Count(reader => reader.Inputs.Contains(op.Inputs[0])) == 1
                ? rows.Ops.FindIndex(maker => maker is Contraction { Epilogue: null } && maker.Output == op.Inputs[0] && RowKernel.Features(maker) <= RowKernel.MostFeaturesInVector)
                : -1;
            if (at < 0) rows.Ops.Add(op);
            else rows.Ops[at] = new Contraction(rows.Ops[at].Layer, rows.Ops[at].Inputs, op.Output, ((Pointwise)op).Expression);
        }

        return rows;
    }

    private static bool FuseOne(List<Op> ops, List<Op> later, HashSet<Value> kept, List<Op>? earlier = null)
    {
        IEnumerable<Op> all = earlier is null ? ReferenceEquals(ops, later) ? ops : ops.Concat(later) : earlier.Concat(ops);
        Dictionary<Value, int> uses = [];
        foreach (Op op in all)
            foreach (Value input in op.Inputs) uses[input] = uses.TryGetValue(input, out int count) ? count + 1 : 1;

        for (int i = 0; i < ops.Count; i++)
        {
            Value value = ops[i].Output;
            if (kept.Contains(value) || !uses.TryGetValue(value, out int count) || count != 1) continue;
            int reader = ops.FindIndex(op => op.Inputs.Contains(value));
            if (reader < 0 || Join(ops[i], ops[reader]) is not { } joined) continue;
            // An expression can wait for its reader; a contraction is worked where it stands, for what is behind it may need the room.
            bool waits = ops[i] is Pointwise;
            ops[waits ? reader : i] = joined;
            ops.RemoveAt(waits ? i : reader);
            return true;
        }

        return false;
    }

    private static Op? Join(Op first, Op second) => (first, second) switch
    {
        (Contraction { Epilogue: null } c, Pointwise { Inputs.Count: 1 } p) when IsShort(p.Expression)
            => new Contraction(c.Layer, c.Inputs, p.Output, p.Expression),
        (ContractionInputGradient { Epilogue: null } c, Pointwise { Inputs.Count: 2 } p) when IsShort(p.Expression) && p.Inputs.All(input => input.Space == Space.Sample)
            => InputGradient(c, p),
        (Pointwise a, Pointwise b) when Inline(a, b.Inputs, b.Expression) is var (operands, expression)
            && expression.OperationCount <= ExpressionOperations && Pointwise.Agree(operands, b.Output.Shape)
            => new Pointwise(b.Layer, operands, expression, b.Output),
        _ => null,
    };

    private static bool IsShort(Scalar expression) =>
        expression.OperationCount <= EpilogueOperations && expression is not Scalar.Unary { Kind: not (UnaryKind.Negate or UnaryKind.Abs) };

    private static ContractionInputGradient InputGradient(ContractionInputGradient c, Pointwise p)
    {
        bool first = p.Inputs[0] == c.Output;
        Scalar expression = p.Expression.Replace(part => part is Scalar.OperandElement e ? Scalar.Operand(e.Index == 0 == first ? 0 : 1) : null);
        return new(c.Layer, [c.Upstream, c.Weights, p.Inputs[first ? 1 : 0]], p.Output, expression);
    }

    private static (Value[] Operands, Scalar Expression) Inline(Pointwise inner, IReadOnlyList<Value> outerInputs, Scalar outer)
    {
        int count = outerInputs.Count;
        Scalar shifted = inner.Expression.Replace(part => part is Scalar.OperandElement e ? Scalar.Operand(count + e.Index) : null);
        Scalar joined = outer.Replace(part => part is Scalar.OperandElement e && outerInputs[e.Index] == inner.Output ? shifted : null);
        return Pointwise.Compact([.. outerInputs, .. inner.Inputs], joined);
    }
}
