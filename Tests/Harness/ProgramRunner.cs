using System.Reflection;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets.Harness;

/// <summary>Runs a compiled program phase by phase, without the training runtime: what the compiler wrote, judged alone.</summary>
public sealed class ProgramRunner
{
    // Numbers that leave no room, for networks are compiled with checked arithmetic.

    /// <summary>The seed of random numbers.</summary>
    public const ulong Seed = ulong.MaxValue - 1;

    /// <summary>The number of the step.</summary>
    public const uint Number = uint.MaxValue;

    private readonly NetworkProgram program;
    private readonly NetworkDescription description;
    private readonly LaneWidth width;
    private readonly Arena parameters;
    private readonly WeightPanels panels;
    private Step? step;

    /// <summary>A program of a network for one lane width.</summary>
    public ProgramRunner(Model model, LaneWidth width)
    {
        MethodInfo create = model.GetType().GetMethod("CreateProgram", BindingFlags.Instance | BindingFlags.NonPublic)!;
        program = (NetworkProgram)create.Invoke(model, [width])!;
        description = model.Description;
        this.width = width;
        parameters = new Arena(description.ParameterSize);
        panels = new(description, parameters);
    }

    /// <summary>The weights.</summary>
    public Span<float> Parameters => parameters.Span;

    /// <summary>By penalty on outputs of layers, what the last forward pass or prediction gave for each sample.</summary>
    public double[][] Penalties { get; private set; } = [];

    /// <summary>The forward phases over a batch. Gives the outputs, samples one after the other.</summary>
    public double[][] Forward(double[][] inputs, int samples, bool isTraining, bool wantsInputGradients = true)
    {
        BlockLayout layout = program.Training;
        int blocks = (samples + program.Lanes - 1) / program.Lanes;
        step = new Step(description, program, parameters, new Arena(program.SharedSize),
            new Arena(blocks * layout.BlockSize * program.Lanes), [.. description.Layers.Select(layer => !layer.Trainable)])
        {
            Samples = samples,
            BlockCount = blocks,
            IsTraining = isTraining,
            Seed = Seed,
            Number = Number,
        };
        step.Serve(wantsInputGradients);
        step.Blocks.Span.Fill(float.NaN);
        step.Shared.Span.Fill(float.NaN);
        for (int i = 0; i < inputs.Length; i++)
            Write(layout.Inputs[i], layout.BlockSize, step.Blocks, inputs[i], samples, description.Inputs[i].Size, repeat: true);
        ClearStates(layout, step.Blocks);
        program.BeforeForward(step);
        step.Panels = Panels();
        for (int p = 0; p < program.ForwardPhases; p++)
        {
            program.Forward(p, step, 0, blocks);
            program.AfterForward(p, step);
        }

        Penalties = [.. layout.Penalties.Select(penalty => Read(penalty.Output, layout.BlockSize, step.Blocks, samples, 1))];
        return [.. layout.Heads.Select((head, h) =>
            Read(head.Output, layout.BlockSize, step.Blocks, samples, description.Outputs[h].Size))];
    }

    /// <summary>
    /// The backward phases. Gives the gradients of the inputs; null for one that nothing depends on, and no numbers where they were not
    /// wanted.
    /// </summary>
    public double[]?[] Backward(double[][] outputGradients, double[][] penaltyGradients)
    {
        Step s = step!;
        BlockLayout layout = program.Training;
        for (int h = 0; h < outputGradients.Length; h++)
            Write(layout.Heads[h].OutputGradient, layout.BlockSize, s.Blocks, outputGradients[h], s.Samples, description.Outputs[h].Size,
                repeat: false);
        for (int p = 0; p < penaltyGradients.Length; p++)
            Write(layout.Penalties[p].OutputGradient, layout.BlockSize, s.Blocks, penaltyGradients[p], s.Samples, 1, repeat: false);
        for (int p = 0; p < program.BackwardPhases; p++)
        {
            program.Backward(p, s, 0, s.BlockCount);
            program.AfterBackward(p, s);
        }

        return [.. layout.InputGradients.Select((place, i) => place < 0 ? null
            : Read(place, layout.BlockSize, s.Blocks, s.Samples, description.Inputs[i].Size))];
    }

