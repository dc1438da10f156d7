using CompiledNets.Generator.Kernels;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>
/// Joins ops so that values need not go through memory: chains of pointwise ops into one expression, and a single short operation into the
/// contraction whose result it takes.
/// </summary>
internal static class Fuse
{
    /// <summary>
    /// More after a tile than load, operation, store for each sum makes the JIT spill the sums inside the loop (2 to 5 times slower).
    /// </summary>
    private const int EpilogueOperations = 1;

    /// <summary>The same for vectors of filters, whose sums leave two registers for bounds, as max(0, min(6, .)) has them.</summary>
    private const int PackedOperations = 2;

    /// <summary>
    /// Operations of a joined expression: the JIT stops inlining at about 300 lane operations a method, and exp alone is twenty.
    /// </summary>
    private const int ExpressionOperations = 16;

    /// <summary>Joins ops of one list.</summary>
    /// <param name="ops">The ops, in order.</param>
    /// <param name="roots">Values that must be there.</param>
    /// <param name="others">Ops of another list, which read values of this one.</param>
    public static void Run(List<Op> ops, IEnumerable<Value> roots, IEnumerable<Op> others)
    {
        for (int i = 0; i < ops.Count; i++)
            if (ops[i] is Scan scan) ops[i] = scan.Settle();
        var kept = new HashSet<Value>(roots);
        Dictionary<Value, int> uses = Graph.Uses(ops.Concat(others));
        var places = new Dictionary<Value, int>();
        var list = new Op?[ops.Count];
        for (int i = 0; i < list.Length; i++) Put(i, ops[i]);

        for (int reader = 0; reader < list.Length; reader++)
        {
            while (list[reader] is { } second && JoinWithMaker(second, reader) is { } place && place == reader)
            {
            }
        }

        ops.Clear();
        ops.AddRange(list.OfType<Op>());

        void Put(int place, Op op)
        {
            list[place] = op;
            foreach (Value output in op.Outputs) places[output] = place;
        }

        // Where the joined op stands; null where nothing was joined.
        int? JoinWithMaker(Op second, int reader)
        {
            foreach (Value value in second.Inputs)
            {
                if (kept.Contains(value) || uses[value] != 1 || !places.TryGetValue(value, out int maker) || list[maker] is not { } first)
                    continue;
                if (Join(first, second) is not { } joined) continue;
                // An expression can wait for its reader. A contraction is worked where it stands, for what comes after it may need the
                // room, unless another operand is made later.
                bool waits = first is Pointwise
                    || joined.Inputs.Any(input => places.TryGetValue(input, out int made) && made > maker && list[made] is not null);
                list[waits ? maker : reader] = null;
                Put(waits ? reader : maker, joined);
                foreach (Value input in first.Inputs.Concat(second.Inputs)) uses[input]--;
                foreach (Value input in joined.Inputs) uses[input]++;
                return waits ? reader : maker;
            }

            return null;
        }
    }

    /// <summary>
    /// The ops of a single sample: layers of few outputs, whose sums take few registers, have their activation with them, however long it
    /// is.
    /// </summary>
    public static Graph ForSingles(Graph graph)
    {
        var singles = new Graph { Inputs = graph.Inputs, Heads = graph.Heads, States = graph.States };
        Dictionary<Value, int> uses = Graph.Uses(graph.Ops);
        var kept = new HashSet<Value>(graph.Heads.Select(head => head.Output).Concat(graph.States.Select(state => state.After)));
        var places = new Dictionary<Value, int>();
        foreach (Op op in graph.Ops)
        {
            if (op is Pointwise { Inputs: [var x] } activation && activation.ReadsWhole(0) && uses[x] == 1 && !kept.Contains(x)
                && places.TryGetValue(x, out int at)
                && singles.Ops[at] is Contraction { Epilogue: null } maker && SameShape(maker, activation)
                && RowKernel.Features(maker) <= RowKernel.MostFeaturesInVector)
            {
                singles.Ops[at] = new Contraction(maker.Layer, maker.Inputs, op.Output, activation.Expression);
                places[op.Output] = at;
                continue;
            }

            foreach (Value output in op.Outputs) places[output] = singles.Ops.Count;
            singles.Ops.Add(op);
        }

        return singles;
    }

