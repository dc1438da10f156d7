using System.Globalization;
using CompiledNets.Keras.Architecture;
using CompiledNets.Keras.Hdf5;
using CompiledNets.Naming;

namespace CompiledNets.Keras.Files;

/// <summary>
/// Weights as Keras 3, and Keras 2 from 2.12 on, keep them: a tree of objects, in which layers are called after their classes and
/// numbered, whatever their names.
/// </summary>
internal sealed class ObjectTree
{
    private const int DeepestObject = 40;

    private readonly Dictionary<string, ObjectTree> children = new(StringComparer.Ordinal);
    private H5Node? data;

    /// <summary>Reads a tree.</summary>
    /// <param name="groups">The outermost group, of each file that has a part of it.</param>
    public static ObjectTree Read(IReadOnlyList<H5Node> groups)
    {
        ObjectTree tree = new();
        foreach (H5Node group in groups) tree.Add(group, 0);
        return tree;
    }

    /// <summary>Whether a file is of this kind.</summary>
    public static bool IsIn(H5Node group) =>
        group.Children.Keys.Any(name => name is "layers" or "vars" or "optimizer"
        || name.StartsWith("_layer_checkpoint_dependencies", StringComparison.Ordinal));

    /// <summary>The variables of an object, in their order.</summary>
    public IReadOnlyList<H5Node> Variables
    {
        get
        {
            if (!children.TryGetValue("vars", out ObjectTree? variables)) return [];
            (int Number, H5Node? Data)[] numbered = [.. variables.children.Where(child => child.Value.data is not null)
                .Select(child =>
                    (int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : int.MaxValue,
                    child.Value.data))
                .OrderBy(child => child.Item1)];
            return [.. numbered.Select(child => child.Data!)];
        }
    }

    /// <summary>An object in it; null where there is none.</summary>
    public ObjectTree? this[string name] => children.GetValueOrDefault(name);

    /// <summary>Gives the layers of a network their arrays.</summary>
    public void Assign(IReadOnlyList<FileLayer> members)
    {
        ObjectTree layers = this["layers"] ?? this["_layer_checkpoint_dependencies"] ?? this;
        foreach (IGrouping<string, FileLayer> kind in members.GroupBy(member => SnakeCase.Of(member.ClassName)))
        {
            ObjectTree[] objects = layers.OfKind(kind.Key);
            int place = 0;
            foreach (FileLayer member in kind)
            {
                if (place >= objects.Length) break;
                ObjectTree own = objects[place++];
                if (member.Members.Count > 0) own.Assign(member.Members);
                else member.Arrays = own.Arrays(member.ClassName, member.Wrapped);
            }
        }
    }

    // dense, dense_1, dense_2, ... in the order of their numbers, some of which may be missing.
    private ObjectTree[] OfKind(string kind) => [.. children
        .Select(child => (Number: Number(child.Key, kind), child.Value)).Where(child => child.Number >= 0).OrderBy(child => child.Number)
        .Select(child => child.Value)];

    private static int Number(string name, string kind) => name == kind ? 0
        : name.Length > kind.Length && name[kind.Length] == '_' && name.StartsWith(kind, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(kind.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;

    private IReadOnlyList<H5Node> Arrays(string className, IReadOnlyList<WrappedLayer> wrapped)
    {
        IReadOnlyList<H5Node> own = Variables;
        switch (className)
        {
            case "Bidirectional":
                // Keras 2 meets the layer by another attribute first.
                return [.. Inner("forward_layer", "layer"), .. Inner("backward_layer")];
            case "TimeDistributed" when wrapped.Count == 1:
                return this["layer"]?.Arrays(wrapped[0].ClassName, wrapped[0].Wrapped) ?? own;
            case "SpectralNormalization":
                // The kernel is the wrapper's own, and there once more.
                return [.. own, .. Inner("layer").Skip(1)];
            case "MultiHeadAttention" or "GroupedQueryAttention" or "GroupQueryAttention":
                return [.. own, .. Inner("query_dense", "_query_dense"), .. Inner("key_dense", "_key_dense"),
                    .. Inner("gate_dense", "_gate_dense"), .. Inner("value_dense", "_value_dense"),
                    .. Inner("output_dense", "_output_dense")];
            default:
                List<H5Node> all = [.. own];
                foreach ((string name, ObjectTree child) in children.Where(child => child.Key != "vars"
                    && !child.Key.Contains("seed_generator", StringComparison.Ordinal))
                    .OrderBy(child => child.Key, StringComparer.Ordinal))
                    all.AddRange(name == "cells" ? child.Cells(wrapped) : child.Arrays("", wrapped));
                return all;
        }

        IReadOnlyList<H5Node> Inner(params ReadOnlySpan<string> names)
        {
            foreach (string name in names)
                if (this[name] is { } inner) return inner.Arrays("", []);
            return [];
        }
    }

    // Cells of several classes stand in the order in which they are worked.
    private IEnumerable<H5Node> Cells(IReadOnlyList<WrappedLayer> cells)
    {
        string[] classes = cells.Count > 0 ? [.. cells.Select(cell => SnakeCase.Of(cell.ClassName))]
            : [.. children.Keys.Order(StringComparer.Ordinal)];
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (string name in classes)
        {
            ObjectTree[] own = OfKind(name);
            int place = counts[name] = counts.GetValueOrDefault(name, -1) + 1;
            if (place >= own.Length) continue;
            foreach (H5Node array in own[place].Arrays("", [])) yield return array;
        }
    }

    private void Add(H5Node node, int depth)
    {
        if (depth > DeepestObject) throw new InvalidDataException($"'{node.Path}': it is damaged: objects in objects without end.");
        if (node.IsData)
        {
            // What is listed comes before what lies beside it.
            data ??= node;
            return;
        }

        foreach ((string name, H5Node child) in node.Children)
        {
            // Saved on Windows, early versions write a whole path as one name.
            ObjectTree at = this;
            foreach (string part in name.Split('\\', StringSplitOptions.RemoveEmptyEntries))
            {
                if (!at.children.TryGetValue(part, out ObjectTree? next)) at.children[part] = next = new();
                at = next;
            }

            at.Add(child, depth + 1);
        }
    }
}