    /// <summary>The gradient of a group of parameters, computed in two parts.</summary>
    public float[] Gradient(int group, int rows, int columns, int rowStep)
    {
        int taps = program.Taps(group), channels = rows / taps, all = channels + (rows % taps), half = all / 2 / rowStep * rowStep;
        float[] gradient = new float[rows * columns];
        if (half > 0) Part(0, half);
        Part(half, all);
        return gradient;

        // Rows of a range lie one behind the other; those of several taps, which are channels, tap behind tap, and the bias behind them.
        void Part(int first, int last)
        {
            Arena target = new(rows * columns), more = new(Math.Max(rows * columns, program.GradientRoom));
            target.Span.Fill(float.NaN);
            more.Span.Fill(float.NaN);
            program.Gradient(group, step!, first, last, ref target.Start, ref more.Start);
            int from = 0, end = Math.Min(last, channels);
            for (int tap = 0; tap < taps; tap++) Take(((tap * channels) + first) * columns, Math.Max(0, end - first) * columns);
            if (last > channels) Take(channels * taps * columns, columns);

            void Take(int to, int count)
            {
                target.Span.Slice(from, count).CopyTo(gradient.AsSpan(to));
                from += count;
            }
        }
    }

    /// <summary>Inference over blocks.</summary>
    public double[][] Predict(double[][] inputs, int samples)
    {
        BlockLayout layout = program.Inference;
        int blocks = (samples + program.Lanes - 1) / program.Lanes;
        var arena = new Arena(blocks * layout.BlockSize * program.Lanes);
        arena.Span.Fill(float.NaN);
        for (int i = 0; i < inputs.Length; i++)
            Write(layout.Inputs[i], layout.BlockSize, arena, inputs[i], samples, description.Inputs[i].Size, repeat: true);
        ClearStates(layout, arena);
        program.Predict(ref arena.Start, ref parameters.Start, ref Panels().Start, 0, blocks);
        Penalties = [.. layout.Penalties.Select(penalty => Read(penalty.Output, layout.BlockSize, arena, samples, 1))];
        return [.. layout.Heads.Select((head, h) => Read(head.Output, layout.BlockSize, arena, samples, description.Outputs[h].Size))];
    }

    /// <summary>Inference of single samples.</summary>
    public double[][] PredictRows(double[][] inputs, int samples)
    {
        var scratch = new Arena(program.RowScratchSize);
        panels.Invalidate();
        Arena packed = panels.PackedFor(program);
        double[][] results = [.. description.Outputs.Select(output => new double[samples * output.Size])];
        for (int s = 0; s < samples; s++)
        {
            scratch.Span.Fill(float.NaN);
            float[][] sample = [
                .. inputs.Select((input, i) => input.AsSpan(s * description.Inputs[i].Size, description.Inputs[i].Size).ToArray()
                .Select(number => (float)number).ToArray())];
            for (int i = 0; i < program.RowStates.Length; i++) scratch.Span.Slice(program.RowStates[i].Before, Size(i)).Clear();
            for (int i = 0; program.RowInputs is { } places && i < sample.Length; i++) sample[i].CopyTo(scratch.Span[places[i]..]);
            for (int phase = 0; phase < program.RowPhases; phase++)
                for (int part = 0; part < 3; part++)
                    program.PredictRow(phase, part, 3, ref parameters.Start, ref packed.Start, ref sample[0][0], ref scratch.Start);
            for (int h = 0; h < results.Length; h++)
                for (int o = 0; o < description.Outputs[h].Size; o++)
                    results[h][(s * description.Outputs[h].Size) + o] = scratch.Span[program.RowOutputs[h] + o];
        }

        return results;
    }

    // Weights may have been changed by any way.
    private Arena Panels()
    {
        panels.Invalidate();
        return panels.For(program);
    }

    // Nothing came before.
    private void ClearStates(BlockLayout layout, Arena arena)
    {
        for (int i = 0; i < layout.States.Length; i++)
            Write(layout.States[i].Before, layout.BlockSize, arena, new double[Size(i)], 1, Size(i), repeat: true);
    }

    private int Size(int state) => description.States[state].Shape.Aggregate(1, (size, axis) => size * axis);

    private void Write(int offset, int blockSize, Arena arena, double[] values, int samples, int features, bool repeat)
    {
        int lanes = (int)width, blocks = arena.Length / (blockSize * lanes);
        for (int b = 0; b < blocks; b++)
            for (int lane = 0; lane < lanes; lane++)
                for (int f = 0; f < features; f++)
                {
                    int sample = (b * lanes) + lane;
                    float value = sample < samples ? (float)values[(sample * features) + f] : repeat
                        ? (float)values[((samples - 1) * features) + f] : 0;
                    arena.Span[(((b * blockSize) + offset + f) * lanes) + lane] = value;
                }
    }

    private double[] Read(int offset, int blockSize, Arena arena, int samples, int features)
    {
        int lanes = (int)width;
        var values = new double[samples * features];
        for (int s = 0; s < samples; s++)
            for (int f = 0; f < features; f++)
                values[(s * features) + f] = arena.Span[((((s / lanes) * blockSize) + offset + f) * lanes) + (s % lanes)];
        return values;
    }
}
