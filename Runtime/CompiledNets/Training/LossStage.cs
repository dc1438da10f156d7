using System.Runtime.CompilerServices;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>What stands between forward and backward pass: targets and weights of a batch in lane blocks, and the loss's kernel over them.</summary>
internal sealed class LossStage
{
    private readonly LossKernel kernel;
    private readonly LanePacker packer;
    private readonly LossShape shape;
    private readonly int lanes;
    private readonly int targetLength;
    private Arena targets = new(0);
    private Arena weights = new(0);
    private Arena values = new(0);
    private LossDivisor divisor;
    private int plainSamples = -1;

    /// <summary>Makes the stage.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="description">The network whose outputs it judges.</param>
    /// <param name="targetShape">Shape of the target of one sample.</param>
    /// <param name="width">The lane width.</param>
    /// <exception cref="ArgumentException">Targets do not fit the outputs.</exception>
    public LossStage(Loss loss, NetworkDescription description, ReadOnlySpan<int> targetShape, LaneWidth width)
    {
        Loss = loss;
        shape = loss.CheckTargets(targetShape, description.OutputShape);
        TargetShape = targetShape.ToArray();
        kernel = loss.CreateKernel(width);
        packer = LanePacker.Of(width);
        lanes = (int)width;
        FromLogits = loss.Fuses != OutputActivation.Other && loss.Fuses == description.OutputActivation;
        targetLength = 1;
        foreach (int size in targetShape) targetLength *= size;
    }

    /// <summary>The loss.</summary>
    public Loss Loss { get; }

    /// <summary>Shape of the target of one sample.</summary>
    public int[] TargetShape { get; }

    /// <summary>The loss works on the logits of the network's last activation.</summary>
    public bool FromLogits { get; }

    /// <summary>Whether the first data was looked at for what is probably a mistake; that is said once.</summary>
    public bool IsDoubted { get; set; }

    /// <summary>Values of one sample.</summary>
    public int Positions => shape.Positions;

    /// <summary>Sets weights and what the sum is divided by. Where that depends on the targets, all of them are packed here.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="blocks">Its blocks.</param>
    /// <param name="rows">The targets of the data.</param>
    /// <param name="sampleWeights">A weight for each position of each row of the data; empty for ones.</param>
    /// <param name="valuesPerWeight">Values that share one weight the user gave.</param>
    public void Begin(Batch batch, int blocks, ref float rows, ReadOnlySpan<float> sampleWeights, int valuesPerWeight)
    {
        int vectors = checked(blocks * shape.Positions);
        if (values.Length < vectors * lanes)
        {
            targets = new(checked(blocks * targetLength * lanes));
            weights = new(checked(vectors * lanes));
            values = new(weights.Length);
            plainSamples = -1;
        }

        if (!sampleWeights.IsEmpty || plainSamples != batch.Samples)
        {
            WriteWeights(batch, blocks, sampleWeights);
            plainSamples = sampleWeights.IsEmpty ? batch.Samples : -1;
        }

        bool dependsOnTargets = Loss.IgnoredTarget is not null;
        if (dependsOnTargets) PackTargets(batch, ref rows, 0, blocks);
        divisor = Loss.Divisor(Arguments(ref Unsafe.NullRef<float>(), ref Unsafe.NullRef<float>(), 0), lanes, batch.Samples, valuesPerWeight);
        TargetsArePacked = dependsOnTargets;
    }

    /// <summary>Whether <see cref="Begin"/> has packed the targets.</summary>
    public bool TargetsArePacked { get; private set; }

    /// <summary>Packs the targets of some blocks.</summary>
    public void PackTargets(Batch batch, ref float rows, int first, int last) =>
        packer.Gather(ref rows, targetLength, ref batch.Order[0], ref targets.Start, targetLength * lanes, first, last);

    /// <summary>Values of some blocks and, unless <paramref name="gradient"/> is a null reference, the gradient of what the loss reads.</summary>
    /// <param name="outputs">What the loss reads, in block 0: outputs or logits.</param>
    /// <param name="gradient">Where its gradient goes, in block 0.</param>
    /// <param name="blockSize">Features from block to block of both.</param>
    /// <param name="first">First block.</param>
    /// <param name="last">Block after the last.</param>
    public void Run(ref float outputs, ref float gradient, int blockSize, int first, int last) => kernel.Run(Arguments(ref outputs, ref gradient, blockSize), first, last);

    /// <summary>The loss of the batch, once all blocks are done.</summary>
    public double Value(int blocks) => divisor.Divide(packer.Sum(ref values.Start, blocks * shape.Positions));

    private LossArguments Arguments(ref float outputs, ref float gradient, int blockSize) => new()
    {
        Outputs = ref outputs,
        OutputStride = blockSize,
        Targets = ref targets.Start,
        TargetStride = targetLength,
        Weights = ref weights.Start,
        WeightStride = shape.Positions,
        Gradient = ref gradient,
        Values = ref values.Start,
        Scale = divisor.Scale,
        FromLogits = FromLogits,
        Positions = shape.Positions,
        Classes = shape.Classes,
    };

    private void WriteWeights(Batch batch, int blocks, ReadOnlySpan<float> sampleWeights)
    {
        Span<float> target = weights.Span;
        for (int block = 0; block < blocks; block++)
        {
            for (int position = 0; position < shape.Positions; position++)
            {
                Span<float> vector = target.Slice(((block * shape.Positions) + position) * lanes, lanes);
                for (int lane = 0; lane < lanes; lane++)
                {
                    int sample = (block * lanes) + lane;
                    vector[lane] = sample >= batch.Samples ? 0 : sampleWeights.IsEmpty ? 1 : sampleWeights[(batch.Order[sample] * shape.Positions) + position];
                }
            }
        }
    }
}
