namespace CompiledNets;

/// <summary>Optimizers by the strings that Keras takes for them.</summary>
public abstract partial class Optimizer
{
    private static readonly string[] KnownNames = ["sgd", "rmsprop", "adam", "adamw"];

    /// <summary>A name is an optimizer: <c>model.Compile("adam", new MeanSquaredError())</c>.</summary>
    /// <param name="identifier">A name as <see cref="Get"/> takes it.</param>
    /// <exception cref="ArgumentException">No optimizer has that name; the message has the nearest and all that are known.</exception>
    public static implicit operator Optimizer(string identifier) => Get(identifier);

    /// <summary>The optimizer of that name, with its defaults.</summary>
    /// <param name="identifier">A Keras name, in upper or lower case: <c>adam</c>, <c>RMSprop</c>.</param>
    /// <exception cref="ArgumentException">No optimizer has that name; the message has those that are known.</exception>
    public static Optimizer Get(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return identifier.ToLowerInvariant() switch
        {
            "sgd" => new SGD(),
            "rmsprop" => new RMSprop(),
            "adam" => new Adam(),
            "adamw" => new AdamW(),
            _ => throw new ArgumentException(
                $"Could not interpret optimizer identifier: {identifier}.{(NearestName.Of(identifier, KnownNames) is string name ? $" Did you mean '{name}'?" : "")} " +
                $"Known optimizers: {string.Join(", ", KnownNames)}.", nameof(identifier)),
        };
    }
}
