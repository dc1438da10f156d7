using System.Globalization;
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

    /// <summary>Compares numbers with an array of the case.</summary>
    public void Add(string array, ReadOnlySpan<float> actual) => Add(array, [.. actual.ToArray().Select(number => (double)number)]);

    /// <summary>Compares numbers with an array of the case.</summary>
    public void Add(string array, IReadOnlyList<double> actual)
    {
        double[] expected = golden[array].Data;
        if (expected.Length != actual.Count)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{array}: {expected.Length} numbers expected, {actual.Count} came"));
            return;
        }

        double error = EngineComparison.Error(actual, expected);
        if (error > Largest || double.IsNaN(error)) (Largest, Tensor) = (error, array);
        if (!(error <= tolerance)) faults.Add(string.Create(CultureInfo.InvariantCulture, $"{array}: error {error:0.0e+00}"));
    }

    /// <summary>Notes something that is wrong and is no number.</summary>
    public void Fail(string fault) => faults.Add(fault);
}
