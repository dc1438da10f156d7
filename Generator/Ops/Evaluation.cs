namespace CompiledNets.Generator.Ops;

/// <summary>The reference: values in double precision while a graph is evaluated. A sample value holds its samples one behind the other.</summary>
internal sealed class Evaluation(int samples, bool isTraining)
{
    private readonly Dictionary<Value, double[]> values = [];

    /// <summary>Samples in the batch.</summary>
    public int Samples { get; } = samples;

    /// <summary>Whether batch statistics are those of the batch and dropout drops.</summary>
    public bool IsTraining { get; } = isTraining;

    public double[] this[Value key]
    {
        get => values.TryGetValue(key, out double[]? elements) ? elements : throw new InvalidOperationException($"{key} was not computed.");
        set => values[key] = value;
    }

    /// <summary>A fresh array for a value, of zeros.</summary>
    public double[] Make(Value value) => values[value] = new double[value.Space == Space.Sample ? Samples * value.Shape.Size : value.Shape.Size];
}
