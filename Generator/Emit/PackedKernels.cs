using CompiledNets.Generator.Kernels;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Emit;

/// <summary>The packed kernels that single samples read: where each lies in an arena of theirs, and what it is made of.</summary>
internal sealed class PackedKernels
{
    private const int Alignment = 16;

    private readonly PlaceNames names;
    private readonly List<(Packing Packing, Convolution Reader, string Name, int Place)> all = [];
    private readonly Dictionary<(Packing Packing, bool IsTransformed), string> byPacking = [];

    /// <summary>Finds a place for each.</summary>
    /// <param name="graph">The ops of a single sample.</param>
    /// <param name="names">Names of weights.</param>
    public PackedKernels(Graph graph, PlaceNames names)
    {
        this.names = names;
        int next = 0;
        var readers = new Dictionary<Value, int>();
        foreach (Convolution op in graph.Ops.OfType<Convolution>())
        {
            if (op.Packing is not { } packing || byPacking.ContainsKey((packing, IsTransformed(op)))) continue;
            // No weight has a name that ends so: two underscores are made of none.
            int number = readers[packing.Weights] = readers.TryGetValue(packing.Weights, out int others) ? others + 1 : 1;
            string name = names.Parameter(packing.Weights).Split('.')[1] + (number == 1 ? "" : $"__{Int(number)}");
            byPacking.Add((packing, IsTransformed(op)), name);
            all.Add((packing, op, name, next));
            int size = packing.Weights.Shape.Size;
            if (IsTransformed(op)) size = size / 9 * Winograd.Products;
            next = checked(next + ((size + op.Output.Shape.Last + Alignment - 1) / Alignment * Alignment));
        }
    }

    /// <summary>The place of the one that a convolution reads.</summary>
    public string Place(Convolution op) => "Packed." + byPacking[(op.Packing!, IsTransformed(op))];

    /// <summary>Writes what each is made of.</summary>
    public void Facts(CodeWriter writer)
    {
        if (all.Count == 0) return;
        writer.Line("/// <inheritdoc/>").Line("public override PackedKernel[] PackedKernels { get; } =").Line("[");
        foreach ((Packing packing, Convolution reader, string name, _) in all)
        {
            int filters = reader.Output.Shape.Last;
            string lanes = RowPart.LanesOf(reader);
            string width = DepthwiseRowKernel.Suits(reader) ? Int(filters) : ConvolutionRowKernel.PanelWidth(reader, lanes);
            string[] parts = [.. IsTransformed(reader) ? ["IsTransformed = true"] : Array.Empty<string>(),
                .. Part("Bias", packing.Bias), .. packing.Scale is not { } scale ? []
                : Part("Gamma", scale.Gamma).Concat(Part("Beta", scale.Beta)).Concat(Part("Mean", scale.Mean))
                    .Concat(Part("Variance", scale.Variance)).Append($"Epsilon = {Float(scale.Epsilon)}")];
            writer.Line($"    new({Int(names.WeightNumber(packing.Weights))}, {Int(filters)}, {width}, " +
                $"Packed.{name}){(parts.Length == 0 ? "" : $" {{ {string.Join(", ", parts)} }}")},");
        }

        writer.Line("];").Line();
    }

    /// <summary>Writes where they lie.</summary>
    public void Layout(CodeWriter writer)
    {
        if (all.Count > 0)
            PlaceNames.Constants(writer, "Packed", "Where packed kernels lie in their arena, in floats.", null,
                all.Select(kernel => (kernel.Name, kernel.Place)));
    }

    private static bool IsTransformed(Convolution op) => WinogradRowKernel.Of(op) is not null;

    private IEnumerable<string> Part(string name, Value? value) => value is null ? [] : [$"{name} = {Int(names.WeightNumber(value))}"];
}
