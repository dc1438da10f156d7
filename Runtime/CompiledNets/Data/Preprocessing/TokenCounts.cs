using System.Runtime.InteropServices;

namespace CompiledNets.Data;

/// <summary>How often tokens come, and in how many documents.</summary>
internal sealed class TokenCounts<T> where T : notnull
{
    private readonly Dictionary<T, (long Count, int Documents, int Last)> counts = [];

    /// <summary>How many documents were counted.</summary>
    public int Documents { get; private set; }

    /// <summary>Counts the tokens of a document.</summary>
    public void Add(IReadOnlyList<T> document)
    {
        Documents++;
        foreach (T token in document)
        {
            ref (long Count, int Documents, int Last) of = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, token, out _);
            of.Count++;
            if (of.Last != Documents) of.Documents++;
            of.Last = Documents;
        }
    }

    /// <summary>Tokens by count, then by an order, both downwards, with the number of documents that have them.</summary>
    /// <param name="but">Tokens to leave out.</param>
    /// <param name="order">Their order.</param>
    /// <param name="most">At most how many.</param>
    public (T Token, int Documents)[] Ranked(T[] but, IComparer<T> order, int most) =>
    [
        .. counts.Where(item => !but.Contains(item.Key)).OrderByDescending(item => item.Value.Count)
            .ThenByDescending(item => item.Key, order).Take(most).Select(item => (item.Key, item.Value.Documents)),
    ];
}
