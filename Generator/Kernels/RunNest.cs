using CompiledNets.Generator.Emit;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// The loops of a leaf over the runs of a window: two references that go on by a step of their own at each level, the innermost loop being
/// the leaf's. Counts and steps are parameters, so that layers share leaves and a border is a smaller count.
/// </summary>
internal static class RunNest
{
    /// <summary>The parameters of some levels, outermost first.</summary>
    public static string Parameters(int levels, string first, string second) => string.Concat(
        Enumerable.Range(0, levels).Select(level => $", int count{Int(level)}, int {first}By{Int(level)}, int {second}By{Int(level)}"));

    /// <summary>What is handed over for a level: how often, and both steps.</summary>
    public static string Arguments(IEnumerable<(string Count, string First, string Second)> levels) =>
        string.Concat(levels.Select(level => $", {level.Count}, {level.First}, {level.Second}"));

    /// <summary>Writes the loops.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="levels">Levels.</param>
    /// <param name="first">A reference.</param>
    /// <param name="second">Another one.</param>
    /// <param name="inner">Writes what is done at each place, for the names of both there.</param>
    /// <param name="turns">Whether the first one goes backwards.</param>
    /// <param name="from">
    /// What the references that it begins at are called, after the names of the two; nothing for those themselves.
    /// </param>
    public static void Write(
        CodeWriter writer, int levels, string first, string second, Action<string, string> inner, bool turns = false, string from = "")
    {
        string a = first + from, b = second + from;
        for (int level = 0; level < levels; level++)
        {
            writer.Line($"ref float {At(first, level)} = ref {a}, {At(second, level)} = ref {b};");
            (a, b) = (At(first, level), At(second, level));
            writer.Open($"for (int i{Int(level)} = 0; i{Int(level)} < count{Int(level)}; i{Int(level)}++)");
        }

        inner(a, b);
        for (int level = levels - 1; level >= 0; level--)
        {
            string step = turns ? "Unsafe.Subtract" : "Skip", number = Int(level);
            writer.Line($"{At(first, level)} = ref {step}(ref {At(first, level)}, {first}By{number});");
            writer.Line($"{At(second, level)} = ref Skip(ref {At(second, level)}, {second}By{number});");
            writer.Close();
        }
    }

    private static string At(string name, int level) => $"{name}At{Int(level)}";
}
