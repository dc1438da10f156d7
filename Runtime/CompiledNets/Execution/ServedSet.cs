using System.ComponentModel;

namespace CompiledNets.Execution;

/// <summary>
/// Whom some ops of the backward pass serve. They are worked while the weights of any of these layers train, or the gradient of any of
/// these inputs is wanted.
/// </summary>
/// <param name="Layers">Runs of layers: the first and the last number of one, the first and the last of the next, ...</param>
/// <param name="Inputs">Numbers of inputs.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ServedSet(int[] Layers, int[] Inputs)
{
    /// <summary>Whether anybody is served now.</summary>
    /// <param name="trains">By layer, whether it has weights that train and are not frozen.</param>
    /// <param name="wantsInputGradients">Whether gradients of inputs are wanted.</param>
    public bool IsServed(ReadOnlySpan<bool> trains, bool wantsInputGradients)
    {
        if (wantsInputGradients && Inputs.Length > 0) return true;
        for (int i = 0; i < Layers.Length; i += 2)
            if (trains[Layers[i]..(Layers[i + 1] + 1)].Contains(true)) return true;
        return false;
    }
}
