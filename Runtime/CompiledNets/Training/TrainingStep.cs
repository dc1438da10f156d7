using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// Runs a network's training phases over a batch. A step is a few parts: forward phases, the last of them with the loss and the first
/// backward phase after it; the other backward phases; the gradients of the parameters, chunk by chunk, each handed to the optimizer while
/// it is in the cache. A team shares each part; between parts stands what is done once.
/// </summary>
internal sealed partial class TrainingStep : TeamWork, IWorkedBatch
{
    private readonly NetworkDescription description;
    private readonly NetworkProgram program;
    private readonly LanePacker packer;
    private readonly ParameterChunks chunks;
    private readonly BlockUnits units;
    private readonly TableUpdate tables;
    private readonly Step step;
    private readonly List<Arena> scratch = [];
    private readonly Batch batch = new();
    private readonly TeamTrial trial = new();
    private readonly bool[] frozen;
    private readonly bool[] frozenBefore;
    private readonly bool[] still;
    private readonly bool[] leftOut;
    private readonly bool[] sumsSquares;
    private readonly bool needsMore;
    private readonly WeightPanels panels;
    private readonly BatchStates? states;
    private readonly WeightPenalties? penalties;
    private readonly WeightConstraints? constraints;
    private readonly ActivityPenalties? activity;
    private Arena? gradients;
    private bool hasGradients;
    private BatchSource? source;
    private LossStages? losses;
    private UpdateKernel? update;
    private Part part;
    private int moreAt;
    private int phase;
    private LossStages? chosenFor;
    private bool hasChosen;
    private bool trainsAnything;
    private bool isTried;
    private bool accumulates;
    private bool areApplied;
    private bool addsPenalties;

    public TrainingStep(
        NetworkDescription description, NetworkProgram program, LaneWidth width, Arena parameters, WeightPanels panels, bool[] frozen,
        WeightPenalties? penalties, WeightConstraints? constraints, BatchStates? states, ulong seed)
    {
        this.panels = panels;
        this.states = states;
        this.penalties = penalties;
        this.constraints = constraints;
        activity = ActivityPenalties.Of(program.Training, program.Lanes);
        this.description = description;
        this.program = program;
        packer = LanePacker.Of(width);
        units = new((long)program.Training.BlockSize * program.Lanes, description.ParameterSize, SecondLevelCache.Bytes);
        this.frozen = frozen;
        frozenBefore = [.. frozen];
        still = [.. frozen];
        chunks = new(description.Groups, [.. Enumerable.Range(0, description.Groups.Length).Select(program.Taps)], still);
        step = new(description, program, parameters, new(program.SharedSize), new(0), frozen) { Seed = seed };
        tables = new(program, step, description.Groups);
        leftOut = new bool[frozen.Length];
        // A penalty adds a gradient that no place contributes.
        sumsSquares = [.. description.Groups.Select(group => group.SumsSquares && penalties?.Has(group.Layer) != true)];
        needsMore = program.AddsGradients || Array.Exists(description.Groups, group => group.SumsSquares);
    }

    private enum Part
    {
        Forward,
        ForwardLossBackward,
        LossBackward,
        Backward,
        Constraints,
        Gradient,
        GradientAndUpdate,
        Update,
    }

    /// <summary>
    /// The gradient of all parameters of the last <see cref="Backward"/>, laid out as they are; null where there was none, or training went
    /// on since.
    /// </summary>
    public Arena? Gradients => hasGradients ? gradients : null;

    /// <summary>The batch that was worked last.</summary>
    public Batch Batch => batch;

    /// <summary>Most threads that may share a step.</summary>
    public int Threads { get; set; } = 1;

    /// <summary>Samples of the batch that <see cref="Forward"/> has left values for; 0 where there is none.</summary>
    public int ForwardSamples { get; private set; }

    /// <summary>
    /// Whether the batch of the last <see cref="Forward"/> had its <see cref="Backward"/>, which works in the values it left.
    /// </summary>
    public bool HadBackward { get; private set; }

    /// <summary>Steps that drew random masks.</summary>
    public uint Steps
    {
        get => step.Number;
        set => step.Number = value;
    }

