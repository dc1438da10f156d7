using System.Globalization;

namespace CompiledNets.Data;

/// <summary>Tokens and the place of each.</summary>
internal sealed class Vocabulary<T> where T : notnull
{
    private readonly Dictionary<T, int> places;

    /// <summary>Takes tokens in their order.</summary>
    /// <exception cref="ArgumentException">One comes twice, or is null.</exception>
    public Vocabulary(T[] tokens)
    {
        Tokens = tokens;
        places = new(tokens.Length);
        for (int i = 0; i < tokens.Length; i++)
        {
            if (tokens[i] is not null && places.TryAdd(tokens[i], i)) continue;
            string found = tokens[i] is null ? "null" : string.Create(CultureInfo.InvariantCulture, $"'{tokens[i]}' again");
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected each token once. Received: {found} at {i} (from 0)"), "vocabulary");
        }
    }

    /// <summary>The tokens.</summary>
    public T[] Tokens { get; }

    /// <summary>How many there are.</summary>
    public int Count => Tokens.Length;

    /// <summary>The place of a token; -1 where it is none of them.</summary>
    public int Find(T token) => places.TryGetValue(token, out int place) ? place : -1;
}
