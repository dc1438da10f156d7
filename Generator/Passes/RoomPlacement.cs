using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>Finds places for values: each gets the lowest room that is free throughout its life.</summary>
internal static class RoomPlacement
{
    /// <summary>Places some values.</summary>
    /// <param name="lives">The values, from which op to which each is needed, and how much room it takes.</param>
    /// <returns>Where each lies, and the room of all.</returns>
    public static (Dictionary<Value, long> Offsets, long Size) Run(IEnumerable<(Value Value, int First, int Last, long Size)> lives)
    {
        var offsets = new Dictionary<Value, long>();
        var placed = new List<(long Offset, long End, int Last)>();
        long size = 0;
        foreach ((Value value, int first, int last, long room) in lives.OrderBy(life => life.First).ThenByDescending(life => life.Size)
            .ThenBy(life => life.Value.Name, StringComparer.Ordinal))
        {
            // Those after it begin no earlier: what has ended is in nobody's way any more.
            placed.RemoveAll(other => other.Last < first);
            long offset = 0;
            int at = 0;
            for (; at < placed.Count && placed[at].Offset < offset + room; at++) offset = Math.Max(offset, placed[at].End);
            offsets[value] = offset;
            placed.Insert(at, (offset, offset + room, last));
            size = Math.Max(size, offset + room);
        }

        return (offsets, size);
    }
}
