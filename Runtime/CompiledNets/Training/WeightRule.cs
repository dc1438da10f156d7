using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>What penalties and constraints of weights share.</summary>
internal static class WeightRule
{
    /// <summary>Numbers of a weight.</summary>
    public static int Length(WeightDescription weight) => weight.Shape.Aggregate(1, (size, axis) => size * axis);

    /// <summary>Tries a rule when the network is made, so that one which is not for its weight is told of there and then.</summary>
    /// <exception cref="ArgumentException">It is not; the message names the weight.</exception>
    public static void Try(NetworkDescription description, WeightDescription weight, string kind, Action rule)
    {
        try
        {
            rule();
        }
        catch (ArgumentException wrong)
        {
            string path = $"{description.Layers[weight.Layer].Name}/{weight.Name}";
            throw new ArgumentException($"The {kind} of '{path}' cannot be used. {wrong.Message}", wrong);
        }
    }
}
