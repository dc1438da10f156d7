using System.ComponentModel;

namespace CompiledNets.Execution;

/// <summary>
/// Where inputs, outputs and their gradients lie in a block of an arena. All numbers are in features (vectors); -1 stands for "not there".
/// </summary>
/// <param name="BlockSize">Features a block takes.</param>
/// <param name="Inputs">Offsets of the inputs.</param>
/// <param name="Heads">Where what belongs to each output lies.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record BlockLayout(int BlockSize, int[] Inputs, HeadLayout[] Heads)
{
    /// <summary>Offsets of the gradients of the inputs; empty in inference.</summary>
    public int[] InputGradients { get; init; } = [];

    /// <summary>Where penalties on outputs of layers lie, each a number a sample, and their gradients.</summary>
    public HeadLayout[] Penalties { get; init; } = [];

    /// <summary>Where states lie that are kept from batch to batch.</summary>
    public StatePlace[] States { get; init; } = [];
}

/// <summary>Where a state lies that is kept from batch to batch.</summary>
/// <param name="Before">Where the one that the batch before left is read.</param>
/// <param name="After">Where the one lies that this batch leaves.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct StatePlace(int Before, int After);

/// <summary>Where an output and what the loss makes of it lie in a block.</summary>
/// <param name="Output">Offset of the output.</param>
/// <param name="Logits">Offset of the value before the last activation where that is a sigmoid or a softmax, else -1.</param>
/// <param name="OutputGradient">Offset where the loss writes the gradient of the output.</param>
/// <param name="LogitsGradient">Offset where the loss writes the gradient of the logits, else -1.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct HeadLayout(int Output, int Logits = -1, int OutputGradient = -1, int LogitsGradient = -1)
{
    /// <summary>
    /// Offset of what says which steps of the output are there, 1 for those and else 0; anything where <see cref="MaskSize"/> is 0.
    /// </summary>
    public int Mask { get; init; }

    /// <summary>Steps that it tells of: all places of the first axes of the output; 0 where all are there.</summary>
    public int MaskSize { get; init; }
}
