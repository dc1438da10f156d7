using System.ComponentModel;
using CompiledNets.Numerics;

namespace CompiledNets.Execution;

/// <summary>What the phases of one training step read and write. One per model; reused for every step.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Step
{
    private readonly NetworkDescription description;
    private readonly ServedSet[] served;
    private readonly bool[] trains;
    private readonly bool[] stillBefore;
    private bool? wantedBefore;

    internal Step(NetworkDescription description, NetworkProgram program, Arena parameters, Arena shared, Arena blocks, bool[] frozen)
    {
        this.description = description;
        served = program.Served;
        trains = new bool[description.Layers.Length];
        stillBefore = new bool[frozen.Length];
        Serves = new bool[served.Length];
        FromLogits = new bool[description.Outputs.Length];
        Parameters = parameters;
        Shared = shared;
        Blocks = blocks;
        Frozen = frozen;
    }

    /// <summary>Weights, trainable or not.</summary>
    public Arena Parameters { get; }

    /// <summary>The large kernels in panels of outputs, where the program reads them so.</summary>
    public Arena Panels { get; internal set; } = new(0);

    /// <summary>Values that all samples share: statistics of the batch and their gradients.</summary>
    public Arena Shared { get; }

    /// <summary>The block arena: activations and gradients.</summary>
    public Arena Blocks { get; internal set; }

    /// <summary>By layer: true where the layer's weights do not train; its batch statistics are the moving ones then.</summary>
    public bool[] Frozen { get; }

    /// <summary>Samples in the batch; lanes from here on are padding and count in no statistic.</summary>
    public int Samples { get; internal set; }

    /// <summary>Blocks in use.</summary>
    public int BlockCount { get; internal set; }

    /// <summary>
    /// False in the inference mode of a forward pass that keeps what a backward pass needs: dropout keeps everything, batch statistics are
    /// the moving ones and stay.
    /// </summary>
    public bool IsTraining { get; internal set; }

    /// <summary>By output: its loss gives the gradient of the logits, so that the backward pass leaves the last activation out.</summary>
    public bool[] FromLogits { get; }

    /// <summary>By set of those that ops of the backward pass serve: whether anybody is served.</summary>
    public bool[] Serves { get; }

    /// <summary>Key of the random numbers of this model.</summary>
    public ulong Seed { get; internal set; }

    /// <summary>Counts the steps; random masks differ from step to step by it.</summary>
    public uint Number { get; internal set; }

    /// <summary>Works out who is served by the backward pass, by what is frozen now.</summary>
    /// <param name="wantsInputGradients">Whether gradients of inputs are wanted.</param>
    /// <param name="still">By layer, whether its weights stay as they are; null for those that are frozen.</param>
    internal void Serve(bool wantsInputGradients, bool[]? still = null)
    {
        still ??= Frozen;
        if (wantedBefore == wantsInputGradients && still.AsSpan().SequenceEqual(stillBefore)) return;
        wantedBefore = wantsInputGradients;
        still.CopyTo(stillBefore, 0);
        Array.Clear(trains);
        foreach (ParameterGroup group in description.Groups) trains[group.Layer] = !still[group.Layer];
        for (int i = 0; i < served.Length; i++) Serves[i] = served[i].IsServed(trains, wantsInputGradients);
    }
}
