namespace CompiledNets.Generator.Ops;

/// <summary>
/// The reference: values in double precision while a graph is evaluated. A sample value holds its samples one behind the other.
/// </summary>
internal sealed class Evaluation(int samples, bool isTraining)
{
    private readonly Dictionary<Value, double[]> values = [];

    /// <summary>Samples in the batch.</summary>
    public int Samples { get; } = samples;

    /// <summary>Whether batch statistics are those of the batch, but for frozen layers, and dropout drops.</summary>
    public bool IsTraining { get; } = isTraining;

    /// <summary>By layer, whether its weights stay as they are; none where nothing is frozen.</summary>
    public IReadOnlyList<bool> Frozen { get; init; } = [];

    /// <summary>Seed of the random numbers.</summary>
    public ulong Seed { get; init; }

    /// <summary>The step of training; random numbers go by it.</summary>
    public uint Step { get; init; }

    public double[] this[Value key]
    {
        get => values.TryGetValue(key, out double[]? elements) ? elements : throw new InvalidOperationException($"{key} was not computed.");
        set => values[key] = value;
    }

    /// <summary>Whether the batch statistics of a layer are the moving ones.</summary>
    public bool UsesMovingMoments(int layer) => !IsTraining || (layer < Frozen.Count && Frozen[layer]);

    /// <summary>A fresh array for a value, of zeros.</summary>
    public double[] Make(Value value) =>
        values[value] = new double[value.Space == Space.Sample ? Samples * value.Shape.Size : value.Shape.Size];

    /// <summary>
    /// Draws random numbers for each element of a value: hands on the place of the element, four numbers in [0, 1), and which of them is
    /// its own.
    /// </summary>
    public void Draw(Value value, int stream, Action<int, double[], int> take)
    {
        int size = value.Shape.Size;
        for (int s = 0; s < Samples; s++)
        {
            for (int f = 0; f < size; f += 4)
            {
                double[] fractions = ReferencePhilox.Fractions((uint)(f / 4), (uint)stream, (uint)s, Step, Seed);
                for (int i = 0; i < Math.Min(4, size - f); i++) take((s * size) + f + i, fractions, i);
            }
        }
    }
}
