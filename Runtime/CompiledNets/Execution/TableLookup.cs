using System.ComponentModel;

namespace CompiledNets.Execution;

/// <summary>
/// Where a backward pass leaves what the gradient of a table is made of: which places of the batch look each row up, and what they
/// contribute. Places are told by floats from the first index to theirs, -1 for none, and stand as whole numbers by the bits of floats.
/// </summary>
/// <param name="First">Where <see cref="Step.Shared"/> has the first place of each row, in floats.</param>
/// <param name="Next">
/// Where a block has, for each place, the next one of the same row, in features: one vector an index of a sample, as the indices lie.
/// </param>
/// <param name="Rows">Where a block has the contributions, in features: a row for each place, in the order of places.</param>
/// <param name="RowLength">Floats from row to row.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct TableLookup(int First, int Next, int Rows, int RowLength);
