using System.Globalization;

namespace CompiledNets.Generator.Emit;

/// <summary>A short text that stands for a long name, the same in every process.</summary>
internal static class StableHash
{
    /// <summary>FNV-1a of 64 bits, as 16 digits.</summary>
    public static string Of(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text) hash = unchecked((hash ^ c) * 1099511628211);
        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
