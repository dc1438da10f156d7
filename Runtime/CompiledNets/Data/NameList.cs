using System.Globalization;

namespace CompiledNets.Data;

/// <summary>Names in a message.</summary>
internal static class NameList
{
    // As many as a reader looks through.
    private const int Most = 20;

    /// <summary><c>'a', 'b', 'c'</c>; of many only the first, and how many more there are.</summary>
    public static string Of(IReadOnlyCollection<string> names)
    {
        string first = string.Join(", ", names.Take(Most).Select(name => $"'{name}'"));
        return names.Count <= Most ? first : string.Create(CultureInfo.InvariantCulture, $"{first} and {names.Count - Most} more");
    }
}
