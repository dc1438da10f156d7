using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// A sum of products of two operands as matrices have it: y[o, m, n] = factor * Σ over k of a[o, m, k] b[o, n, k]. Each operand meets an
/// axis by a step of its own, so that none of them has to be turned.
/// </summary>
/// <param name="Factor">What each sum is multiplied by.</param>
/// <param name="First">Number of the operand a.</param>
/// <param name="Second">Number of the operand b.</param>
/// <param name="Outer">The axes along which matrices of their own follow each other.</param>
/// <param name="Rows">The axis along which a goes on and b repeats.</param>
/// <param name="Columns">The axis along which b goes on and a repeats.</param>
/// <param name="Sums">The axes that are summed over, the innermost last.</param>
internal sealed record ProductAxes(
    double Factor, int First, int Second, IReadOnlyList<ProductAxis> Outer, ProductAxis Rows, ProductAxis Columns,
        IReadOnlyList<ProductAxis> Sums)
{
    private static readonly ProductAxis None = new(1, 0, 0, 0);

    /// <summary>The axes of a sum; null where it is no product of two operands, or has neither rows nor columns.</summary>
    public static ProductAxes? Of(Reduce op)
    {
        double factor = 1.0 / op.Divisor;
        var operands = new List<int>();
        if (!op.IsWhole || !op.Output.IsSample || !AreFactors(op.Expression, ref factor, operands) || operands.Count != 2) return null;
        (int first, int second) = (operands[0], operands[1]);
        if (first == second || operands.Any(operand => op.Inputs[operand].Space == Space.Shared)
            || !operands.Any(operand => op.Inputs[operand].IsSample)) return null;
        ProductAxis[] axes = [.. new ElementNest(op.Elements, op.Inputs, op.Accesses, op.Expression, op.Target, keepsOrder: true).Loops
            .Select(loop => new ProductAxis(loop.Size, loop.Steps[first], loop.Steps[second], loop.Target))];
        ProductAxis[] sums = [.. axes.Where(axis => axis.ToStep == 0)];
        ProductAxis? rows = Longest(axes.Where(axis => axis is { ToStep: not 0, FirstStep: not 0, SecondStep: 0 }));
        ProductAxis? columns = Longest(axes.Where(axis => axis is { ToStep: not 0, FirstStep: 0, SecondStep: not 0 }));
        if (sums.Length == 0 || (rows is null && columns is null)) return null;
        return new(factor, first, second, [.. axes.Where(axis => axis.ToStep != 0 && axis != rows && axis != columns)], rows ?? None,
            columns ?? None, sums);
    }

    /// <summary>The same with the operands in the other order.</summary>
    public ProductAxes Turned() =>
        new(Factor, Second, First, [.. Outer.Select(axis => axis.Turned())], Columns.Turned(), Rows.Turned(),
        [.. Sums.Select(axis => axis.Turned())]);

    private static ProductAxis? Longest(IEnumerable<ProductAxis> axes) => axes.OrderByDescending(axis => axis.Size).FirstOrDefault();

    private static bool AreFactors(Scalar part, ref double factor, List<int> operands)
    {
        switch (part)
        {
            case Scalar.Constant number:
                factor *= number.Value;
                return true;
            case Scalar.OperandElement operand:
                operands.Add(operand.Index);
                return true;
            case Scalar.Unary { Kind: UnaryKind.Negate } negative:
                factor = -factor;
                return AreFactors(negative.A, ref factor, operands);
            case Scalar.Binary { Kind: BinaryKind.Multiply } product:
                return AreFactors(product.A, ref factor, operands) && AreFactors(product.B, ref factor, operands);
            default:
                return false;
        }
    }
}

/// <summary>An axis of a sum of products.</summary>
/// <param name="Size">Its elements.</param>
/// <param name="FirstStep">From one to the next in the first operand; 0 where that repeats.</param>
/// <param name="SecondStep">The same in the second.</param>
/// <param name="ToStep">The same in the result; 0 where it is summed over.</param>
internal sealed record ProductAxis(int Size, int FirstStep, int SecondStep, int ToStep)
{
    /// <summary>The axis with the operands in the other order.</summary>
    public ProductAxis Turned() => new(Size, SecondStep, FirstStep, ToStep);
}
