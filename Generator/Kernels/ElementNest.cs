using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// The loops over the elements of a value, and what an expression reads of its operands in them. Axes along which all operands go on alike
/// are one loop; the order of loops is the one in which the least is computed: what depends on the outer ones alone is computed there.
/// </summary>
internal sealed class ElementNest
{
    /// <summary>Loops up to which all their orders are tried: 720.</summary>
    private const int FewLoops = 6;

    /// <summary>Vectors from one element to the next of which each takes lines of the cache that no neighbour shares for long.</summary>
    private const int FarApart = 8;

    private static readonly string[] Letters = ["i", "j", "k", "l", "m", "n"];

    private readonly IReadOnlyList<Value> inputs;
    private readonly Scalar expression;
    private readonly string[] names;
    private readonly Loop[] loops;
    private readonly int[] starts;
    private readonly int targetStart;
    private readonly int kept;

    /// <summary>Plans the loops.</summary>
    /// <param name="elements">The elements.</param>
    /// <param name="inputs">Operands of the expression.</param>
    /// <param name="accesses">How they meet the elements.</param>
    /// <param name="expression">What to compute for each element.</param>
    /// <param name="target">How the result meets them; loops along which it repeats are inside the others.</param>
    /// <param name="keepsOrder">Whether loops stay in the order of the axes.</param>
    /// <param name="takesUp">Whether that holds for those along which the result repeats too: sums are taken up in memory.</param>
    public ElementNest(Shape elements, IReadOnlyList<Value> inputs, IReadOnlyList<Access> accesses, Scalar expression, Access target,
        bool keepsOrder = false, bool takesUp = false)
    {
        this.inputs = inputs;
        this.expression = expression;
        starts = [.. accesses.Select(access => access.Start)];
        targetStart = target.Start;
        Operand[] operands = Operand.Of(inputs, null);
        names = [.. inputs.Select(input => operands.First(operand => operand.Value == input).Name)];
        List<Loop> collapsed = Collapse(elements, accesses, target);
        loops = takesUp ? [.. collapsed]
            : keepsOrder || collapsed.Count > FewLoops ? [.. collapsed.OrderBy(loop => loop.Target == 0 ? 1 : 0)]
            : Best(collapsed);
        kept = takesUp ? loops.Length : loops.Count(loop => loop.Target != 0);
        for (int i = 0; i < loops.Length; i++) loops[i].Name = loops.Length == 1 ? "f" : Letter(collapsed.IndexOf(loops[i]));
    }

    /// <summary>The loops, from the outermost in.</summary>
    public IReadOnlyList<Loop> Loops => loops;

    /// <summary>
    /// Whether the innermost loop sums what lies far apart, while an outer one goes on from neighbour to neighbour: a sum of each number of
    /// a row over many rows.
    /// </summary>
    public bool SumsFarApart => loops.Length > 1 && loops[loops.Length - 1] is { Target: 0 } inner && Enumerable.Range(0, inputs.Count)
        .Any(i => inputs[i].IsSample && Math.Abs(inner.Steps[i]) >= FarApart && loops.Any(loop => Math.Abs(loop.Steps[i]) == 1));

    /// <summary>
    /// How many there are of what, where the elements are channels at positions: some operands have a number for each channel, the others
    /// go on alike along both. Null where they are not.
    /// </summary>
    public string? Sizes
    {
        get
        {
            if (loops.Length != 2) return null;
            Loop[] channels = [.. loops.Where(loop => Enumerable.Range(0, inputs.Count)
                .Any(i => loop.Steps[i] != 0 && loops.Any(other => other.Steps[i] == 0)))];
            return channels.Length == 1
                ? $"{Int(channels[0].Size)} channels at {Int(loops.Single(loop => loop != channels[0]).Size)} positions" : null;
        }
    }

    /// <summary>Writes the loops over vectors of samples.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="block">Offset of the block.</param>
    /// <param name="take">Writes what is done with a value, of the result's place where that is an element's own.</param>
    /// <param name="begin">Writes what stands before the elements that meet one of the result.</param>
    /// <param name="end">Writes what stands after them, with the place of the result.</param>
    public void Write(CodeWriter writer, string block, Action<string, string> take, Action<string>? begin = null,
        Action<string>? end = null)
    {
        var declared = new Dictionary<int, string>();
        var print = new Expression(writer, index => declared[index]);
        Dictionary<Scalar, int> levels = Levels(loops);
        Level(0);

        void Level(int depth)
        {
            if (depth == kept) begin?.Invoke(Place(targetStart, loop => loop.Target));
            string at = "";
            if (depth == loops.Length && end is null)
            {
                at = "at";
                writer.Line($"int at = ({block}) + ({Element(targetStart, loop => loop.Target)} * T.Count);");
            }

            for (int i = 0; i < inputs.Count; i++)
            {
                if (declared.ContainsKey(i) || LevelOf(loops, i) != depth) continue;
                string local = names[i] + "v", element = Element(starts[i], loop => loop.Steps[i]);
                string place = at.Length > 0 && element == Element(targetStart, loop => loop.Target) ? at
                    : $"({block}) + ({element} * T.Count)";
                string text = inputs[i].IsSample ? $"T.Load(ref {names[i]}, {place})" : $"T.Broadcast(ref {names[i]}, {element})";
                for (int n = 1; declared.ContainsValue(local); n++) local = names[i] + Int(n) + "v";
                writer.Line($"T {local} = {text};");
                declared[i] = local;
            }

            if (depth == loops.Length)
            {
                take(print.Write(expression), at);
            }
            else
            {
                foreach (Scalar part in LargestParts(levels, depth)) print.Hoist(part);
                writer.Open($"for (int {loops[depth].Name} = 0; {loops[depth].Name} < {Int(loops[depth].Size)}; {loops[depth].Name}++)");
                Level(depth + 1);
                writer.Close();
            }

            if (depth == kept) end?.Invoke(Place(targetStart, loop => loop.Target));
        }

        string Place(int start, Func<Loop, int> step) => $"({block}) + ({Element(start, step)} * T.Count)";
    }