    /// <summary>Goes on with other random numbers.</summary>
    public void SetRandom(ulong seed, uint steps) => (step.Seed, step.Number) = (seed, steps);

    /// <summary>Whether the last <see cref="Backward"/> left the weights of a layer out.</summary>
    public bool LeftOut(int layer) => leftOut[layer];

    /// <summary>Whether training with these losses changes any weight by its gradient.</summary>
    public bool TrainsAnything(LossStages stages)
    {
        ChooseStill(stages);
        return trainsAnything;
    }

    /// <summary>The penalties on outputs of layers in the batch that was worked last.</summary>
    public double ActivityPenalty => step.Samples == 0 ? 0 : activity?.Value(ref step.Blocks.Start, step.Samples) ?? 0;

    /// <summary>Lets go of the data of the last batch.</summary>
    public void Release() => source = null;

    /// <summary>One step of training.</summary>
    /// <returns>The loss of the batch, with all penalties.</returns>
    public double Train(
        BatchSource data, ReadOnlySpan<int> order, int first, int samples, LossStages stages, Optimizer optimizer, UpdateKernel kernel)
    {
        int samplesBefore = step.Samples;
        Begin(data, order, first, samples);
        hasGradients = false;
        // Steps of one size alone are compared: a partial batch ends an epoch.
        isTried = Threads > 1 && samples == samplesBefore && Work is >= WorkThreshold and < SureWork;
        HadHelp = false;
        long start = isTried ? Stopwatch.GetTimestamp() : 0;
        losses = stages;
        update = kernel;
        step.IsTraining = true;
        stages.ChooseLogits(step.FromLogits, program.Training.Heads);
        ChooseStill(stages);
        kernel.Layout.Choose(description.Groups, still);
        step.Serve(wantsInputGradients: false, still);
        if (stages.HaveMasks(program.Training))
        {
            ForwardPhases(Part.Forward);
            stages.Begin(batch, step.BlockCount, data, ref step.Blocks.Start, program.Training);
            Over(Part.LossBackward);
        }
        else
        {
            stages.Begin(batch, step.BlockCount, data);
            ForwardPhases(Part.ForwardLossBackward);
        }

        BackwardPhases(1);
        double value = stages.Value(step.BlockCount);
        BeginPenalties(areWanted: true);
        if (optimizer.NeedsWholeGradient)
        {
            Over(Part.Gradient);
            ApplyWhole(optimizer, kernel);
        }
        else
        {
            optimizer.BeginStep(kernel);
            Over(Part.GradientAndUpdate);
            if (constraints is not null) Over(Part.Constraints);
        }

        value += (penalties?.Value ?? 0) + ActivityPenalty;
        step.Number++;
        if (isTried) trial.Took(Stopwatch.GetTimestamp() - start, HadHelp);
        return value;
    }

    /// <summary>A forward pass that leaves what <see cref="Backward"/> needs.</summary>
    public void Forward(BatchSource data, int samples, bool isTraining)
    {
        Begin(data, default, 0, samples);
        step.IsTraining = isTraining;
        step.FromLogits.AsSpan().Clear();
        ChooseStill(null);
        step.Serve(wantsInputGradients: true, still);
        ForwardPhases(Part.Forward);
        if (isTraining) step.Number++;
        ForwardSamples = samples;
    }

