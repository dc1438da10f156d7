using CompiledNets.Keras.Layers;
using CompiledNets.Naming;

namespace CompiledNets.Keras.Graphs;

/// <summary>Gives layers their names in a class, where each has one of its own and a property that is called after it.</summary>
internal static class LayerNaming
{
    // The compiler takes 200 characters, numbers that keep names apart included.
    private const int LongestName = 190;

    /// <summary>The names of layers, in the order of the source.</summary>
    /// <param name="className">The class.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="keepNames">Whether they keep the names they have in Keras, else they get those that come by themselves.</param>
    /// <returns>The name of each, and whether it is to be written.</returns>
    public static IReadOnlyList<(string Name, bool IsWritten)> Of(string className, IReadOnlyList<GraphLayer> layers, bool keepNames)
    {
        string?[] wanted = new string?[layers.Count];
        HashSet<string> taken = new([.. ReservedMembers.Names, .. ReservedMembers.OfPorts, className], StringComparer.Ordinal);

        // Layers of nested networks stand back: their names were unique in there only.
        foreach (int i in Enumerable.Range(0, layers.Count).OrderBy(i => layers[i].Models.Count))
        {
            if (!keepNames || layers[i].Name is not string given) continue;
            string own = Usable(given, layers[i].Config.ClassName);
            for (int m = layers[i].Models.Count - 1; m >= 0 && IsTaken(own); m--) own = $"{Usable(layers[i].Models[m], "model")}_{own}";
            if (own.Length > LongestName) continue;
            string name = own;
            for (int n = 1; IsTaken(name); n++) name = $"{own}_{n}";
            wanted[i] = name;
            taken.Add(name);
            taken.Add(LayerNames.Pascal(name));
        }

        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        List<(string, bool)> names = [];
        for (int i = 0; i < layers.Count; i++)
        {
            string usual = SnakeCase.Of(layers[i].Config.ClassName);
            int count = counts.GetValueOrDefault(usual);
            string automatic = count == 0 ? usual : $"{usual}_{count}";

            // Layers with a name of their own are not counted, neither here nor by Keras.
            bool isWritten = wanted[i] is not null && wanted[i] != automatic;
            if (!isWritten) counts[usual] = count + 1;
            for (KerasObject? inner = LayerSources.WrappedBy(layers[i].Config); inner is not null; inner = LayerSources.WrappedBy(inner))
                counts[SnakeCase.Of(inner.ClassName)] = counts.GetValueOrDefault(SnakeCase.Of(inner.ClassName)) + 1;
            names.Add((wanted[i] ?? automatic, isWritten));
        }

        return names;

        bool IsTaken(string name) => taken.Contains(name) || taken.Contains(LayerNames.Pascal(name));
    }

    // A slash parts layer and weight in paths, and a property needs a letter.
    private static string Usable(string name, string className)
    {
        name = name.Replace('/', '_');
        return name.Any(char.IsLetter) ? name : $"{SnakeCase.Of(className)}_{name}";
    }
}
