using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>Where a step reads its rows: of each input and, where they are read, the targets of each output.</summary>
internal sealed class BatchSource
{
    /// <summary>A source that is filled later, again and again.</summary>
    public BatchSource(NetworkDescription description)
        : this(new RowSource[description.Inputs.Length], new TargetSource[description.Outputs.Length], 0)
    {
    }

    /// <summary>A source of checked rows.</summary>
    /// <param name="inputs">By input, the features.</param>
    /// <param name="targets">By output, the targets; those of outputs without any are never read.</param>
    /// <param name="count">How many rows each has.</param>
    public BatchSource(RowSource[] inputs, TargetSource[] targets, int count)
    {
        Inputs = inputs;
        Targets = targets;
        Count = count;
    }

    /// <summary>How many rows.</summary>
    public int Count { get; set; }

    /// <summary>By input, the features.</summary>
    public RowSource[] Inputs { get; }

    /// <summary>By output, the targets.</summary>
    public TargetSource[] Targets { get; }

    /// <summary>Lets go of the rows.</summary>
    public void Clear()
    {
        Array.Clear(Inputs);
        Array.Clear(Targets);
    }
}

/// <summary>Targets of one output with their weights.</summary>
internal readonly struct TargetSource
{
    private readonly float[]? weights;

    /// <summary>Targets.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="weights">A weight for each value of each row, or one for each row; null or empty for ones.</param>
    /// <param name="valuesPerWeight">Values that share one weight the user gave.</param>
    public TargetSource(RowSource rows, float[]? weights = null, int valuesPerWeight = 1)
    {
        Rows = rows;
        this.weights = weights;
        ValuesPerWeight = valuesPerWeight;
    }

    /// <summary>The rows.</summary>
    public RowSource Rows { get; }

    /// <summary>A weight for each value of each row, or one for each row; empty for ones.</summary>
    public ReadOnlySpan<float> Weights => weights;

    /// <summary>Values that share one weight the user gave.</summary>
    public int ValuesPerWeight { get; }
}
