namespace CompiledNets.Naming;

/// <summary>
/// What Keras's names lead to: losses, metrics, optimizers or initializers. Each goes by its class, by that in snake case and by short
/// forms, in upper or lower case.
/// </summary>
/// <typeparam name="T">What is named.</typeparam>
/// <param name="kind">What it is called: <c>loss</c>.</param>
/// <param name="entries">By class, short forms and how one is made, with its defaults, for the name that was given.</param>
/// <param name="coming">Classes and short forms of Keras that are not there yet.</param>
internal sealed class NameTable<T>(string kind, (string Class, string[] ShortForms, Func<string, T> Make)[] entries,
    string[] coming) where T : class
{
    /// <summary>The classes.</summary>
    public IEnumerable<string> Classes => entries.Select(entry => entry.Class);

    /// <summary>Names in snake case, then short forms.</summary>
    public IEnumerable<string> Names => entries.Select(entry => SnakeCase.Of(entry.Class))
        .Concat(entries.SelectMany(entry => entry.ShortForms));

    /// <summary>Classes and short forms of Keras that are not there yet.</summary>
    public IReadOnlyList<string> Coming => coming;

    /// <summary>What a name leads to; null where it is not known.</summary>
    public T? Find(string identifier)
    {
        foreach ((string className, string[] shortForms, Func<string, T> make) in entries)
        {
            if (IsNameOf(identifier, className) || Array.Exists(shortForms, name => Same(name, identifier))) return make(identifier);
        }

        return null;
    }

    /// <summary>What is wrong with a name that leads to nothing: it is not there yet, or the nearest that is, and all that are.</summary>
    /// <param name="identifier">The name.</param>
    /// <param name="others">Names that are known beside those of the table.</param>
    public ArgumentException Unknown(string identifier, params IEnumerable<string> others)
    {
        string[] known = [.. Names.Concat(others).Distinct(StringComparer.Ordinal)];
        string all = $"Known {kind}{(kind.EndsWith('s') ? "es" : "s")}: {string.Join(", ", known)}.";
        string what = string.IsNullOrWhiteSpace(identifier) ? $"The name of the {kind} is empty."
            : Array.Exists(coming, name => IsNameOf(identifier, name)) ? $"The {kind} '{identifier}' of Keras is not there yet."
            : $"Could not interpret {kind} identifier: " +
                $"{identifier}.{(NearestName.Of(identifier, known) is string nearest ? $" Did you mean '{nearest}'?" : "")}";
        return new($"{what} {all}", nameof(identifier));
    }

    private static bool IsNameOf(string identifier, string className) => Same(identifier, className)
        || Same(identifier, SnakeCase.Of(className));

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
