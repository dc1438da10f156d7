using System.Runtime.CompilerServices;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>The loss of one output: targets and weights of a batch in lane blocks, and the loss's kernel over them.</summary>
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
    private Arena masks = new(0);
    private LossDivisor divisor;
    private float scale;
    private bool targetsArePacked;
    private bool hasMask;
    // Of the last batch, where each sample of it weighed 1.
    private int plainSamples = -1;
    private int plainValuesPerWeight;

    /// <summary>Makes the stage.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="output">The output that it judges.</param>
    /// <param name="weight">What the loss counts in the sum of all.</param>
    /// <param name="targetShape">Shape of the target of one sample.</param>
    /// <param name="width">The lane width.</param>
    /// <exception cref="ArgumentException">Targets do not fit the outputs.</exception>
    public LossStage(Loss loss, PortDescription output, double weight, ReadOnlySpan<int> targetShape, LaneWidth width)
    {
        Loss = loss;
        Weight = weight;
        shape = loss.CheckTargets(targetShape, output.Shape);
        TargetShape = targetShape.ToArray();
        kernel = loss.CreateKernel(width);
        packer = LanePacker.Of(width);
        lanes = (int)width;
        FromLogits = loss.Fuses != OutputActivation.Other && loss.Fuses == output.Activation;
        targetLength = 1;
        foreach (int size in targetShape) targetLength *= size;
    }

    /// <summary>The loss.</summary>
    public Loss Loss { get; }

    /// <summary>What it counts in the sum of all losses.</summary>
    public double Weight { get; }

    /// <summary>The loss of the last batch, before it is weighted.</summary>
    public double LastValue { get; private set; }

    /// <summary>Shape of the target of one sample.</summary>
    public int[] TargetShape { get; }

    /// <summary>The loss works on the logits of the network's last activation.</summary>
    public bool FromLogits { get; }

    /// <summary>Whether the first data was looked at for what is probably a mistake; that is said once.</summary>
    public bool IsDoubted { get; set; }

    /// <summary>Sets weights and what the sum is divided by. Where that depends on the targets, all of them are packed here.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="blocks">Its blocks.</param>
    /// <param name="data">The targets of the data, with their weights.</param>
    /// <param name="rowsOfData">Rows of the data.</param>
    /// <param name="mask">Which steps of the output are there; those that are not weigh nothing, and means leave them out.</param>
    /// <exception cref="ArgumentException">The mask does not fit what the loss judges.</exception>
    public void Begin(Batch batch, int blocks, in TargetSource data, int rowsOfData, in MaskRows mask = default)
    {
        hasMask = mask.Size > 0;
        ReadOnlySpan<float> sampleWeights = data.Weights;
        bool isPlain = !hasMask && sampleWeights.IsEmpty, dependsOnTargets = Loss.IgnoredTarget is not null;
        if (isPlain && !dependsOnTargets && (batch.Samples, data.ValuesPerWeight) == (plainSamples, plainValuesPerWeight)) return;
        int vectors = checked(blocks * shape.Positions);
        if (values.Length < vectors * lanes)
        {
            targets = new(checked(blocks * targetLength * lanes));
            weights = new(checked(vectors * lanes));
            values = new(weights.Length);
            plainSamples = -1;
        }

        if (!isPlain || plainSamples != batch.Samples)
        {
            WriteWeights(batch, blocks, sampleWeights, sampleWeights.Length / rowsOfData);
            plainSamples = isPlain ? batch.Samples : -1;
        }

        if (hasMask) WriteMask(blocks, mask);

        if (dependsOnTargets) PackTargets(batch, data, 0, blocks);
        LossArguments arguments = Arguments(ref Unsafe.NullRef<float>(), ref Unsafe.NullRef<float>(), 0);
        divisor = Loss.Divisor(arguments, lanes, batch.Samples, data.ValuesPerWeight);
        scale = Weight == 1 ? divisor.Scale : (float)(divisor.Scale * Weight);
        targetsArePacked = dependsOnTargets;
        plainValuesPerWeight = data.ValuesPerWeight;
    }

    /// <summary>Values of some blocks and, where it is wanted, the gradient of what the loss reads, the loss's weight in it.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="data">The targets of the data.</param>
    /// <param name="blocks">The block arena.</param>
    /// <param name="head">Where outputs, logits and gradients lie in a block.</param>
    /// <param name="wantsGradient">Whether the gradient is written.</param>
    /// <param name="blockSize">Features of a block.</param>
    /// <param name="first">First block.</param>
    /// <param name="last">Block after the last.</param>
    public void Run(
        Batch batch, in TargetSource data, ref float blocks, in HeadLayout head, bool wantsGradient, int blockSize, int first, int last)
    {
        if (!targetsArePacked) PackTargets(batch, data, first, last);
        ref float read = ref Unsafe.Add(ref blocks, (FromLogits ? head.Logits : head.Output) * lanes);
        int gradient = FromLogits ? head.LogitsGradient : head.OutputGradient;
        ref float written = ref wantsGradient ? ref Unsafe.Add(ref blocks, gradient * lanes) : ref Unsafe.NullRef<float>();
        kernel.Run(Arguments(ref read, ref written, blockSize), first, last);
    }

    /// <summary>The loss of the batch, once all blocks are done.</summary>
    public double TakeValue(int blocks) => LastValue = divisor.Divide(packer.Sum(ref values.Start, blocks * shape.Positions));

    private void PackTargets(Batch batch, in TargetSource data, int first, int last)
    {
        ref float rows = ref data.Rows.Start;
        packer.Gather(ref rows, targetLength, ref batch.Order[0], ref targets.Start, targetLength * lanes, first, last);
    }

    private LossArguments Arguments(ref float outputs, ref float gradient, int blockSize) => new()
    {
        Outputs = ref outputs,
        OutputStride = blockSize,
        Targets = ref targets.Start,
        TargetStride = targetLength,
        Weights = ref weights.Start,
        WeightStride = shape.Positions,
        Mask = ref hasMask ? ref masks.Start : ref Unsafe.NullRef<float>(),
        Gradient = ref gradient,
        Values = ref values.Start,
        Scale = scale,
        FromLogits = FromLogits,
        Positions = shape.Positions,
        Classes = shape.Classes,
    };

    // A step of the mask is there, or is not, for all positions in it.
    private void WriteMask(int blocks, in MaskRows mask)
    {
        if (shape.Positions % mask.Size != 0)
        {
            throw new ArgumentException(
                $"The mask of the output has {mask.Size} steps, but its loss judges {shape.Positions} positions of a sample. " +
                $"Give targets a last axis of 1: (samples, {mask.Size}, 1).");
        }

        if (masks.Length < weights.Length) masks = new(weights.Length);
        int together = shape.Positions / mask.Size;
        for (int block = 0; block < blocks; block++)
        {
            for (int position = 0; position < shape.Positions; position++)
            {
                ReadOnlySpan<float> steps = mask.Vector(block, position / together, lanes);
                Span<float> own = masks.Span.Slice(((block * shape.Positions) + position) * lanes, lanes);
                Span<float> weighed = weights.Span.Slice(((block * shape.Positions) + position) * lanes, lanes);
                steps.CopyTo(own);
                for (int lane = 0; lane < lanes; lane++) weighed[lane] *= own[lane];
            }
        }
    }

    private void WriteWeights(Batch batch, int blocks, ReadOnlySpan<float> sampleWeights, int weightsPerRow)
    {
        Span<float> target = weights.Span;
        for (int block = 0; block < blocks; block++)
        {
            for (int position = 0; position < shape.Positions; position++)
            {
                int ofRow = weightsPerRow == shape.Positions ? position : 0;
                Span<float> vector = target.Slice(((block * shape.Positions) + position) * lanes, lanes);
                for (int lane = 0; lane < lanes; lane++)
                {
                    int sample = (block * lanes) + lane;
                    vector[lane] = sample >= batch.Samples ? 0
                        : sampleWeights.IsEmpty ? 1 : sampleWeights[(batch.Order[sample] * weightsPerRow) + ofRow];
                }
            }
        }
    }
}
