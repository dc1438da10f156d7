using CompiledNets.Benchmarks.Contests;
using CompiledNets.Benchmarks.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>TorchSharp's side. Batches are views of tensors that hold all samples.</summary>
internal abstract class TorchContender : Contender
{
    private readonly Tensor[] inputs;

    /// <summary>Makes it with the weights of one of ours.</summary>
    protected TorchContender(BenchmarkNetwork of, Model weights, SampleRows rows, int threads)
    {
        set_num_threads(threads);
        Rows = rows;
        Network = new(of, weights);
        inputs = [.. of.Inputs.Select((input, i) => tensor(rows.Inputs[i], [rows.Count, input.Features]))];
    }

    public override string Version => $"TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>The network.</summary>
    protected TorchNetwork Network { get; }

    /// <summary>All rows.</summary>
    protected SampleRows Rows { get; }

    public override float[] FirstOutputs() => Network.OutputValues(Inputs(batch => batch.narrow(0, 0, Rows.Batch)));

    public override void Dispose()
    {
        foreach (Tensor input in inputs) input.Dispose();
        Network.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>By input, some of all samples.</summary>
    protected Tensor[] Inputs(Func<Tensor, Tensor> choose) => Array.ConvertAll(inputs, input => choose(input));
}
