namespace CompiledNets;

/// <summary>What those who judge a batch read of it.</summary>
internal sealed partial class TrainingStep
{
    /// <inheritdoc/>
    public void ReadOutput(int output, Span<float> rows) => Read(output, program.Training.Heads[output].Output, rows);

    /// <inheritdoc/>
    public int MaskSize(int output) => program.Training.Heads[output].MaskSize;

    /// <inheritdoc/>
    public void ReadMask(int output, Span<float> rows) => packer.Unpack(
        ref At(program.Training.Heads[output].Mask), program.Training.BlockSize * program.Lanes, MaskSize(output), ref rows[0],
            step.Samples);

    /// <inheritdoc/>
    public void ReadLogits(int output, Span<float> rows) => Read(output, program.Training.Heads[output].Logits, rows);

    private void Read(int output, int offset, Span<float> rows)
    {
        int stride = program.Training.BlockSize * program.Lanes;
        packer.Unpack(ref At(offset), stride, description.Outputs[output].Size, ref rows[0], step.Samples);
    }
}
