using CompiledNets.Generator.Kernels;
using CompiledNets.Generator.Layers;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>Where each weight lies in the parameter arena, and the runs of weights whose gradients are computed together.</summary>
/// <remarks>
/// Weights have Keras's order and layout. A kernel and the bias that is the next to train form one group, the bias being one more row, and
/// lie together. Groups start at multiples of 16 floats, so that an optimizer may reach over the end of one without touching the next.
/// </remarks>
internal sealed class ParameterLayout
{
    private const int Alignment = 16;

    /// <summary>Floats that an array can hold, its bytes counted by a 32-bit number.</summary>
    private const int MostFloats = int.MaxValue / 4;

    private readonly List<PlacedWeight> weights = [];
    private readonly Dictionary<(int Layer, string Name), PlacedWeight> byName = [];
    private readonly Dictionary<int, int> counts = [];
    private readonly List<PlacedGroup> groups = [];

    public IReadOnlyList<PlacedWeight> Weights => weights;

    public IReadOnlyList<PlacedGroup> Groups => groups;

    /// <summary>Floats of the arena, padding included.</summary>
    public int Size { get; private set; }

    /// <summary>Places the weights of all layers. Null where they exceed what an arena can hold.</summary>
    /// <param name="layers">Layers with the shapes of what they are applied to first.</param>
    public static ParameterLayout? Plan(IReadOnlyList<(Layer Layer, IReadOnlyList<Shape> Inputs)> layers)
    {
        var layout = new ParameterLayout();
        long size = 0;
        for (int i = 0; i < layers.Count; i++)
        {
            (Layer layer, IReadOnlyList<Shape> inputs) = layers[i];
            Weight[] own = [.. layer.Weights(inputs)];
            if (own.Any(weight => weight.Shape.Axes.Aggregate(1.0, (product, axis) => product * axis) > MostFloats)) return null;
            var placed = new PlacedWeight?[own.Length];
            for (int w = 0; w < own.Length; w++)
            {
                if (placed[w] is not null) continue;
                int bias = BiasOf(own, w);
                size = (size + Alignment - 1) / Alignment * Alignment;
                if (own[w].Trainable)
                {
                    int columns = IsKernel(own[w]) ? own[w].Columns : own[w].Shape.Size;
                    int rows = own[w].Shape.Size / columns, step = RowStep(own[w], rows, columns);
                    layout.groups.Add(new(i, layout.weights.Count + w, (int)size, rows + (bias < 0 ? 0 : 1), columns, step));
                }

                foreach (int member in bias < 0 ? [w] : new[] { w, bias })
                {
                    Weight weight = own[member];
                    var value = new Value($"{layer.Name}_{weight.Name}", weight.Shape, Space.Weight) { Role = weight.Name };
                    placed[member] = new PlacedWeight(i, weight, value, (int)size, layout.groups.Count - 1);
                    layout.byName[(i, weight.Name)] = placed[member]!;
                    layout.counts[i] = layout.CountOf(i) + weight.Shape.Size;
                    size += weight.Shape.Size;
                    if (size > MostFloats) return null;
                }
            }

            layout.weights.AddRange(placed!);
        }

        layout.Size = (int)((size + Alignment - 1) / Alignment * Alignment);
        return layout;
    }

    /// <summary>The weight of a layer by its Keras name.</summary>
    public PlacedWeight Find(int layer, string name) =>
        byName.TryGetValue((layer, name), out PlacedWeight? weight) ? weight
            : throw new InvalidOperationException($"Layer {layer} has no weight '{name}'.");

    /// <summary>Numbers of the weights of a layer.</summary>
    public int CountOf(int layer) => counts.TryGetValue(layer, out int count) ? count : 0;

    // The bias that is a row of a kernel's group: the next weight that trains, with a number for each column; -1 for none.
    private static int BiasOf(Weight[] own, int kernel)
    {
        if (!IsKernel(own[kernel]) || !own[kernel].HasBias) return -1;
        int named = Array.FindIndex(own, weight => weight.Kernel == own[kernel].Name);
        if (named >= 0) return own[named].Trainable ? named : -1;
        int next = Array.FindIndex(own, kernel + 1, weight => weight.Trainable);
        return next >= 0 && own[next].Kernel is null && own[next].IsRow && own[next].Shape.Size == own[kernel].Columns ? next : -1;
    }

    // A kernel with a window has other tiles; one of several axes that has none, those of a dense layer. Such a step serves both.
    private static int RowStep(Weight weight, int rows, int columns)
    {
        if (!IsKernel(weight)) return 1;
        int step = WeightGradientKernel.RowStep(rows, columns);
        if (weight.Shape.Rank == 2 || weight.Columns != weight.Shape.Last) return step;
        int ofWindow = PositionGradientKernel.RowStep(weight.Shape), common = ofWindow;
        while (common % step > 0) common += ofWindow;
        return common;
    }

    private static bool IsKernel(Weight weight) => weight is { Trainable: true, Columns: > 0 };
}

/// <param name="Layer">Index of the layer among those behind the input.</param>
/// <param name="Weight">What the layer asked for.</param>
/// <param name="Value">Its value in the graph.</param>
/// <param name="Offset">First float in the parameter arena.</param>
/// <param name="Group">Index of its group; meaningless where it does not train.</param>
internal sealed record PlacedWeight(int Layer, Weight Weight, Value Value, int Offset, int Group);

/// <param name="Layer">Index of the layer.</param>
/// <param name="FirstWeight">Index of its first weight.</param>
/// <param name="Offset">First float in the parameter arena.</param>
/// <param name="Rows">Rows, that of the bias included.</param>
/// <param name="Columns">Floats a row.</param>
/// <param name="RowStep">Rows whose multiples a range begins and ends at, the end of the kernel aside.</param>
internal sealed record PlacedGroup(int Layer, int FirstWeight, int Offset, int Rows, int Columns, int RowStep);
