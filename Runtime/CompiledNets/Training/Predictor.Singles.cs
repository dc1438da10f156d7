using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// Large images, one by one: <see cref="NetworkProgram.PredictsSingly"/>. Threads take whole images, and share the last ones that are
/// fewer than they are.
/// </summary>
internal sealed unsafe partial class Predictor
{
    [ThreadStatic]
    private static SharedSingles? threadSharedSingles;

    private void Singles(float** inputs, float** outputs, int count, int threads)
    {
        int apart = threads > 1 ? count / threads * threads : count;
        if (threads > 1 && apart > 0) (threadSharedSingles ??= new()).Run(this, inputs, outputs, apart, threads);
        else for (int sample = 0; sample < apart; sample++) Single(inputs, outputs, sample, threads: 1);
        for (int sample = apart; sample < count; sample++) Single(inputs, outputs, sample, threads);
    }

    private void Single(float** inputs, float** outputs, int sample, int threads)
    {
        Arena room = RowRoom();
        for (int i = 0; i < inputSizes.Length; i++)
            new ReadOnlySpan<float>(inputs[i] + ((nint)sample * inputSizes[i]), inputSizes[i]).CopyTo(room.Span[RowInput(i)..]);
        Row(room, threads);
        for (int i = 0; i < outputSizes.Length; i++)
            room.Span.Slice(rowOutputs[i], outputSizes[i]).CopyTo(new(outputs[i] + ((nint)sample * outputSizes[i]), outputSizes[i]));
    }

    /// <summary>Each worker takes some samples, whole.</summary>
    private sealed class SharedSingles : SharedPrediction
    {
        public override int UnitsOf(int worker, int workers) => Count / workers;

        public override void Run(int owner, int unit, int workers, int worker) =>
            Predictor.Single(Inputs, Outputs, (owner * (Count / workers)) + unit, threads: 1);
    }
}
