using System.Globalization;
using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>Arguments of networks with several inputs and outputs: lists by the order of ports, dictionaries by their names.</summary>
internal static class PortLists
{
    /// <summary>Names for a message: <c>'figures', 'street'</c>.</summary>
    public static string Names(IEnumerable<PortDescription> ports) => string.Join(", ", ports.Select(port => $"'{port.Name}'"));

    /// <summary>Throws unless a list has an entry for each port.</summary>
    /// <param name="count">Entries of the list.</param>
    /// <param name="ports">The ports.</param>
    /// <param name="kind"><c>input</c> or <c>output</c>.</param>
    /// <param name="network">The network's name.</param>
    /// <param name="argument">The list's name.</param>
    public static void CheckCount(int count, PortDescription[] ports, string kind, string network, string argument)
    {
        if (count == ports.Length) return;
        string missing = count < ports.Length ? $" Missing: {Names(ports.Skip(count))}." : "";
        throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture,
            $"'{network}' has {ports.Length} {kind}{(ports.Length == 1 ? "" : "s")}, {Names(ports)}, and each needs an entry in its place. " +
            $"Received: {count} in `{argument}`.{missing}"), argument);
    }

    /// <summary>The entries of a dictionary by the order of ports.</summary>
    /// <param name="entries">Entries by names of ports.</param>
    /// <param name="ports">The ports.</param>
    /// <param name="kind"><c>input</c> or <c>output</c>.</param>
    /// <param name="network">The network's name.</param>
    /// <param name="argument">The dictionary's name.</param>
    /// <param name="absent">What stands for a port without an entry.</param>
    /// <exception cref="ArgumentException">There is no port of a name.</exception>
    public static T[] ByName<T>(
        IReadOnlyDictionary<string, T> entries, PortDescription[] ports, string kind, string network, string argument, T absent)
    {
        ArgumentNullException.ThrowIfNull(entries, argument);
        foreach (string name in entries.Keys)
        {
            if (Array.Exists(ports, port => port.Name == name)) continue;
            throw new ArgumentException(
                $"'{network}' has no {kind} '{name}', for which `{argument}` has an entry. It has: {Names(ports)}.", argument);
        }

        return [.. ports.Select(port => entries.TryGetValue(port.Name, out T? entry) ? entry : absent)];
    }
}
