using System.Buffers;
using System.Runtime.CompilerServices;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>A loss that is not one of ours, on spans: samples are taken out of their lanes one by one.</summary>
internal sealed class SpanLossKernel<T>(Loss loss) : LossKernel where T : struct, ILanes<T>
{
    public override void Run(scoped in LossArguments arguments, int first, int last)
    {
        int classes = arguments.Classes, targets = arguments.TargetStride / arguments.Positions;
        bool wantsGradient = !Unsafe.IsNullRef(ref arguments.Gradient);
        float[] room = ArrayPool<float>.Shared.Rent(targets + (2 * classes));
        try
        {
            Span<float> target = room.AsSpan(0, targets), output = room.AsSpan(targets, classes), gradient = wantsGradient
                ? room.AsSpan(targets + classes, classes) : default;
            for (int block = first; block < last; block++)
            {
                for (int position = 0; position < arguments.Positions; position++)
                {
                    int outputAt = ((block * arguments.OutputStride) + (position * classes)) * T.Count;
                    int targetAt = ((block * arguments.TargetStride) + (position * targets)) * T.Count;
                    int valueAt = ((block * arguments.WeightStride) + position) * T.Count;
                    for (int lane = 0; lane < T.Count; lane++)
                    {
                        for (int i = 0; i < targets; i++) target[i] = Unsafe.Add(ref arguments.Targets, targetAt + (i * T.Count) + lane);
                        for (int i = 0; i < classes; i++) output[i] = Unsafe.Add(ref arguments.Outputs, outputAt + (i * T.Count) + lane);
                        gradient.Clear();
                        float weight = Unsafe.Add(ref arguments.Weights, valueAt + lane);
                        Unsafe.Add(ref arguments.Values, valueAt + lane) = loss.EvaluatePosition(target, output, gradient) * weight;
                        float factor = arguments.Scale * weight;
                        for (int i = 0; i < gradient.Length; i++) Unsafe.Add(ref arguments.Gradient,
                            outputAt + (i * T.Count) + lane) = factor * gradient[i];
                    }
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(room);
        }
    }
}