    /// <summary>The backward pass of the batch of the last <see cref="Forward"/>: gradients of all parameters.</summary>
    /// <param name="outputGradients">By output, its gradient, row after row; null for zeros.</param>
    /// <param name="inputGradients">By input, where its gradient goes, row after row; it is zero before.</param>
    /// <param name="accumulate">Adds to the gradients of the passes since the last <see cref="Apply"/>.</param>
    /// <param name="withPenalties">Adds the gradients of all penalties.</param>
    public void Backward(Rows?[] outputGradients, float[][] inputGradients, bool accumulate, bool withPenalties)
    {
        BlockLayout layout = program.Training;
        int stride = layout.BlockSize * program.Lanes;
        batch.Take(default, 0, step.Samples, step.BlockCount * program.Lanes);
        for (int h = 0; h < outputGradients.Length; h++)
        {
            int place = layout.Heads[h].OutputGradient, size = description.Outputs[h].Size;
            if (outputGradients[h] is { } rows)
            {
                packer.Gather(ref rows.Start, size, ref batch.Order[0], ref At(place), stride, 0, step.BlockCount);
                ClearPadding(ref At(place), size, stride);
            }
            else
            {
                ClearBlocks(place, size, 0, step.BlockCount);
            }
        }

        activity?.WriteGradients(ref step.Blocks.Start, step.Samples, withPenalties, 0, step.BlockCount);
        step.FromLogits.AsSpan().Clear();
        ChooseStill(null);
        step.Serve(wantsInputGradients: true, still);
        HadBackward = true;
        BackwardPhases(0);
        accumulates = accumulate && hasGradients && !areApplied;
        BeginPenalties(withPenalties);
        Over(Part.Gradient);
        accumulates = areApplied = false;
        hasGradients = true;
        LeaveFrozenOut();
        for (int i = 0; i < inputGradients.Length; i++)
        {
            // There is none of an input that no output depends on.
            if (layout.InputGradients[i] is not (>= 0 and int place)) continue;
            packer.Unpack(ref At(place), stride, description.Inputs[i].Size, ref inputGradients[i][0], step.Samples);
        }
    }

    /// <summary>
    /// A step of the optimizer with the gradients that are there. The values of the last <see cref="Forward"/> are of other weights
    /// afterwards.
    /// </summary>
    public void Apply(Optimizer optimizer, UpdateKernel kernel)
    {
        ForwardSamples = 0;
        HadBackward = false;
        areApplied = true;
        ChooseStill(null);
        kernel.Layout.Choose(description.Groups, still);
        ApplyWhole(optimizer, kernel);
    }

    private void ApplyWhole(Optimizer optimizer, UpdateKernel kernel)
    {
        update = kernel;
        if (optimizer.NeedsWholeGradient) optimizer.PrepareGradients(kernel, gradients!, chunks.Weights(description));
        optimizer.BeginStep(kernel);
        Over(Part.Update);
        if (constraints is not null) Over(Part.Constraints);
    }

    private void BeginPenalties(bool areWanted)
    {
        addsPenalties = areWanted && penalties is not null;
        if (addsPenalties) penalties!.Begin();
    }

    public override int UnitsOf(int worker, int workers) => part switch
    {
        >= Part.Gradient => chunks.Of(worker).Length,
        Part.Constraints => (constraints!.Count - worker + workers - 1) / workers,
        _ => units.Count(step.BlockCount, worker, workers),
    };

    public override void Run(int owner, int unit, int workers, int worker)
    {
        if (part >= Part.Gradient)
        {
            RunChunk(chunks.Of(owner)[unit], scratch[worker]);
            return;
        }

        if (part == Part.Constraints)
        {
            constraints!.Apply(owner + (unit * workers));
            panels.Invalidate();
            return;
        }

        (int first, int last) = units.Of(step.BlockCount, owner, unit, workers);
        RunBlocks(first, last);
    }

    private void RunBlocks(int first, int last)
    {
        if (part == Part.Backward)
        {
            program.Backward(phase, step, first, last);
            return;
        }

        if (part != Part.LossBackward)
        {
            if (phase == 0) PackInputs(first, last);
            program.Forward(phase, step, first, last);
            if (phase == program.ForwardPhases - 1) states?.Take(ref BlockAt(first), program.Training, first, last - first);
        }

        if (part != Part.Forward) RunLoss(first, last);
    }

    private void RunLoss(int first, int last)
    {
        BlockLayout layout = program.Training;
        for (int h = 0; h < layout.Heads.Length; h++)
        {
            ref readonly HeadLayout head = ref layout.Heads[h];
            if (losses![h] is { } stage)
                stage.Run(batch, source!.Targets[h], ref step.Blocks.Start, head, wantsGradient: true, layout.BlockSize, first, last);
            else
                ClearBlocks(step.FromLogits[h] ? head.LogitsGradient : head.OutputGradient, description.Outputs[h].Size, first, last);
        }

        activity?.WriteGradients(ref step.Blocks.Start, step.Samples, areWanted: true, first, last);
        program.Backward(0, step, first, last);
    }

