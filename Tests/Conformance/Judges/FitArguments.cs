using System.Globalization;
using System.Text.Json;
using CompiledNets.Keras;

namespace CompiledNets.Conformance.Judges;

/// <summary>Arguments of a golden's <c>fit</c>.</summary>
internal sealed record FitArguments
{
    public int Epochs { get; private init; } = 1;

    public int BatchSize { get; private init; } = 32;

    public double ValidationSplit { get; private init; }

    public int InitialEpoch { get; private init; }

    public Dictionary<int, float>? ClassWeight { get; private init; }

    /// <summary>Reads them.</summary>
    /// <exception cref="KerasUnsupportedException">There is one that the product does not take.</exception>
    public static FitArguments Read(JsonElement? fit)
    {
        FitArguments arguments = new();
        if (fit is not { } given) return arguments;
        foreach (JsonProperty argument in given.EnumerateObject())
        {
            arguments = argument.Name switch
            {
                "epochs" => arguments with { Epochs = argument.Value.GetInt32() },
                "batch_size" => arguments with { BatchSize = argument.Value.GetInt32() },
                "validation_split" => arguments with { ValidationSplit = argument.Value.GetDouble() },
                "initial_epoch" => arguments with { InitialEpoch = argument.Value.GetInt32() },
                "class_weight" => arguments with
                {
                    ClassWeight = argument.Value.EnumerateObject()
                        .ToDictionary(entry => int.Parse(entry.Name, CultureInfo.InvariantCulture), entry => entry.Value.GetSingle()),
                },
                _ => throw new KerasUnsupportedException($"fit with {argument.Name}"),
            };
        }

        return arguments;
    }
}
