namespace CompiledNets;

/// <summary>What is probably a mistake but no error: a line on standard error.</summary>
internal static class Warning
{
    /// <summary>Prints a warning.</summary>
    public static void Print(string text) => Console.Error.WriteLine("Warning: " + text);
}