    private void RunChunk(in ParameterChunk chunk, Arena room)
    {
        if (part == Part.GradientAndUpdate && sumsSquares[chunk.Group])
        {
            tables.Run(chunk.Runs[0], update!, room);
            panels.Refresh(chunk.Group, chunk.FirstRow, chunk.LastRow);
            return;
        }

        ref float gradient = ref room.Start, more = ref Unsafe.Add(ref gradient, moreAt);
        if (part != Part.Update) program.Gradient(chunk.Group, step, chunk.FirstRow, chunk.LastRow, ref gradient, ref more);
        foreach (ref readonly ParameterRun run in chunk.Runs.AsSpan())
        {
            if (addsPenalties && part != Part.Update) penalties!.Add(run, room.Span.Slice(run.Start, run.Length));
            if (part == Part.GradientAndUpdate) Update(run, ref Unsafe.Add(ref gradient, run.Start), ref Unsafe.Add(ref more, run.Start));
            else if (part == Part.Update) Update(run);
            else Keep(run, room.Span.Slice(run.Start, run.Length));
        }
    }

    // Adds a gradient to what is there, or keeps it.
    private void Keep(in ParameterRun run, Span<float> gradient)
    {
        Span<float> sum = gradients!.Span.Slice(run.Offset, run.Length);
        if (accumulates) TensorPrimitives.Add(sum, gradient, sum);
        else gradient.CopyTo(sum);
    }

    private void Update(in ParameterRun run)
    {
        update!.Update(ref Unsafe.Add(ref gradients!.Start, run.Offset), run.Offset, run.Length);
        panels.Refresh(run.Group, run.FirstRow, run.LastRow);
    }

