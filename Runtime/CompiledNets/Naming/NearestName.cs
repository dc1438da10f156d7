namespace CompiledNets.Naming;

/// <summary>Finds what a user who mistyped a name may have meant.</summary>
internal static class NearestName
{
    /// <summary>
    /// The known name with the fewest letters to add, drop, change or swap with the next, or null where it takes too many: more than a
    /// third of them, and more than one of up to four or two of up to eight.
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

    /// <summary>The optimal string alignment distance, by rows: Levenshtein's, where neighbours that changed places are one edit.</summary>
    private static int Edits(string from, string to)
    {
        int[] before = new int[to.Length + 1], last = new int[to.Length + 1], row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            (before, last, row) = (last, row, before);
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int change = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
        }

        return row[to.Length];
    }
}
