namespace CompiledNets.Generator.Ops;

/// <summary>When an op is worked.</summary>
internal enum When
{
    /// <summary>Block by block.</summary>
    Blocks,

    /// <summary>Block by block, and finished once all blocks are done: what needs every sample.</summary>
    BlocksThenOnce,

    /// <summary>Once, between phases or before the first: what all samples share.</summary>
    Once,

    /// <summary>Over the rows of a weight, after the last phase.</summary>
    Rows,
}

/// <summary>What passes need to know of an op beside its inputs and outputs; they ask for nothing else.</summary>
internal sealed record OpFacts
{
    /// <summary>When it is worked.</summary>
    public When When { get; init; }

    /// <summary>
    /// Numbers of the inputs that it changes: weights. It is worked whoever reads its outputs; what is worked once changes them before
    /// anybody else reads them.
    /// </summary>
    public IReadOnlyList<int> Writes { get; init; } = [];

    /// <summary>
    /// Features of room in each block beside the outputs: what it leaves there for its second half, or works in where it has none.
    /// </summary>
    public int PartialSize { get; init; }

    /// <summary>
    /// Numbers of the inputs whose room the output may take where nobody reads them afterwards: each of their elements is read before the
    /// one in its place is written.
    /// </summary>
    public IReadOnlyList<int> InPlace { get; init; } = [];

    /// <summary>Features of the output's room; 0 for as many as it has elements.</summary>
    public int Room { get; init; }

    /// <summary>
    /// Features of the inputs that it may read, though it makes nothing of those after the last element; 0 for the elements alone.
    /// </summary>
    public int Reach { get; init; }

    /// <summary>Multiply-adds for one sample.</summary>
    public long Work { get; init; }

    /// <summary>The output is a part of the first input, from this element on, and costs nothing; null where it is not.</summary>
    public int? PartOfInput { get; init; }

    /// <summary>Where several outputs begin in the first input, each a part of it; null where there is one, or they are none.</summary>
    public IReadOnlyList<int>? PartsOfInput { get; init; }

    /// <summary>Outputs that are parts of others: their numbers, those of the others, and where they begin.</summary>
    public IReadOnlyList<(int Output, int Of, int Start)> Within { get; init; } = [];

    /// <summary>
    /// The places at which the inputs lie in the output, one after the other, so that their makers may write there; null where they do
    /// not.
    /// </summary>
    public IReadOnlyList<int>? PartsOfOutput { get; init; }
}
