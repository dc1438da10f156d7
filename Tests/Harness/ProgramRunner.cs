using System.Reflection;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets.Harness;

/// <summary>Runs a compiled program phase by phase, without the training runtime: what the compiler wrote, judged alone.</summary>
public sealed class ProgramRunner
{
    private readonly NetworkProgram program;
    private readonly LaneWidth width;
    private readonly Arena parameters;
    private Step? step;

    /// <summary>A program of a network for one lane width.</summary>
    public ProgramRunner(Model model, LaneWidth width, int parameterSize)
    {
        MethodInfo create = model.GetType().GetMethod("CreateProgram", BindingFlags.Instance | BindingFlags.NonPublic)!;
        program = (NetworkProgram)create.Invoke(model, [width])!;
        this.width = width;
        parameters = new Arena(parameterSize);
    }

    /// <summary>The weights.</summary>
    public Span<float> Parameters => parameters.Span;

    /// <summary>The forward phases over a batch. Gives the outputs, samples one behind the other.</summary>
    public double[] Forward(double[] input, int samples, int features, int outputs, int layers, bool isTraining)
    {
        int blocks = (samples + program.Lanes - 1) / program.Lanes;
        step = new Step(parameters, new Arena(program.SharedSize), new Arena(blocks * program.Training.BlockSize * program.Lanes), new bool[layers])
        {
            Samples = samples,
            BlockCount = blocks,
            IsTraining = isTraining,
            WantsInputGradient = true,
            // Numbers that leave no room, for networks are compiled with checked arithmetic.
            Seed = ulong.MaxValue - 1,
            Number = uint.MaxValue,
        };
        step.Blocks.Span.Fill(float.NaN);
        Write(program.Training.Input, program.Training.BlockSize, step.Blocks, input, samples, features, repeat: true);
        for (int p = 0; p < program.ForwardPhases; p++)
        {
            program.Forward(p, step, 0, blocks);
            program.AfterForward(p, step);
        }

        return Read(program.Training.Output, program.Training.BlockSize, step.Blocks, samples, outputs);
    }

    /// <summary>The backward phases. Gives the gradient of the input.</summary>
    public double[] Backward(double[] outputGradient, int features, int outputs)
    {
        Step s = step!;
        Write(program.Training.OutputGradient, program.Training.BlockSize, s.Blocks, outputGradient, s.Samples, outputs, repeat: false);
        for (int p = 0; p < program.BackwardPhases; p++)
        {
            program.Backward(p, s, 0, s.BlockCount);
            program.AfterBackward(p, s);
        }

        return Read(program.Training.InputGradient, program.Training.BlockSize, s.Blocks, s.Samples, features);
    }

    /// <summary>The gradient of a group of parameters, computed in two parts.</summary>
    public float[] Gradient(int group, int rows, int columns, int rowStep)
    {
        var target = new Arena(rows * columns);
        int half = rows / 2 / rowStep * rowStep;
        if (half > 0) program.Gradient(group, step!, 0, half, ref target.Start);
        program.Gradient(group, step!, half, rows, ref System.Runtime.CompilerServices.Unsafe.Add(ref target.Start, half * columns));
        return target.Span.ToArray();
    }

    /// <summary>Inference over blocks.</summary>
    public double[] Predict(double[] input, int samples, int features, int outputs)
    {
        int blocks = (samples + program.Lanes - 1) / program.Lanes;
        var arena = new Arena(blocks * program.Inference.BlockSize * program.Lanes);
        arena.Span.Fill(float.NaN);
        Write(program.Inference.Input, program.Inference.BlockSize, arena, input, samples, features, repeat: true);
        program.Predict(ref arena.Start, ref parameters.Start, 0, blocks);
        return Read(program.Inference.Output, program.Inference.BlockSize, arena, samples, outputs);
    }

    /// <summary>Inference of single samples.</summary>
    public double[] PredictRows(double[] input, int samples, int features, int outputs)
    {
        var scratch = new Arena(program.RowScratchSize);
        var results = new double[samples * outputs];
        for (int s = 0; s < samples; s++)
        {
            scratch.Span.Fill(float.NaN);
            float[] sample = [.. input.AsSpan(s * features, features).ToArray().Select(number => (float)number)];
            for (int phase = 0; phase < program.RowPhases; phase++)
                for (int part = 0; part < 3; part++) program.PredictRow(phase, part, 3, ref parameters.Start, ref sample[0], ref scratch.Start);
            for (int o = 0; o < outputs; o++) results[(s * outputs) + o] = scratch.Span[program.RowOutput + o];
        }

        return results;
    }

    private void Write(int offset, int blockSize, Arena arena, double[] values, int samples, int features, bool repeat)
    {
        int lanes = (int)width, blocks = arena.Length / (blockSize * lanes);
        for (int b = 0; b < blocks; b++)
            for (int lane = 0; lane < lanes; lane++)
                for (int f = 0; f < features; f++)
                {
                    int sample = (b * lanes) + lane;
                    float value = sample < samples ? (float)values[(sample * features) + f] : repeat ? (float)values[((samples - 1) * features) + f] : 0;
                    arena.Span[(((b * blockSize) + offset + f) * lanes) + lane] = value;
                }
    }

    private double[] Read(int offset, int blockSize, Arena arena, int samples, int features)
    {
        int lanes = (int)width;
        var values = new double[samples * features];
        for (int s = 0; s < samples; s++)
            for (int f = 0; f < features; f++) values[(s * features) + f] = arena.Span[((((s / lanes) * blockSize) + offset + f) * lanes) + (s % lanes)];
        return values;
    }
}
