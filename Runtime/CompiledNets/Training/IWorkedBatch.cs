namespace CompiledNets;

/// <summary>A batch that a step worked last, for those who judge it.</summary>
internal interface IWorkedBatch
{
    /// <summary>Its rows.</summary>
    Batch Batch { get; }

    /// <summary>Writes an output, row after row.</summary>
    void ReadOutput(int output, Span<float> rows);

    /// <summary>Steps of an output that may not be there; 0 where all are.</summary>
    int MaskSize(int output);

    /// <summary>Writes which steps of an output are there, row after row.</summary>
    void ReadMask(int output, Span<float> rows);

    /// <summary>Writes the logits of an output, row after row.</summary>
    void ReadLogits(int output, Span<float> rows);
}
