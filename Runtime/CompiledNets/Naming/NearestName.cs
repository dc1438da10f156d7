namespace CompiledNets.Naming;

/// <summary>Finds what a user who mistyped a name may have meant.</summary>
internal static class NearestName
{
    /// <summary>
    /// The known name with the fewest letters to add, drop or change, or null where it takes too many: more than a third of them, and more
    /// than one of up to four or two of up to eight.
    /// </summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        string given = name.ToLowerInvariant();
        string? nearest = null;
        int fewest = Math.Max(name.Length <= 4 ? 1 : 2, name.Length / 3) + 1;
        foreach (string candidate in known)
        {
            int edits = Edits(given, candidate.ToLowerInvariant());
            if (edits < fewest)
            {
                (nearest, fewest) = (candidate, edits);
            }
        }

        return nearest;
    }

    /// <summary>Levenshtein's distance, by rows.</summary>
    private static int Edits(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int change = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
