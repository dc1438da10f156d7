namespace CompiledNets.Data;

/// <summary>Weights of classes, for <c>classWeight</c> of <see cref="Model"/>'s Fit.</summary>
public static class ClassWeights
{
    /// <summary>
    /// Weights by which all classes weigh the same in sum, as scikit-learn's <c>compute_class_weight("balanced")</c>: samples / (classes *
    /// samples of the class). Classes without samples have
    /// no weight and are not counted.
    /// </summary>
    /// <param name="targets">Class numbers, shape (samples) or (samples, 1), or one-hot rows, shape (samples, classes).</param>
    /// <exception cref="ArgumentException">There are no samples, the shape is another, or a number is no class.</exception>
    public static IReadOnlyDictionary<int, float> Balanced(Samples targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        int[] numbers = TargetClasses.Numbers(targets, nameof(targets));
        if (numbers.Length == 0) throw new ArgumentException(
            $"Expected at least one sample. Received: targets.shape={targets}", nameof(targets));
        SortedDictionary<int, int> counts = [];
        foreach (int number in numbers) counts[number] = counts.GetValueOrDefault(number) + 1;
        return counts.ToDictionary(pair => pair.Key, pair => (float)((double)numbers.Length / ((long)counts.Count * pair.Value)));
    }
}
