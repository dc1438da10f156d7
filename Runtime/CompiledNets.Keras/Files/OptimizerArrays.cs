using CompiledNets.Files;
using CompiledNets.Keras.Hdf5;

namespace CompiledNets.Keras.Files;

/// <summary>What a file has of an optimizer: counters, then slots for the weights that train, one after the other.</summary>
/// <param name="Arrays">The arrays in the file's order.</param>
/// <param name="AreBySlot">
/// Whether all of one slot stand together, as before Keras 2.11, where they now take turns weight by weight.
/// </param>
internal sealed record OptimizerArrays(IReadOnlyList<H5Node> Arrays, bool AreBySlot)
{
    /// <summary>The state of training; null where the arrays are not those of the network's optimizer, as Keras leaves them then.</summary>
    /// <param name="model">The network, compiled.</param>
    /// <param name="trained">The weights that train, in the order of the file's layers.</param>
    public TrainingState? For(Model model, IReadOnlyList<ModelWeight> trained)
    {
        if (model.GetTrainingState() is not { } now) return null;
        (string Slot, ModelWeight Weight)[] wanted = [.. Order(now, trained)];
        int[][] shapes = [.. Arrays.Select(array => array.Shape())];
        int[] counters = [.. Enumerable.Range(0, 3)
            .Where(count => count <= shapes.Length && shapes.Take(count).All(shape => shape.Length == 0 || shape is [1]))];

        // The early Adam keeps an array of one zero for each weight, in case of AMSGrad.
        foreach (int count in counters.Reverse())
        {
            if (shapes.Length < count + wanted.Length) continue;
            if (wanted.Length > 0 && shapes.Length != count + wanted.Length && !shapes.Skip(count + wanted.Length)
                .All(shape => shape is [1])) continue;
            if (!wanted.Select((pair, i) => pair.Weight.Shape.SequenceEqual(shapes[count + i])).All(fit => fit)) continue;
            float[] rate = [count == 2 ? (float)Arrays[1].Number() : (float)now.LearningRate];
            double steps = count == 0 ? 0 : Arrays[0].Number();
            if (!(steps is >= 0 and < long.MaxValue) || !(rate[0] >= 0 && rate[0] <= float.MaxValue)) return null;
            return now with
            {
                Iteration = (long)steps,
                // The file has single precision: a rate that is the same there is kept as it is.
                LearningRate = rate[0] == (float)now.LearningRate ? now.LearningRate : rate[0],
                Random = null,
                Variables = [
                    .. wanted.Select((pair, i) =>
                    new OptimizerVariable(pair.Slot, pair.Weight.Path, pair.Weight.Shape.ToArray(), Read(Arrays[count + i], pair.Weight)))],
            };
        }

        return null;
    }

    private IEnumerable<(string Slot, ModelWeight Weight)> Order(TrainingState now, IReadOnlyList<ModelWeight> trained)
    {
        IReadOnlyList<string[]> blocks = Blocks(now);
        if (AreBySlot) blocks = [.. blocks.SelectMany(block => block).Select(slot => (string[])[slot])];
        return blocks.SelectMany(block => trained.SelectMany(weight => block.Select(slot => (slot, weight))));
    }

    /// <summary>Names of slots: those of one entry take turns weight by weight.</summary>
    public static IReadOnlyList<string[]> Blocks(TrainingState state)
    {
        if (state.Variables.Count == 0) return [];
        string first = state.Variables[0].Weight;
        List<List<string>> blocks = [];
        string? before = null;
        foreach (OptimizerVariable variable in state.Variables)
        {
            if (variable.Weight == first)
            {
                if (before != first) blocks.Add([]);
                blocks[^1].Add(variable.Name);
            }

            before = variable.Weight;
        }

        return [.. blocks.Select(block => block.ToArray())];
    }

    private static float[] Read(H5Node array, ModelWeight weight)
    {
        float[] values = new float[weight.Values.Length];
        array.CopyTo(values);
        return values;
    }
}
