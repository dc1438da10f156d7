using System.Globalization;
using System.Numerics.Tensors;
using CompiledNets.Harness;
using CompiledNets.Harness.Goldens;

namespace CompiledNets.Conformance;

/// <summary>Compares tensors with those of a golden, and keeps the largest error.</summary>
public sealed class Comparison(GoldenCase golden, double tolerance)
{
    private readonly List<string> faults = [];

    /// <summary>The largest error so far; -1 where nothing was compared.</summary>
    public double Largest { get; private set; } = -1;

    /// <summary>The tensor with the largest error.</summary>
    public string Tensor { get; private set; } = "";

    /// <summary>What is wrong; empty where nothing is.</summary>
    public string Faults => string.Join("; ", faults);

    /// <summary>Compares a tensor with an array of the case, its shape too.</summary>
    /// <param name="array">The array.</param>
    /// <param name="actual">The tensor.</param>
    /// <param name="how">How it was computed, where the array is compared more than once.</param>
    public void Add(string array, Tensor<float> actual, string how = "")
    {
        float[] numbers = new float[actual.FlattenedLength];
        actual.FlattenTo(numbers);
        int[] shape = new int[actual.Rank];
        for (int i = 0; i < shape.Length; i++) shape[i] = (int)actual.Lengths[i];
        Add(array, numbers, shape, how);
    }

    /// <summary>Compares numbers of a shape with an array of the case, its shape too.</summary>
    public void Add(string array, ReadOnlySpan<float> actual, ReadOnlySpan<int> shape, string how = "")
    {
        int[] expected = golden[array].Shape;
        if (shape.SequenceEqual(expected)) Add(array, actual, how);
        else faults.Add($"{array}{how}: shape ({string.Join(", ", expected)}) expected, ({string.Join(", ", shape.ToArray())}) came");
    }

    /// <summary>Compares numbers with an array of the case, of whatever shape.</summary>
    public void Add(string array, ReadOnlySpan<float> actual, string how = "") =>
        Add(array, [.. actual.ToArray().Select(number => (double)number)], how);

    /// <summary>Compares numbers with an array of the case, of whatever shape.</summary>
    public void Add(string array, IReadOnlyList<double> actual, string how = "")
    {
        double[] expected = golden[array].Data;
        string tensor = array + how;
        if (expected.Length != actual.Count)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{tensor}: {expected.Length} numbers expected, {actual.Count} came"));
            return;
        }

        double error = EngineComparison.Error(actual, expected);
        if (error > Largest) (Largest, Tensor) = (error, tensor);
        if (error > tolerance) faults.Add(string.Create(CultureInfo.InvariantCulture, $"{tensor}: error {error:0.0e+00}"));
    }

    /// <summary>Notes something that is wrong and is no number.</summary>
    public void Fail(string fault) => faults.Add(fault);
}
