namespace CompiledNets.Generator.Ops;

/// <summary>Operands of an expression as passes and gradient rules put them together.</summary>
internal static class OperandList
{
    /// <summary>Drops operands that an expression does not read, joins those that are the same, and counts the rest anew.</summary>
    public static (Value[] Values, Access[] Accesses, Scalar Expression) Compact(IReadOnlyList<Value> values,
        IReadOnlyList<Access> accesses, Scalar expression)
    {
        HashSet<int> used = expression.Operands();
        var kept = new List<(Value Value, Access Access)>();
        var renumbered = new Dictionary<int, int>();
        for (int index = 0; index < values.Count; index++)
        {
            if (!used.Contains(index)) continue;
            int known = kept.IndexOf((values[index], accesses[index]));
            if (known < 0)
            {
                known = kept.Count;
                kept.Add((values[index], accesses[index]));
            }

            renumbered[index] = known;
        }

        Scalar compact = expression.Replace(part => part is Scalar.OperandElement e ? Scalar.Operand(renumbered[e.Index]) : null);
        return ([.. kept.Select(pair => pair.Value)], [.. kept.Select(pair => pair.Access)], compact);
    }
}