    /// <summary>The number of an element of an operand, or of the result, in terms of the loops.</summary>
    public string Element(int start, Func<Loop, int> step) =>
        Sum(start, loops.Where(loop => step(loop) != 0).Select(loop => (loop.Name, step(loop))));

    /// <summary>The number of an element of an operand.</summary>
    public string ElementOf(int operand) => Element(starts[operand], loop => loop.Steps[operand]);

    /// <summary>Name of the parameter of an operand.</summary>
    public string NameOf(int operand) => names[operand];

    private static string Letter(int loop) => loop < Letters.Length ? Letters[loop] : "n" + Int(loop - Letters.Length + 1);

    /// <summary>start + Σ name * step, with the parentheses that checked code is written with.</summary>
    private static string Sum(int start, IEnumerable<(string Name, int Step)> parts)
    {
        string[] terms = [.. parts.Select(part => part.Step == 1 ? part.Name : $"({part.Name} * {Int(part.Step)})"), .. start == 0
            ? (string[])[] : [Int(start)]];
        return terms.Length switch { 0 => "0", 1 => terms[0], _ => "(" + string.Join(" + ", terms) + ")" };
    }

    // Neighbours along which everything goes on as along one longer axis are one.
    private static List<Loop> Collapse(Shape elements, IReadOnlyList<Access> accesses, Access target)
    {
        var loops = new List<Loop>();
        for (int axis = 0; axis < elements.Rank; axis++)
        {
            if (elements[axis] == 1) continue;
            Loop next = new()
            {
                Size = elements[axis],
                Steps = [.. accesses.Select(access => access.Steps[axis])],
                Target = target.Steps[axis]
            };
            if (loops.Count > 0 && loops[loops.Count - 1] is var last && GoesOn(last, next))
                loops[loops.Count - 1] = new() { Size = last.Size * next.Size, Steps = next.Steps, Target = next.Target };
            else
                loops.Add(next);
        }

        return loops;
    }

    private static bool GoesOn(Loop outer, Loop inner) =>
        outer.Target == inner.Target * inner.Size && outer.Steps.Zip(inner.Steps, (o, i) => o == i * inner.Size).All(same => same);

    private Loop[] Best(List<Loop> given)
    {
        Loop[] best = [.. given.OrderBy(loop => loop.Target == 0 ? 1 : 0)];
        double least = Cost(best);
        foreach (Loop[] order in Orders(given, given.Count(loop => loop.Target != 0)))
        {
            double cost = Cost(order);
            if (cost >= least) continue;
            (best, least) = (order, cost);
        }

        return best;
    }

    // All orders with the loops of the result outside.
    private static IEnumerable<Loop[]> Orders(List<Loop> rest, int outside)
    {
        if (rest.Count == 0) yield return [];
        for (int i = 0; i < rest.Count; i++)
        {
            if (outside > 0 && rest[i].Target == 0) continue;
            List<Loop> others = [.. rest.Where((_, other) => other != i)];
            foreach (Loop[] order in Orders(others, outside - 1)) yield return [rest[i], .. order];
        }
    }

    // Loads and operations in all rounds of the loops that they stand in.
    private double Cost(Loop[] order)
    {
        double[] rounds = new double[order.Length + 1];
        rounds[0] = 1;
        for (int i = 0; i < order.Length; i++) rounds[i + 1] = rounds[i] * order[i].Size;
        return Enumerable.Range(0, inputs.Count).Sum(i => rounds[LevelOf(order, i)]) + Levels(order)
            .Sum(pair => rounds[pair.Value] * CostOf(pair.Key));
    }

    private static double CostOf(Scalar part) => part switch
    {
        Scalar.Unary { Kind: UnaryKind.Negate or UnaryKind.Abs } => 1,
        Scalar.Unary => 20,
        Scalar.Binary { Kind: BinaryKind.Divide } => 10,
        Scalar.Binary or Scalar.Choose => 1,
        _ => 0,
    };

    // How many loops stand around what depends on an operand.
    private static int LevelOf(Loop[] order, int operand)
    {
        int level = order.Length;
        while (level > 0 && order[level - 1].Steps[operand] == 0) level--;
        return level;
    }

    private Dictionary<Scalar, int> Levels(Loop[] order)
    {
        var levels = new Dictionary<Scalar, int>();
        foreach (Scalar part in expression.InOrder())
            levels[part] = part is Scalar.OperandElement e ? LevelOf(order, e.Index) : part.Parts.Select(inner => levels[inner])
                .DefaultIfEmpty().Max();
        return levels;
    }

    // The largest parts that can be computed at a depth and not before.
    private IEnumerable<Scalar> LargestParts(Dictionary<Scalar, int> levels, int depth)
    {
        IReadOnlyList<Scalar> order = expression.InOrder();
        return order.Where(part => part.Parts.Count > 0 && levels[part] == depth && part.Operands().Count > 0
            && (part == expression || order.Any(outer => levels[outer] > depth && outer.Parts.Contains(part))));
    }

    /// <summary>A loop over an axis, or several.</summary>
    internal sealed class Loop
    {
        /// <summary>Its variable.</summary>
        public string Name { get; set; } = "";

        /// <summary>Rounds.</summary>
        public required int Size { get; init; }

        /// <summary>By operand, elements from round to round.</summary>
        public required int[] Steps { get; init; }

        /// <summary>The same of the result.</summary>
        public required int Target { get; init; }
    }
}
