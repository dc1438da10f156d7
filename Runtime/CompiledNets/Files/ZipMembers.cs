using System.Globalization;
using System.IO.Compression;

namespace CompiledNets.Files;

/// <summary>What a zip says of its members, held against what can be.</summary>
internal static class ZipMembers
{
    /// <summary>What a member may always have, however well it is compressed.</summary>
    private const long Harmless = 64 << 20;

    /// <summary>
    /// Numbers that were trained shrink to a half at best, and text to a twentieth; a member of zeros alone to a thousandth.
    /// </summary>
    private const long LargestRatio = 100;

    /// <summary>Refuses a member that would be far larger than its bytes in the zip tell, before anything of it is read.</summary>
    /// <exception cref="InvalidDataException">It would be.</exception>
    public static void CheckSize(ZipArchiveEntry entry)
    {
        if (entry.Length <= Harmless || entry.Length / LargestRatio <= entry.CompressedLength) return;
        throw new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture,
            $"member '{entry.FullName}' is {entry.Length} bytes of {entry.CompressedLength} compressed ones, more than any model's are; " +
                $"it is not read."));
    }
}
