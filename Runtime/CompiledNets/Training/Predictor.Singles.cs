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

    /// <summary>Images that a team shares: each worker takes some, whole.</summary>
    private sealed class SharedSingles : TeamWork
    {
        private Predictor? predictor;
        private float** inputs;
        private float** outputs;
        private int count;

        public void Run(Predictor of, float** source, float** target, int samples, int workers)
        {
            predictor = of;
            inputs = source;
            outputs = target;
            count = samples;
            try
            {
                WorkerTeam.Shared.Run(this, workers);
            }
            finally
            {
                predictor = null;
            }
        }

        public override int UnitsOf(int worker, int workers) => count / workers;

        public override void Run(int owner, int unit, int workers, int worker) =>
            predictor!.Single(inputs, outputs, (owner * (count / workers)) + unit, threads: 1);
    }
}
