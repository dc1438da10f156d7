namespace CompiledNets;

/// <summary>Rows of a parameter group whose gradient is worked in one go.</summary>
/// <param name="Group">The group.</param>
/// <param name="FirstRow">First row, or channel: <see cref="Execution.NetworkProgram.Taps"/>.</param>
/// <param name="LastRow">Row after the last.</param>
/// <param name="Runs">The rows, in the order of their gradients: one run, or one for each tap and the bias.</param>
internal readonly record struct ParameterChunk(int Group, int FirstRow, int LastRow, ParameterRun[] Runs)
{
    /// <summary>Floats of its gradient, with the padding behind it.</summary>
    public int Room => Runs is [.., var last] ? last.Start + last.Length + last.Padding : 0;
}

/// <summary>Rows that lie together, whose gradient is applied in one go.</summary>
/// <param name="Group">Their group.</param>
/// <param name="FirstRow">First row.</param>
/// <param name="LastRow">Row after the last.</param>
/// <param name="Offset">Where they begin in the parameter arena, in floats; a multiple of 16.</param>
/// <param name="Length">Their floats; a multiple of 16 but for the last run of a chunk.</param>
/// <param name="Start">Where their gradient begins in that of the chunk.</param>
internal readonly record struct ParameterRun(int Group, int FirstRow, int LastRow, int Offset, int Length, int Start)
{
    /// <summary>Floats up to the next multiple of 16.</summary>
    public int Padding => (16 - (Length % 16)) % 16;
}
