using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>
/// Whom the ops of the backward pass serve: the layers whose weights, and the inputs whose gradients need them. An op is left out while all
/// of them are frozen or not asked for.
/// </summary>
internal sealed class Serves
{
    private readonly Dictionary<Op, int> sets = [];
    private readonly List<(int[] Layers, int[] Inputs)> all = [];

    /// <summary>The sets, by number: layers and inputs.</summary>
    public IReadOnlyList<(int[] Layers, int[] Inputs)> Sets => all;

    /// <summary>Whether an op is one of the backward pass.</summary>
    public bool Has(Op op) => sets.ContainsKey(op);

    /// <summary>The set that an op of the backward pass serves.</summary>
    public int Of(Op op) => sets[op];

    public static Serves Find(TrainingGraph graph, ParameterLayout parameters)
    {
        var serves = new Serves();
        int layers = parameters.Weights.Select(weight => weight.Layer + 1).DefaultIfEmpty().Max();
        int words = (layers + graph.InputGradients.Count + 63) / 64;
        var served = new Dictionary<Value, ulong[]>();
        foreach (PlacedWeight weight in parameters.Weights)
            if (graph.WeightGradients.TryGetValue(weight.Value, out IReadOnlyList<Value>? gradients))
                foreach (Value gradient in gradients) Add(gradient, Bit(weight.Layer));
        for (int i = 0; i < graph.InputGradients.Count; i++)
            if (graph.InputGradients[i] is { } gradient) Add(gradient, Bit(layers + i));

        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Op op in Enumerable.Reverse(graph.Backward))
        {
            ulong[] bits = new ulong[words];
            foreach (Value output in op.Outputs)
                if (served.TryGetValue(output, out ulong[]? of)) Join(bits, of);
            foreach (Value input in op.Inputs) Add(input, bits);
            string key = string.Join(",", bits);
            if (!numbers.TryGetValue(key, out int number))
            {
                numbers[key] = number = serves.all.Count;
                serves.all.Add(([.. Enumerable.Range(0, layers).Where(i => Has(bits, i))],
                    [.. Enumerable.Range(0, graph.InputGradients.Count).Where(i => Has(bits, layers + i))]));
            }

            serves.sets[op] = number;
        }

        return serves;

        ulong[] Bit(int index)
        {
            ulong[] bits = new ulong[words];
            bits[index / 64] = 1ul << (index % 64);
            return bits;
        }

        void Add(Value value, ulong[] bits)
        {
            if (!served.TryGetValue(value, out ulong[]? known)) served[value] = known = new ulong[words];
            Join(known, bits);
        }

        static bool Has(ulong[] bits, int index) => (bits[index / 64] & (1ul << (index % 64))) != 0;

        static void Join(ulong[] bits, ulong[] more)
        {
            for (int i = 0; i < bits.Length; i++) bits[i] |= more[i];
        }
    }
}
