using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>A weight over its largest singular value: vectors run over its columns, and its rows are read as they lie.</summary>
internal static class SpectralKernel
{
    /// <summary>Vectors of any width end with a row of so many columns, or with a multiple of it.</summary>
    private const int WidestLanes = 16;

    public static Kernel Once(SpectralDivision op)
    {
        int rows = op.V.Shape.Size, columns = op.Next.Shape.Size, size = rows * columns;
        string times = op.Iterations == 1 ? "once" : Int(op.Iterations)
            + " times", row = Within($"T.Load(ref weight, (k * {Int(columns)}) + n)");
        string loop = $"for (int n = 0; n < {Int(columns)}; n += T.Count)";
        return new("spectral", op.Layer,
            $"v = W u / |W u|, u = v W / |v W|, {times}, then W /= v W u, for W of {Int(rows)} rows and {Int(columns)} columns.",
            [new("weight", op.Weight), new("u", op.U), new("v", op.V), new("next", op.Next)],
            [new("bool isTraining", "step.IsTraining")],
            writer =>
            {
                writer.Line("if (!isTraining) return;");
                writer.Line($"{loop} {Within("T.Load(ref u, n)")}.Store(ref next, n);");
                writer.Line($"T most = T.Splat({Float(1 / SpectralDivision.LeastNorm)}), sigma = T.Zero;");
                writer.Open($"for (int i = 0; i < {Int(op.Iterations)}; i++)");
                writer.Line("float squares = 0f;");
                writer.Open($"for (int k = 0; k < {Int(rows)}; k++)");
                writer.Line("T sum = T.Zero;");
                writer.Line($"{loop} sum = T.Fma({row}, T.Load(ref next, n), sum);");
                writer.Line("float product = T.Sum(sum);");
                writer.Line("Unsafe.Add(ref v, k) = product;");
                writer.Line("squares += product * product;");
                writer.Close();
                writer.Line();
                writer.Line("T scale = T.Min(most, T.Splat(1f) / T.Sqrt(T.Splat(squares)));");
                writer.Line($"{loop} T.Zero.Store(ref next, n);");
                writer.Open($"for (int k = 0; k < {Int(rows)}; k++)");
                writer.Line("T factor = T.Broadcast(ref v, k) * scale;");
                writer.Line($"{loop} T.Fma({row}, factor, T.Load(ref next, n)).Store(ref next, n);");
                writer.Close();
                writer.Line();
                writer.Line("T norm = T.Zero;");
                writer.Line($"{loop} norm = T.Fma(T.Load(ref next, n), T.Load(ref next, n), norm);");
                writer.Line("norm = T.Splat(T.Sum(norm));");
                writer.Line("scale = T.Min(most, T.Splat(1f) / T.Sqrt(norm));");
                writer.Line("sigma = norm * scale;");
                writer.Line($"{loop} (T.Load(ref next, n) * scale).Store(ref next, n);");
                writer.Close();
                writer.Line();
                writer.Line("float divisor = T.MaxAcross(sigma);");
                writer.Line("if (divisor == 0f) return;");
                writer.Line("int at = 0;");
                writer.Line($"for (; at <= {Int(size)} - T.Count; at += T.Count) (T.Load(ref weight, at) / sigma).Store(ref weight, at);");
                if (size % WidestLanes > 0) writer.Line($"for (; at < {Int(size)}; at++) Unsafe.Add(ref weight, at) /= divisor;");
                writer.Line($"{loop} T.Load(ref next, n).Store(ref u, n);");
            });

        string Within(string vector) => columns % WidestLanes == 0 ? vector
            : $"T.SelectGreater(T.Splat({Int(columns)} - n), T.Indices, {vector}, T.Zero)";
    }
}
