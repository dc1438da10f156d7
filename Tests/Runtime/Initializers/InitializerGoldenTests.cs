using System.Globalization;
using System.Text.Json;
using CompiledNets.Harness.Goldens;
using CompiledNets.Initializers;

namespace CompiledNets.Tests.Initializers;

/// <summary>Mean, deviation and bounds of what initializers draw, against what theory says and Keras draws.</summary>
public sealed class InitializerGoldenTests
{
    [Fact]
    public void Moments_are_those_of_Keras()
    {
        using FileStream file = File.OpenRead(Path.Combine(GoldenFolder.FullPath, "initializers.json"));
        using JsonDocument document = JsonDocument.Parse(file);
        List<string> misses = [];
        int entries = 0;
        foreach (JsonElement entry in document.RootElement.GetProperty("initializers").EnumerateArray())
        {
            entries++;
            string call = entry.GetProperty("initializer").GetString()!;
            int[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(axis => axis.GetInt32())];
            string name = $"{call} of ({string.Join(", ", shape)})";
            JsonElement theory = entry.GetProperty("theory");
            float[] drawn = Draw(Make(call), shape, entry.GetProperty("draws").GetInt32());
            double mean = drawn.Average(x => (double)x);
            double deviation = Math.Sqrt(drawn.Average(x => (x - mean) * (x - mean)));

            // Both are samples: five standard errors of a difference.
            double keras = entry.GetProperty("sd").GetDouble();
            double ofMean = Math.Max(5 * keras * Math.Sqrt(2.0 / drawn.Length), 1e-9),
                ofDeviation = Math.Max(5 * keras / Math.Sqrt(drawn.Length), 1e-9);
            Check(Math.Abs(mean - entry.GetProperty("mean").GetDouble()) <= ofMean, $"mean {mean}");
            Check(Math.Abs(deviation - keras) <= ofDeviation, $"deviation {deviation}");
            if (theory.TryGetProperty("sd", out JsonElement sd))
                Check(Math.Abs(deviation - sd.GetDouble()) <= ofDeviation, $"deviation {deviation}");

            double center = theory.TryGetProperty("mean", out JsonElement known) ? known.GetDouble() : 0;
            foreach (string bound in new[] { "limit", "cut" })
            {
                if (!theory.TryGetProperty(bound, out JsonElement limit)) continue;
                Check(drawn.Max(x => Math.Abs(x - center)) <= limit.GetDouble() * 1.0000001, "beyond the bounds");
                Check(drawn.Max() > center + (0.99 * limit.GetDouble())
                    && drawn.Min() < center - (0.99 * limit.GetDouble()), "far from the bounds");
            }

            if (theory.TryGetProperty("value", out JsonElement value)) Check(drawn.All(x => x == value.GetDouble()), "not the value");

            void Check(bool holds, string what)
            {
                if (!holds) misses.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {what}; Keras: {entry}"));
            }
        }

        Assert.True(entries > 0);
        Assert.Empty(misses);
    }

    private static float[] Draw(Initializer initializer, int[] shape, int draws)
    {
        float[] all = new float[shape.Aggregate((a, b) => a * b) * draws];
        int size = all.Length / draws;
        for (int i = 0; i < draws; i++) initializer.Fill(all.AsSpan(i * size, size), shape, (ulong)(10 + i));
        return all;
    }

    /// <summary>From a call such as <c>VarianceScaling(1.5, fan_in, uniform)</c>.</summary>
    private static Initializer Make(string call)
    {
        string[] parts = call.TrimEnd(')').Split(['(', ','], StringSplitOptions.TrimEntries);
        double[] numbers = [.. parts.Skip(1).Select(part => part.Split('=')[^1]).Where(part => char.IsDigit(part[0]))
            .Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
        if (parts.Length == 1) return Initializer.Get(parts[0]);
        return parts[0] switch
        {
            "VarianceScaling" => new VarianceScaling(
                numbers[0],
                parts[2] switch { "fan_in" => FanMode.FanIn, "fan_out" => FanMode.FanOut, _ => FanMode.FanAvg },
                parts[3] switch
                {
                    "uniform" => Distribution.Uniform,
                    "untruncated_normal" => Distribution.UntruncatedNormal,
                    _ => Distribution.TruncatedNormal
                }),
            "RandomNormal" => new RandomNormal(numbers[0], numbers[1]),
            "Orthogonal" => new Orthogonal(numbers[0]),
            "Constant" => new Constant(numbers[0]),
            _ => throw new InvalidDataException($"Unknown initializer {call}."),
        };
    }
}
