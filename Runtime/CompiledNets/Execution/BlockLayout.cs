using System.ComponentModel;

namespace CompiledNets.Execution;

/// <summary>Where inputs, outputs and their gradients lie in a block of an arena. All numbers are in features (vectors); -1 stands for "not there".</summary>
/// <param name="BlockSize">Features a block takes.</param>
/// <param name="Input">Offset of the input.</param>
/// <param name="Output">Offset of the output.</param>
/// <param name="Logits">Offset of the value before the last activation where that is a sigmoid or a softmax, else -1.</param>
/// <param name="OutputGradient">Offset where the loss writes the gradient of the output.</param>
/// <param name="LogitsGradient">Offset where the loss writes the gradient of the logits, else -1.</param>
/// <param name="InputGradient">Offset of the gradient of the input.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct BlockLayout(int BlockSize, int Input, int Output, int Logits = -1, int OutputGradient = -1, int LogitsGradient = -1, int InputGradient = -1);
