using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>Inference. It has no state but what each thread keeps for itself, so that any number of threads may call it at once.</summary>
internal sealed unsafe partial class Predictor
{
    /// <summary>Multiply-adds from which a team is quicker than one thread.</summary>
    public const long WorkThreshold = 500_000;

    private const int Alignment = 64;

    /// <summary>Floats of scratch up to which a row has it on the stack: less than a page, so that no guard has to be looked for.</summary>
    private const int StackScratch = 960;

    /// <summary>The rows of a full run of blocks of the widest lanes, in order.</summary>
    private static readonly int[] InOrder = [.. Enumerable.Range(0, BlockUnits.Most * 16)];

    [ThreadStatic]
    private static Arena? threadBlocks;

    [ThreadStatic]
    private static Arena? threadRow;

    [ThreadStatic]
    private static Batch? threadBatch;

    [ThreadStatic]
    private static RowSource[]? threadPorts;

    [ThreadStatic]
    private static SharedBlocks? threadShared;

    [ThreadStatic]
    private static SharedRow? threadSharedRow;

    private readonly NetworkProgram program;
    private readonly LanePacker packer;
    private readonly Arena parameters;
    private readonly WeightPanels panels;
    private readonly BlockLayout layout;
    private readonly int lanes;
    private readonly BlockUnits units;
    private readonly int blocksAtOnce;
    private readonly int[] inputSizes;
    private readonly int[] outputSizes;
    private readonly int rowScratch;
    private readonly int[] rowOutputs;
    private readonly int[]? rowInputs;
    private readonly int rowOutput;
    private readonly int rowInput;
    private readonly int rowPhases;
    private readonly bool sharesRows;
    private readonly bool isRowSmall;

    public Predictor(NetworkDescription description, NetworkProgram program, LaneWidth width, Arena parameters, WeightPanels panels)
    {
        this.panels = panels;
        this.program = program;
        this.parameters = parameters;
        packer = LanePacker.Of(width);
        layout = program.Inference;
        lanes = program.Lanes;
        units = new((long)layout.BlockSize * lanes, parameters.Length, SecondLevelCache.Bytes);
        blocksAtOnce = units.Alone;
        rowScratch = program.RowScratchSize;
        inputSizes = [.. description.Inputs.Select(port => port.Size)];
        outputSizes = [.. description.Outputs.Select(port => port.Size)];
        rowInputs = program.RowInputs;
        rowOutputs = program.RowOutputs;
        rowOutput = rowOutputs[0];
        rowInput = rowInputs is { } places ? places[0] : -1;
        rowPhases = program.RowPhases;
        sharesRows = Enumerable.Range(0, rowPhases).Any(program.IsRowPhaseShared);
        isRowSmall = rowScratch <= StackScratch && rowPhases == 1 && !sharesRows && program.PackedKernels.Length == 0;
    }

    /// <summary>Where the room of single samples has an input; after all else where a network reads its only one anywhere.</summary>
    public int RowInput(int input) => rowInputs is null ? FreeInput : rowInputs[input];

    /// <summary>Where it has an output.</summary>
    public int RowOutput(int output) => rowOutputs[output];

    private int FreeInput => (rowScratch + 15) / 16 * 16;