    // A joined op has one shape: that of an image is a part of what a convolution does.
    private static Op? Join(Op first, Op second) => (first, second) switch
    {
        _ when second is not Pointwise || !SameShape(first, second) => null,
        (Contraction { Epilogue: null } c, Pointwise { Inputs.Count: 1 } p) when IsShort(p.Expression) && p.ReadsWhole(0)
            => new Contraction(c.Layer, c.Inputs, p.Output, p.Expression),
        (Contraction { Epilogue: null, Bias: null } c, Pointwise p) when Beside(c, p) is var (beside, expression)
            => new Contraction(c.Layer, [.. c.Inputs, beside], p.Output, expression),
        (Convolution { Epilogue: null, Packing: { } packing } c, Pointwise { Inputs.Count: 1 } p)
            when IsShort(p.Expression, PackedOperations) && p.ReadsWhole(0)
            => new Convolution(c.Layer, c.Window, c.Inputs, p.Output, p.Expression) { Packing = packing },
        (Convolution { Epilogue: null, Beside: null, Packing: { } packing } c, Pointwise p)
            when Beside(c, p) is var (beside, expression) && IsSum(expression)
            => new Convolution(c.Layer, c.Window, [.. c.Inputs, beside], p.Output, null) { Packing = packing },
        (Convolution { Epilogue: null, Packing: null } c, Pointwise { Inputs.Count: 1 } p) when IsShort(p.Expression) && p.ReadsWhole(0)
            => new Convolution(c.Layer, c.Window, c.Inputs, p.Output, p.Expression),
        (ContractionInputGradient { Epilogue: null } c, Pointwise p) when Beside(c, p) is var (beside, expression)
            => new ContractionInputGradient(c.Layer, [.. c.Inputs, beside], p.Output, expression),
        (ConvolutionInputGradient { Epilogue: null } c, Pointwise p) when Beside(c, p) is var (beside, expression)
            => new ConvolutionInputGradient(c.Layer, c.Window, [.. c.Inputs, beside], p.Output, expression),
        (PoolGradient { Epilogue: null } g, Pointwise p) when Beside(g, p) is var (beside, expression)
            => new PoolGradient(g.Layer, g.Kind, g.Axes, [.. g.Inputs, beside], p.Output, expression),
        (Pointwise a, Pointwise b) when a.Facts.When == b.Facts.When && Enumerable.Range(0, b.Inputs.Count)
            .All(i => b.Inputs[i] != a.Output || b.ReadsWhole(i))
            && Inline(a, b) is var (values, accesses, expression) && expression.OperationCount <= ExpressionOperations
            => new Pointwise(b.Layer, values, accesses, expression, b.Output),
        _ => null,
    };

    private static bool SameShape(Op a, Op b) => a.Output.Shape.Equals(b.Output.Shape);

    private static bool IsShort(Scalar expression, int operations = EpilogueOperations) =>
        expression.OperationCount <= operations
        && !expression.InOrder().Any(part => part is Scalar.Unary { Kind: not (UnaryKind.Negate or UnaryKind.Abs) });

    private static bool IsSum(Scalar expression) => expression == Scalar.Operand(0) + Scalar.Operand(1)
        || expression == Scalar.Operand(1) + Scalar.Operand(0);

    // What is done with an input gradient, as an epilogue with one operand beside it; null where it is something else.
    private static (Value Beside, Scalar Expression)? Beside(Op gradient, Pointwise p)
    {
        if (p.Inputs.Count != 2 || !IsShort(p.Expression) || p.Inputs.Any(input => !input.IsSample) || !p.ReadsWhole(0) || !p.ReadsWhole(1)
            || p.Inputs[0] == p.Inputs[1]) return null;
        bool first = p.Inputs[0] == gradient.Output;
        return (p.Inputs[first ? 1 : 0],
            p.Expression.Replace(part => part is Scalar.OperandElement e ? Scalar.Operand(e.Index == 0 == first ? 0 : 1) : null));
    }

    private static (Value[] Values, Access[] Accesses, Scalar Expression) Inline(Pointwise inner, Pointwise outer)
    {
        int count = outer.Inputs.Count;
        Scalar shifted = inner.Expression.Replace(part => part is Scalar.OperandElement e ? Scalar.Operand(count + e.Index) : null);
        Scalar joined =
            outer.Expression.Replace(part => part is Scalar.OperandElement e && outer.Inputs[e.Index] == inner.Output ? shifted : null);
        return OperandList.Compact([.. outer.Inputs, .. inner.Inputs], [.. outer.Accesses, .. inner.Accesses], joined);
    }
}