    private void Update(in ParameterRun run, ref float gradient, ref float more)
    {
        // The padding after a group has no gradient.
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref gradient, run.Length), run.Padding).Clear();
        if (needsMore) MemoryMarshal.CreateSpan(ref Unsafe.Add(ref more, run.Length), run.Padding).Clear();
        if (sumsSquares[run.Group]) update!.Update(ref gradient, ref more, run.Offset, run.Length);
        else update!.Update(ref gradient, run.Offset, run.Length);
        panels.Refresh(run.Group, run.FirstRow, run.LastRow);
    }

    // Weights stay as they are in layers that are frozen, and in those that no output with a loss depends on and no penalty moves: a
    // gradient of zero would still let them decay, and an optimizer's momentum move them. Penalties on outputs of layers may move any.
    private void ChooseStill(LossStages? stages)
    {
        if (ReferenceEquals(stages, chosenFor) && hasChosen && frozen.AsSpan().SequenceEqual(frozenBefore)) return;
        (chosenFor, hasChosen) = (stages, true);
        frozen.CopyTo(frozenBefore, 0);
        frozen.CopyTo(still, 0);
        LeaveOutWithoutLoss(stages);
        trainsAnything = description.Groups.Any(group => !still[group.Layer]);
    }

    private void LeaveOutWithoutLoss(LossStages? stages)
    {
        if (stages is null || activity is not null || stages.Given.Length == description.Outputs.Length) return;
        for (int layer = 0; layer < still.Length; layer++)
        {
            bool trains = false;
            foreach ((int output, _) in stages.Given) trains |= description.Outputs[output].DependsOn(layer);
            still[layer] |= !trains && penalties?.Has(layer) != true;
        }
    }

    // What is there of frozen layers is of an earlier pass.
    private void LeaveFrozenOut()
    {
        still.CopyTo(leftOut, 0);
        foreach (ParameterGroup group in description.Groups)
        {
            if (leftOut[group.Layer]) gradients!.Span.Slice(group.Offset, group.Rows * group.Columns).Clear();
        }
    }

    private void Begin(BatchSource data, ReadOnlySpan<int> order, int first, int samples)
    {
        ForwardSamples = 0;
        HadBackward = false;
        isTried = false;
        (int blocks, int needed) = BatchMemory.Of(description.Name, samples, program.Training.BlockSize, program.Lanes);
        source = data;
        batch.Take(order, first, samples, blocks * program.Lanes);
        step.Samples = samples;
        step.BlockCount = blocks;
        if (step.Blocks.Length < needed) step.Blocks = new(needed);
        states?.Begin(samples);
    }

    private void ForwardPhases(Part lastPart)
    {
        program.BeforeForward(step);
        if (program.ChangesWeights) panels.Invalidate();
        step.Panels = panels.For(program);
        for (int p = 0; p < program.ForwardPhases; p++)
        {
            bool isLast = p == program.ForwardPhases - 1;
            Over(isLast ? lastPart : Part.Forward, p);
            if (!isLast) program.AfterForward(p, step);
        }

        // Statistics of the batch move averages.
        if (program.ForwardPhases > 1) panels.Update();
    }

    // The first backward phase may be done with the forward pass already.
    private void BackwardPhases(int done)
    {
        for (int p = 0; p < program.BackwardPhases; p++)
        {
            if (p >= done) Over(Part.Backward, p);
            program.AfterBackward(p, step);
        }
    }

    private void Over(Part next, int ofPhase = 0)
    {
        part = next;
        phase = ofPhase;
        int workers = WantsTeam ? Threads : 1;
        if (part == Part.Gradient) gradients ??= new(description.ParameterSize);
        if (part >= Part.Gradient)
        {
            // More room where gradients are sums or those of tables, and what a program works in.
            moreAt = chunks.Choose(workers, step.Samples);
            int room = Math.Max(tables.Room, checked(moreAt + Math.Max(needsMore ? moreAt : 0, program.GradientRoom)));
            for (int w = 0; w < workers; w++)
            {
                if (w == scratch.Count) scratch.Add(new(room));
                else if (scratch[w].Length < room) scratch[w] = new(room);
            }
        }
        else
        {
            workers = Math.Min(workers, part == Part.Constraints ? constraints!.Count : step.BlockCount);
        }

        WorkerTeam.Shared.Run(this, workers);
    }

    private void PackInputs(int first, int last)
    {
        BlockLayout layout = program.Training;
        int stride = layout.BlockSize * program.Lanes;
        for (int i = 0; i < layout.Inputs.Length; i++)
        {
            ref float rows = ref source!.Inputs[i].Start;
            packer.Gather(ref rows, description.Inputs[i].Size, ref batch.Order[0], ref At(layout.Inputs[i]), stride, first, last);
        }

        states?.Pack(ref BlockAt(first), layout, first, last - first);
    }

    private void ClearBlocks(int place, int features, int first, int last)
    {
        int stride = program.Training.BlockSize * program.Lanes;
        for (int block = first; block < last; block++)
            step.Blocks.Span.Slice((block * stride) + (place * program.Lanes), features * program.Lanes).Clear();
    }

    private void ClearPadding(ref float target, int features, int stride)
    {
        for (int sample = step.Samples; sample < step.BlockCount * program.Lanes; sample++)
        {
            for (int f = 0; f < features; f++)
                Unsafe.Add(ref target, (sample / program.Lanes * stride) + (f * program.Lanes) + (sample % program.Lanes)) = 0;
        }
    }

    private long Work => (long)step.Samples * program.Work;

    private bool WantsTeam =>
        Threads > 1 && Work >= WorkThreshold && (Work >= SureWork || (isTried ? trial.IsForTeam : trial.IsTeamQuicker));

    private ref float BlockAt(int block) => ref Unsafe.Add(ref step.Blocks.Start, block * program.Training.BlockSize * program.Lanes);

    private ref float At(int feature) => ref Unsafe.Add(ref step.Blocks.Start, feature * program.Lanes);

    /// <summary>
    /// Multiply-adds of a batch's forward pass from which a team is quicker than one thread: handing over costs about a microsecond a part.
    /// </summary>
    private const long WorkThreshold = 200_000;

    /// <summary>Multiply-adds from which on a team was never slower, however far cores were apart.</summary>
    private const long SureWork = 16_000_000;
}