    /// <summary>Predicts one sample of a network with one input and one output, with vectors over features.</summary>
    [SkipLocalsInit]
    public void Row(ReadOnlySpan<float> sample, Span<float> output, int threads)
    {
        if (!isRowSmall)
        {
            LargeRow(sample, output, threads);
            return;
        }

        // Thread-local memory would take longer to find than a layer takes to work.
        float* room = stackalloc float[StackScratch + (Alignment / sizeof(float))];
        ref float scratch = ref Unsafe.AsRef<float>((void*)(((nuint)room + Alignment - 1) & ~(nuint)(Alignment - 1)));
        if (rowInput >= 0) sample.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref scratch, rowInput), sample.Length));
        program.PredictRow(0, 0, 1, ref parameters.Start, ref parameters.Start, ref MemoryMarshal.GetReference(sample), ref scratch);
        Take(ref scratch, output);
    }

    /// <summary>Room for a single sample of a network with several inputs or outputs, the thread's own.</summary>
    public Arena RowRoom()
    {
        int needed = rowInputs is null ? FreeInput + inputSizes[0] : rowScratch;
        return threadRow is { } own && own.Length >= needed ? own : threadRow = new(needed);
    }

    /// <summary>Room for single samples that nobody else uses.</summary>
    public Arena OwnRowRoom() => new(rowInputs is null ? FreeInput + inputSizes[0] : rowScratch);

    /// <summary>What is kept from batch to batch; null for nothing.</summary>
    public BatchStates? States { get; init; }

    /// <summary>A place for each port, inputs before outputs, the thread's own; to be cleared after use.</summary>
    public RowSource[] PortRoom()
    {
        int ports = inputSizes.Length + outputSizes.Length;
        return threadPorts is { } own && own.Length == ports ? own : threadPorts = new RowSource[ports];
    }

    /// <summary>Predicts one sample whose inputs are in the room.</summary>
    public void Row(Arena room, int threads) =>
        Row(room, ref Unsafe.Add(ref room.Start, rowInputs is null ? FreeInput : 0), threads);

    private void Row(Arena room, ref float input, int threads)
    {
        if (sharesRows && threads > 1)
        {
            fixed (float* pinned = &input) (threadSharedRow ??= new()).Run(this, pinned, room, threads);
        }
        else
        {
            Arena packed = panels.PackedFor(program);
            for (int phase = 0; phase < rowPhases; phase++)
                program.PredictRow(phase, 0, 1, ref parameters.Start, ref packed.Start, ref input, ref room.Start);
        }
    }

    /// <summary>Predicts samples that lie one after the other.</summary>
    /// <param name="inputs">By input, its first number.</param>
    /// <param name="outputs">By output, where its numbers go.</param>
    /// <param name="count">How many samples.</param>
    /// <param name="threads">Most threads.</param>
    public void Rows(float** inputs, float** outputs, int count, int threads)
    {
        if (program.PredictsSingly && States is null)
        {
            Singles(inputs, outputs, count, threads);
            return;
        }

        int blocks = 1 + ((count - 1) / lanes);
        States?.Begin(count);
        int workers = threads > 1 && (long)count * program.Work >= WorkThreshold ? Math.Min(threads, blocks) : 1;
        if (workers <= 1) Blocks(inputs, outputs, 0, count);
        else (threadShared ??= new()).Run(this, inputs, outputs, count, workers);
    }

    private void LargeRow(ReadOnlySpan<float> sample, Span<float> output, int threads)
    {
        Arena room = RowRoom();
        if (rowInput >= 0) sample.CopyTo(room.Span[rowInput..]);
        Row(room, ref MemoryMarshal.GetReference(sample), threads);
        Take(ref room.Start, output);
    }

    private void Take(ref float scratch, Span<float> output)
    {
        ref float results = ref Unsafe.Add(ref scratch, rowOutput);
        if (output.Length == 1) output[0] = results;
        else MemoryMarshal.CreateReadOnlySpan(ref results, output.Length).CopyTo(output);
    }

    private void Blocks(float** inputs, float** outputs, int first, int last)
    {
        int stride = checked(layout.BlockSize * lanes), needed = checked(blocksAtOnce * stride);
        if (threadBlocks is null || threadBlocks.Length < needed) threadBlocks = new(needed);
        ref float blocks = ref threadBlocks.Start, panel = ref panels.For(program).Start;
        for (int at = first, samplesNow; at < last; at += samplesNow)
        {
            samplesNow = Math.Min(last - at, blocksAtOnce * lanes);
            int blocksNow = (samplesNow + lanes - 1) / lanes;
            // Whole blocks take the rows as they come.
            int[] order = InOrder;
            if (samplesNow < blocksNow * lanes)
            {
                Batch batch = threadBatch ??= new();
                batch.Take(default, 0, samplesNow, blocksNow * lanes);
                order = batch.Order;
            }

            for (int i = 0; i < inputSizes.Length; i++)
            {
                ref float rows = ref *(inputs[i] + ((nint)at * inputSizes[i]));
                packer.Gather(ref rows, inputSizes[i], ref order[0], ref Unsafe.Add(ref blocks, layout.Inputs[i] * lanes), stride, 0,
                    blocksNow);
            }

            States?.Pack(ref blocks, layout, at / lanes, blocksNow);
            program.Predict(ref blocks, ref parameters.Start, ref panel, 0, blocksNow);
            States?.Take(ref blocks, layout, at / lanes, blocksNow);
            for (int i = 0; i < outputSizes.Length; i++)
            {
                ref float rows = ref *(outputs[i] + ((nint)at * outputSizes[i]));
                packer.Unpack(ref Unsafe.Add(ref blocks, layout.Heads[i].Output * lanes), stride, outputSizes[i], ref rows, samplesNow);
            }
        }
    }

    /// <summary>A prediction of several samples that a team shares.</summary>
    private abstract class SharedPrediction : TeamWork
    {
        private Predictor? predictor;

        protected Predictor Predictor => predictor!;

        protected float** Inputs { get; private set; }

        protected float** Outputs { get; private set; }

        protected int Count { get; private set; }

        public void Run(Predictor of, float** source, float** target, int samples, int workers)
        {
            predictor = of;
            Inputs = source;
            Outputs = target;
            Count = samples;
            try
            {
                WorkerTeam.Shared.Run(this, workers);
            }
            finally
            {
                predictor = null;
            }
        }
    }

    /// <summary>Each worker takes some blocks.</summary>
    private sealed class SharedBlocks : SharedPrediction
    {
        private int All => 1 + ((Count - 1) / Predictor.lanes);

        public override int UnitsOf(int worker, int workers) => Predictor.units.Count(All, worker, workers);

        public override void Run(int owner, int unit, int workers, int worker)
        {
            (int first, int last) = Predictor.units.Of(All, owner, unit, workers);
            Predictor.Blocks(Inputs, Outputs, first * Predictor.lanes, (int)Math.Min(Count, (long)last * Predictor.lanes));
        }
    }

    /// <summary>A single sample that a team shares: each worker takes some places or some outputs of the large layers.</summary>
    private sealed class SharedRow : TeamWork
    {
        private Predictor? predictor;
        private Arena? scratch;
        private Arena? packed;
        private float* input;
        private int phase;

        public void Run(Predictor of, float* sample, Arena room, int workers)
        {
            (predictor, scratch, packed) = (of, room, of.panels.PackedFor(of.program));
            input = sample;
            try
            {
                for (phase = 0; phase < of.rowPhases; phase++)
                    WorkerTeam.Shared.Run(this, of.program.IsRowPhaseShared(phase) ? workers : 1);
            }
            finally
            {
                (predictor, scratch, packed) = (null, null, null);
            }
        }

        public override int UnitsOf(int worker, int workers) => 1;

        public override void Run(int owner, int unit, int workers, int worker) =>
            predictor!.program.PredictRow(
                phase, owner, workers, ref predictor.parameters.Start, ref packed!.Start, ref *input, ref scratch!.Start);
    }
}
