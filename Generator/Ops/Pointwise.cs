namespace CompiledNets.Generator.Ops;

/// <summary>
/// An expression for each element. Operands that belong to a sample have the shape of the result, or are one number; shared ones repeat as <see cref="Broadcast"/> says.
/// </summary>
internal sealed class Pointwise : Op
{
    public Pointwise(string layer, IReadOnlyList<Value> inputs, Scalar expression, string outputName)
        : base(layer, inputs, new Value(outputName, ShapeOf(inputs), Space.Sample)) => Expression = expression;

    /// <summary>The same with an output that exists already, for passes that rewrite.</summary>
    public Pointwise(string layer, IReadOnlyList<Value> inputs, Scalar expression, Value output)
        : base(layer, inputs, output) => Expression = expression;

    public Scalar Expression { get; }

    /// <summary>How the operands that all samples share meet the elements; a scalar where there are none.</summary>
    public Broadcast Broadcast
    {
        get
        {
            Broadcast result = new(1, 1, Output.Shape.Size);
            foreach (Value input in Inputs)
            {
                if (input.Space == Space.Sample) continue;
                Broadcast own = Ops.Broadcast.Between(Output.Shape, input.Shape);
                if (own.IsScalar) continue;
                if (!result.IsScalar && result != own) throw new InvalidOperationException($"Operands of {this} repeat in different ways.");
                result = own;
            }

            return result;
        }
    }

    /// <summary>Whether the shared operands, numbers aside, all meet the elements in one way, as a kernel needs it.</summary>
    public static bool Agree(IEnumerable<Value> operands, Shape shape) =>
        operands.Where(operand => operand.Space == Space.Shared).Select(operand => Ops.Broadcast.Between(shape, operand.Shape)).Where(b => !b.IsScalar).Distinct().Count() <= 1;

    public override void Differentiate(Gradients gradients)
    {
        if (gradients.Of(Output) is not { } upstream) return;
        for (int i = 0; i < Inputs.Count; i++)
        {
            Value input = Inputs[i];
            if (!gradients.IsNeeded(input)) continue;
            // Operands of the derivative: those of the function, its result, the gradient of the result.
            Value[] operands = [.. Inputs, Output, upstream];
            Scalar derivative = ScalarDerivative.InTermsOfResult(ScalarDerivative.Of(Expression, i), Expression, Scalar.Operand(Inputs.Count));
            Scalar contribution = derivative * Scalar.Operand(Inputs.Count + 1);
            if (contribution == Scalar.Zero) continue;
            (Value[] used, Scalar compact) = Compact(operands, contribution);
            string name = input.Name + "_gradient";
            gradients.Contribute(input, input.Space == Space.Sample
                ? new Pointwise(Layer, used, compact, name)
                : new SumOverSamples(Layer, used, compact, input.Shape, name));
        }
    }

    /// <summary>Drops operands that an expression does not read and counts the rest anew.</summary>
    public static (Value[] Operands, Scalar Expression) Compact(IReadOnlyList<Value> operands, Scalar expression)
    {
        var used = new HashSet<int>();
        expression.CollectOperands(used);
        var kept = new List<Value>();
        var renumbered = new Dictionary<int, int>();
        for (int index = 0; index < operands.Count; index++)
        {
            if (!used.Contains(index)) continue;
            int known = kept.IndexOf(operands[index]);
            if (known < 0)
            {
                known = kept.Count;
                kept.Add(operands[index]);
            }

            renumbered[index] = known;
        }

        return ([.. kept], expression.Replace(part => part is Scalar.OperandElement e ? Scalar.Operand(renumbered[e.Index]) : null));
    }

    public override void Evaluate(Evaluation evaluation) => EvaluateElements(evaluation, Inputs, Expression, Output.Shape, evaluation.Make(Output), (target, sample, element, value) => target[sample + element] = value);

    /// <summary>Evaluates an expression for each element of each sample; shared by the ops that are made of expressions.</summary>
    public static void EvaluateElements(Evaluation evaluation, IReadOnlyList<Value> inputs, Scalar expression, Shape shape, double[] target, Action<double[], int, int, double> take)
    {
        double[][] arrays = [.. inputs.Select(input => evaluation[input])];
        Broadcast[] broadcasts = [.. inputs.Select(input => input.Space == Space.Sample ? default : Ops.Broadcast.Between(shape, input.Shape))];
        double[] operands = new double[inputs.Count];
        for (int s = 0; s < evaluation.Samples; s++)
        {
            for (int f = 0; f < shape.Size; f++)
            {
                for (int i = 0; i < operands.Length; i++)
                    operands[i] = inputs[i].Space == Space.Sample ? arrays[i][(s * inputs[i].Shape.Size) + (f % inputs[i].Shape.Size)] : arrays[i][f / broadcasts[i].Inner % broadcasts[i].Count];
                take(target, s * shape.Size, f, ScalarEvaluation.Evaluate(expression, operands));
            }
        }
    }

    private static Shape ShapeOf(IReadOnlyList<Value> inputs)
    {
        Value first = inputs.First(input => input.Space == Space.Sample);
        foreach (Value input in inputs)
            if (input.Space == Space.Sample && input.Shape.Size > 1 && !input.Shape.Equals(first.Shape)) throw new ArgumentException($"{input} and {first} differ in shape.");
        return first.Shape;
    }
}
