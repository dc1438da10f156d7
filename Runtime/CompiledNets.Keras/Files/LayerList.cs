using CompiledNets.Keras.Hdf5;

namespace CompiledNets.Keras.Files;

/// <summary>
/// Weights as Keras 2 lists them, and Keras 3 in its <c>.h5</c>: layers by name, in order, and their weights by name, in order. Those of a
/// network in a network are one list.
/// </summary>
internal sealed class LayerList
{
    private readonly List<(string Name, IReadOnlyList<H5Node> Arrays, string[] Names)> layers = [];

    /// <summary>Reads a list.</summary>
    /// <param name="group">The group with the names of the layers.</param>
    public LayerList(H5Node group)
    {
        foreach (string name in group.Texts("layer_names") ?? throw new InvalidDataException($"'{group.Path}': no names of layers."))
        {
            H5Node? layer = group.Find(name);
            string[] weights = layer?.Texts("weight_names") ?? [];
            layers.Add((name,
                [.. weights.Select(weight => layer!.Find(weight)
                ?? throw new InvalidDataException($"'{layer!.Path}': no weight '{weight}'."))], weights));
        }
    }

    /// <summary>Gives the layers of a network their arrays.</summary>
    public void Assign(IReadOnlyList<FileLayer> members)
    {
        Dictionary<string, FileLayer> named = members.ToDictionary(member => member.Name, StringComparer.Ordinal);
        (string Name, IReadOnlyList<H5Node> Arrays, string[] Names)[] weighted = [.. layers.Where(layer => layer.Arrays.Count > 0)];
        bool areNamed = weighted.All(layer => named.ContainsKey(layer.Name));
        FileLayer[] inOrder = [.. members.Where(member => member.Leaves.Any(leaf => leaf.Target?.Weights.Count > 0))];
        if (!areNamed && inOrder.Length != weighted.Length)
            throw new InvalidDataException(
                $"it has {weighted.Length} layers with weights ({string.Join(", ", weighted.Select(layer => layer.Name))}), where " +
                $"{inOrder.Length} are expected.");
        for (int i = 0; i < weighted.Length; i++)
        {
            FileLayer member = areNamed ? named[weighted[i].Name] : inOrder[i];
            if (member.Members.Count == 0 && member.Target?.Type != "SpectralNormalization") member.Arrays = weighted[i].Arrays;
            else Split([.. member.Leaves.Where(leaf => leaf.Target is not null)], weighted[i].Arrays, weighted[i].Names);
        }
    }

    // Also of a wrapper, whose own weights lie before those of its layer here. The weights that train stand before the others, and
    // versions differ in what a frozen network does: the order that fits is the one.
    private static void Split(FileLayer[] leaves, IReadOnlyList<H5Node> arrays, string[] names)
    {
        (FileLayer Leaf, ModelWeight Weight)[] all = [.. leaves.SelectMany(leaf => leaf.Target!.Weights, (leaf, weight) => (leaf, weight))];
        IEnumerable<(FileLayer Leaf, ModelWeight Weight)>[] orders =
        [
            [.. all.Where(pair => pair.Weight.Trainable), .. all.Where(pair => !pair.Weight.Trainable)],
            all,
            [.. all.Where(pair => !IsMoving(pair.Weight)), .. all.Where(pair => IsMoving(pair.Weight))],
        ];
        int[][] shapes = [.. arrays.Select(array => array.Shape())];
        foreach (bool byName in (ReadOnlySpan<bool>)[true, false])
        {
            foreach (IEnumerable<(FileLayer Leaf, ModelWeight Weight)> order in orders)
            {
                (FileLayer Leaf, ModelWeight Weight)[] tried = [.. order];
                bool fits = tried.Length == arrays.Count && tried.Select((pair, i) => pair.Weight.Shape.SequenceEqual(shapes[i])
                    && (!byName || VariableName(names[i]) == pair.Weight.Name)).All(fit => fit);
                if (!fits) continue;
                Dictionary<ModelWeight, H5Node> placed = tried.Select((pair, i) => (pair.Weight, arrays[i])).ToDictionary();
                foreach (FileLayer leaf in leaves) leaf.Arrays = [.. leaf.Target!.Weights.Select(weight => placed[weight])];
                return;
            }
        }

        throw new InvalidDataException(
            $"the weights of '{string.Join(", ", leaves.Select(leaf => leaf.Name))}' do not fit: the file has the shapes " +
                $"{string.Join(", ", shapes.Select(shape => $"({string.Join(", ", shape)})"))}.");
    }

    // base/conv2d/kernel:0 is a kernel.
    private static string VariableName(string name)
    {
        string last = name[(name.LastIndexOf('/') + 1)..];
        int colon = last.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? last : last[..colon];
    }

    private static bool IsMoving(ModelWeight weight) =>
        weight.Name is "moving_mean" or "moving_variance" or "mean" or "variance" or "vector_u";
}
