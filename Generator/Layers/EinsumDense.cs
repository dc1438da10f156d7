using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>activation(einsum(equation, x, kernel) + bias).</summary>
internal sealed record EinsumDense : UnaryLayer
{
    public override string Type => "EinsumDense";

    public required string Equation { get; init; }

    /// <summary>Shape of the output without the batch; -1 for what the input tells.</summary>
    public required EquatableArray<int> OutputShape { get; init; }

    public required string? Activation { get; init; }

    public override string? ShownActivation => Activation ?? "linear";

    public required string? BiasAxes { get; init; }

    public required string KernelInitializer { get; init; }

    public required string BiasInitializer { get; init; }

    public static EinsumDense Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Trainable = arguments.Trainable,
        Equation = arguments.Text(nameof(Equation)) ?? "",
        OutputShape = arguments.Ints(nameof(OutputShape)),
        Activation = arguments.Activation(nameof(Activation)),
        BiasAxes = arguments.Text(nameof(BiasAxes)),
        KernelInitializer = arguments.Initializer(nameof(KernelInitializer), "glorot_uniform"),
        BiasInitializer = arguments.Initializer(nameof(BiasInitializer), "zeros"),
    };

    public override Shape? InferShape(Shape input, ShapeContext context)
    {
        (Einsum? einsum, string? problem) = Einsum.Read(Equation, input, OutputShape, BiasAxes);
        if (einsum is not null)
            return Layers.Activation.ShapeOf(Activation, einsum.Axes.ShapeOf(einsum.Output), nameof(Activation), context);
        context.Findings.Add(DiagnosticDescriptors.BadEquation.Id, context.Index, nameof(Equation), Name, Equation, problem!);
        return null;
    }

    public override IEnumerable<Weight> Weights(Shape input)
    {
        Einsum einsum = Read(input);
        // As Keras counts them: axes of the kernel that the output has are outputs of a unit, all others inputs.
        int outputs = Size(einsum, letter => einsum.Output.Contains(letter)),
            inputs = Size(einsum, letter => !einsum.Output.Contains(letter));
        yield return new("kernel", einsum.Axes.ShapeOf(einsum.Kernel), KernelInitializer)
        {
            Columns = einsum.IsMatrix ? einsum.Axes.ShapeOf(einsum.Made).Size : 0,
            Fans = (inputs, outputs),
        };
        if (einsum.BiasShape is { } bias) yield return new("bias", bias, BiasInitializer) { Columns = 0, IsRow = IsRow(einsum, bias) };
    }

    public override Value Lower(Lowering lowering, Value input)
    {
        Einsum einsum = Read(input.Shape);
        Value? bias = einsum.BiasShape is null ? null : lowering.Weight("bias");
        if (einsum.Dropped.Length > 0)
        {
            int[] dropped = [.. einsum.Dropped.Select(letter => einsum.Input.IndexOf(letter))];
            input = lowering.Add(Reduce.Sum(Name, [input], Scalar.Operand(0), input.Shape, dropped, Name + "_sum"));
        }

        string left = new([.. einsum.Input.Where(letter => !einsum.Dropped.Contains(letter))]);
        Value result;
        if (einsum.IsMatrix)
        {
            bool isRow = bias is not null && IsRow(einsum, einsum.BiasShape!);
            result = Contract(lowering, einsum, input, left, isRow ? bias : null);
            if (isRow) bias = null;
        }
        else
        {
            result = Product(lowering, einsum, input, left);
        }

        if (bias is not null)
            result = lowering.Add(new Pointwise(Name, [result, bias], Scalar.Operand(0) + Scalar.Operand(1), Name + "_biased"));
        return lowering.Activate(Name, Activation, result);
    }

    // A matrix product over the last axes, with what is kept before them.
    private Value Contract(Lowering lowering, Einsum einsum, Value input, string left, Value? bias)
    {
        Value x = Order(lowering, einsum, input, left, einsum.Kept + einsum.Summed, "_ordered");
        Shape rows = einsum.Axes.ShapeOf(einsum.Kept);
        if (einsum.Summed.Length > 1 || left.Length != x.Shape.Rank)
            x = lowering.Add(Slice.Reshape(Name, x, Shape.Of([.. rows.Axes, einsum.Axes.ShapeOf(einsum.Summed).Size]), Name + "_rows"));
        Value y = lowering.Add(new Contraction(Name, x, lowering.Weight("kernel"), bias, Name));
        string made = einsum.Kept + einsum.Made;
        if (einsum.Made.Length > 1) y = lowering.Add(Slice.Reshape(Name, y, einsum.Axes.ShapeOf(made), Name + "_axes"));
        return Order(lowering, einsum, y, made, einsum.Output, "_output");
    }

    // Sums of products with a kernel that has axes of the positions, or lies otherwise.
    private Value Product(Lowering lowering, Einsum einsum, Value input, string left)
    {
        Value kernel = lowering.Weight("kernel");
        var output = new Value(Name, einsum.Axes.ShapeOf(einsum.Output), Space.Sample);
        if (einsum.Summed.Length > 0)
            return lowering.Add(einsum.Axes.Product(Name, (input, left), (kernel, einsum.Kernel), einsum.Output, einsum.Summed, 1, output));
        Access[] accesses = [einsum.Axes.Between(left, einsum.Output), einsum.Axes.Between(einsum.Kernel, einsum.Output)];
        return lowering.Add(new Pointwise(Name, [input, kernel], accesses, Scalar.Operand(0) * Scalar.Operand(1), output));
    }

    private Value Order(Lowering lowering, Einsum einsum, Value value, string letters, string wanted, string suffix)
    {
        if (letters == wanted) return value;
        if (value.Shape.Rank != letters.Length)
            value = lowering.Add(Slice.Reshape(Name, value, einsum.Axes.ShapeOf(letters), Name + suffix + "_shape"));
        return lowering.Add(Permute.Axes(Name, value, [.. wanted.Select(letter => letters.IndexOf(letter))], Name + suffix));
    }

    private Einsum Read(Shape input) => Einsum.Read(Equation, input, OutputShape, BiasAxes).Einsum!;

    // Whether the bias has a number for each column of the kernel, in its order.
    private static bool IsRow(Einsum einsum, Shape bias)
    {
        if (!einsum.IsMatrix || bias.Size != einsum.Axes.ShapeOf(einsum.Made).Size) return false;
        string axes = einsum.Output.Substring(einsum.Output.Length - bias.Rank);
        string own = new([.. axes.Where((letter, axis) => bias[axis] > 1 || einsum.Axes.Sizes[letter] == 1)]);
        return own == einsum.Made;
    }

    private static int Size(Einsum einsum, Func<char, bool> holds) =>
        einsum.Kernel.Where(holds).Aggregate(1, (size, letter) => size * einsum.Axes.Sizes[letter]);
}
