using System.Runtime.CompilerServices;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// Runs a loss's kernel on rows: packs them into lane blocks and reads values and gradient back. Its buffers are kept, and grow when a
/// batch is larger.
/// </summary>
internal sealed class LossEvaluation(Loss loss, LaneWidth width)
{
    private readonly LossKernel kernel = loss.CreateKernel(width);
    private readonly int lanes = (int)width;
    private Arena outputBlocks = new(0);
    private Arena targetBlocks = new(0);
    private Arena weightBlocks = new(0);
    private Arena valueBlocks = new(0);
    private Arena gradientBlocks = new(0);
    private LossShape shape;

    /// <summary>What the sum of the values of the last batch is divided by.</summary>
    public LossDivisor Divisor { get; private set; }

    /// <summary>Takes in a batch.</summary>
    /// <param name="batch">How its rows are read.</param>
    /// <param name="targets">Targets, row behind row.</param>
    /// <param name="outputs">Outputs, row behind row.</param>
    /// <param name="weights">A weight for each value; empty for ones.</param>
    /// <param name="valuesPerWeight">Values that share one weight the user gave.</param>
    /// <param name="fromLogits">The outputs are logits of the activation that the loss fuses.</param>
    /// <param name="wantsGradient">The gradient is wanted beside the values.</param>
    public void Run(
        LossShape batch, ReadOnlySpan<float> targets, ReadOnlySpan<float> outputs, ReadOnlySpan<float> weights = default,
        int valuesPerWeight = 1, bool fromLogits = false, bool wantsGradient = false)
    {
        shape = batch;
        int blocks = (batch.Samples + lanes - 1) / lanes;
        int outputStride = batch.Positions * batch.Classes;
        int targetStride = batch.Samples == 0 ? 0 : targets.Length / batch.Samples;
        Pack(outputs, outputStride, blocks, ref outputBlocks);
        Pack(targets, targetStride, blocks, ref targetBlocks);
        Reserve(ref weightBlocks, blocks * batch.Positions * lanes);
        Reserve(ref valueBlocks, blocks * batch.Positions * lanes);
        PackWeights(weights, blocks);
        if (wantsGradient)
        {
            Reserve(ref gradientBlocks, blocks * outputStride * lanes);
        }

        LossArguments arguments = new()
        {
            Outputs = ref outputBlocks.Start,
            OutputStride = outputStride,
            Targets = ref targetBlocks.Start,
            TargetStride = targetStride,
            Weights = ref weightBlocks.Start,
            WeightStride = batch.Positions,
            Gradient = ref wantsGradient ? ref gradientBlocks.Start : ref Unsafe.NullRef<float>(),
            Values = ref valueBlocks.Start,
            FromLogits = fromLogits,
            Positions = batch.Positions,
            Classes = batch.Classes,
        };
        Divisor = loss.Divisor(arguments, lanes, batch.Samples, valuesPerWeight);
        arguments.Scale = Divisor.Scale;
        kernel.Run(arguments, 0, blocks);
    }

    /// <summary>The weighted value of one position of one sample.</summary>
    public float Value(int sample, int position) => valueBlocks.Span[LaneOffset(shape.Positions, sample, position)];

    /// <summary>The gradient of the loss with respect to one number of one sample's output.</summary>
    public float Gradient(int sample, int feature) => gradientBlocks.Span[LaneOffset(shape.Positions * shape.Classes, sample, feature)];

    /// <summary>Rows to lane blocks; lanes behind the last row repeat it.</summary>
    private void Pack(ReadOnlySpan<float> rows, int stride, int blocks, ref Arena packed)
    {
        Reserve(ref packed, blocks * stride * lanes);
        Span<float> target = packed.Span;
        for (int sample = 0; sample < blocks * lanes; sample++)
        {
            ReadOnlySpan<float> row = rows.Slice(Math.Min(sample, shape.Samples - 1) * stride, stride);
            int at = LaneOffset(stride, sample, 0);
            foreach (float number in row)
            {
                target[at] = number;
                at += lanes;
            }
        }
    }

    /// <summary>Weights to lane blocks; lanes behind the last row weigh nothing.</summary>
    private void PackWeights(ReadOnlySpan<float> weights, int blocks)
    {
        Span<float> target = weightBlocks.Span;
        for (int sample = 0; sample < blocks * lanes; sample++)
        {
            for (int position = 0; position < shape.Positions; position++)
            {
                target[LaneOffset(shape.Positions, sample, position)] =
                    sample >= shape.Samples ? 0 : weights.IsEmpty ? 1 : weights[(sample * shape.Positions) + position];
            }
        }
    }

    private int LaneOffset(int stride, int sample, int feature) => ((((sample / lanes) * stride) + feature) * lanes) + (sample % lanes);

    private static void Reserve(ref Arena arena, int length)
    {
        if (arena.Length < length)
        {
            arena = new Arena(length);
        }
    }
}
