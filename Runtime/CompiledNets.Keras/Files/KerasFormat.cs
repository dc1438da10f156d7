using CompiledNets.Files;
using CompiledNets.Keras.Hdf5;

namespace CompiledNets.Keras.Files;

/// <summary>Files of Keras as a form of file for networks: what <c>Save</c>, <c>Load</c> and <c>LoadWeights</c> do with them.</summary>
internal abstract class KerasFormat : ModelFormat
{
    public override WeightReport ReadWeights(Model model, Stream stream, bool skipMismatch)
    {
        using var file = KerasFile.Open(stream);
        return file.LoadWeights(model, skipMismatch);
    }

    public override void ReadWhole(Model model, Stream stream)
    {
        using var file = KerasFile.Open(stream);
        file.CheckArchitecture(model);
        try
        {
            file.Compile(model);
        }
        catch (KerasUnsupportedException unsupported)
        {
            Console.Error.WriteLine(
                $"Warning: '{model.Name}' is not compiled, for the file asks for something that is not there: {unsupported.Message}.");
        }

        file.LoadWeights(model);
    }

    /// <summary>Sets weights and state at once.</summary>
    internal static void PutAll(Model model, IReadOnlyList<(ModelWeight Weight, NumberFiller Fill)> weights, TrainingState? state) =>
        Put(model, weights, state);

    /// <summary>Whether a file begins as HDF5 does.</summary>
    protected static bool IsHdf5(ReadOnlySpan<byte> start)
    {
        for (int at = 0; at + H5File.Signature.Length <= start.Length; at = at == 0 ? 512 : at * 2)
            if (start[at..].StartsWith(H5File.Signature)) return true;
        return false;
    }
}

/// <summary>Keras 3's own form: a zip of the architecture and the weights.</summary>
internal sealed class KerasZipFormat : KerasFormat
{
    public override IReadOnlyList<string> Endings => [".keras"];

    public override bool IsWhole => true;

    public override bool Recognizes(ReadOnlySpan<byte> start) => start.StartsWith("PK\u0003\u0004"u8);

    public override void Write(Model model, Stream stream) => KerasWriter.WriteZip(model, stream);
}

/// <summary>Whole networks in HDF5.</summary>
internal sealed class KerasHdf5Format : KerasFormat
{
    public override IReadOnlyList<string> Endings => [".h5", ".hdf5"];

    public override bool IsWhole => true;

    public override bool Recognizes(ReadOnlySpan<byte> start) => IsHdf5(start);

    public override void Write(Model model, Stream stream) => KerasWriter.WriteHdf5(model, stream);
}

/// <summary>Weights in HDF5, as Keras 3 keeps them.</summary>
internal sealed class KerasWeightsFormat : KerasFormat
{
    public override IReadOnlyList<string> Endings => [".weights.h5"];

    public override bool IsWhole => false;

    public override bool Recognizes(ReadOnlySpan<byte> start) => IsHdf5(start);

    public override void Write(Model model, Stream stream) => KerasWriter.WriteWeights(model, stream);
}

/// <summary>Weights in several files of HDF5, with a list of them. They are read; what is written here is one file.</summary>
internal sealed class KerasShardsFormat : KerasFormat
{
    public override IReadOnlyList<string> Endings => [];

    public override bool IsWhole => false;

    public override bool Recognizes(ReadOnlySpan<byte> start) => ShardList.Recognizes(start);

    public override void Write(Model model, Stream stream) => throw new NotSupportedException("Weights are written to one file.");
}
