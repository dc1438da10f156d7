using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Emit;

/// <summary>The loop of a scan: the calls of its body, whose operands lie a step further on each round.</summary>
internal static class ScanText
{
    /// <summary>Gives the call of an op of a body; null where it costs nothing.</summary>
    /// <param name="op">The op.</param>
    /// <param name="place">Where its values lie.</param>
    /// <param name="liesInOutput">Whether an input of a concatenation was made where it lies in the output.</param>
    public delegate string? CallOf(Op op, Func<Value, string> place, Func<Concatenate, int, bool> liesInOutput);

    /// <summary>Writes the loop; a scan in the body is a loop in it.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="call">Gives calls.</param>
    /// <param name="outside">Where values outside lie.</param>
    /// <param name="depth">Loops around it.</param>
    public static string Write(Scan scan, CallOf call, Func<Value, string> outside, int depth = 0)
    {
        string step = depth == 0 ? "t" : "t" + Int(depth);
        var writer = new CodeWriter();
        foreach (Op op in scan.Enter) Add(op, value => Place(value, isFirst: true));
        writer.Open($"for (int {step} = 0; {step} < {Int(scan.Steps)}; {step}++)");
        foreach (Op op in scan.Body)
        {
            Func<Value, string> place = value => Place(value, isFirst: false);
            if (scan.InFirstStep(op) is { } first && call(first, place, scan.LiesInOutput) is { } start)
            {
                writer.Lines($"if ({step} == 0) {start}");
                Add(op, place, "else ");
            }
            else
            {
                Add(op, place, scan.IsIdleInLastStep(op) ? $"if ({step} < {Int(scan.Steps - 1)}) " : "");
            }
        }

        writer.Close();
        return writer.ToString();

        void Add(Op op, Func<Value, string> place, string condition = "")
        {
            string? text = op is Scan inner ? Write(inner, call, place, depth + 1) : call(op, place, scan.LiesInOutput);
            if (text is not null) writer.Lines(condition + text);
        }

        string Place(Value value, bool isFirst)
        {
            if (scan.PlaceOf(value) is not { } place) return outside(value);
            string start = outside(place.Of) + (place.Start == 0 ? "" : $" + {Int(place.Start)}");
            return isFirst || place.Step == 0 ? start : $"{start} + ({step} * {Int(place.Step)})";
        }
    }
}
