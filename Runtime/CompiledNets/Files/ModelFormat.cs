using System.ComponentModel;

namespace CompiledNets.Files;

/// <summary>Fills in the numbers of a weight.</summary>
/// <param name="numbers">Where they go, the last axis fastest.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void NumberFiller(Span<float> numbers);

/// <summary>
/// A form of file that holds networks. <c>Model.Save</c> and its like choose one by the ending of the path, and by the first bytes where a
/// file is read. That of the package itself is safetensors; a package that brings others registers them.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ModelFormat
{
    /// <summary>Enough to know any format by: HDF5 may begin after 512, 1024 or 2048 bytes.</summary>
    internal const int StartSize = 2056;

    private static ModelFormat[] known = [new SafetensorsFormat()];

    /// <summary>Endings of paths that are written in this form: <c>.safetensors</c>.</summary>
    public abstract IReadOnlyList<string> Endings { get; }

    /// <summary>Whether a file holds the network's architecture and what it was compiled with, not its weights alone.</summary>
    public abstract bool IsWhole { get; }

    /// <summary>Adds a form; one that is known already is not added again.</summary>
    public static void Register(ModelFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        while (true)
        {
            ModelFormat[] before = known;
            if (Array.Exists(before, other => other.GetType() == format.GetType())) return;
            if (Interlocked.CompareExchange(ref known, [.. before, format], before) == before) return;
        }
    }

    /// <summary>Whether a file begins as those of this form do.</summary>
    /// <param name="start">Its first bytes, up to 2056.</param>
    public abstract bool Recognizes(ReadOnlySpan<byte> start);

    /// <summary>Writes a network with the state of its training.</summary>
    /// <param name="model">The network.</param>
    /// <param name="stream">Where it goes.</param>
    public abstract void Write(Model model, Stream stream);

    /// <summary>Reads weights, and the state of training where the network is compiled with the optimizer that the file is of.</summary>
    /// <param name="model">The network.</param>
    /// <param name="stream">The file; it can seek.</param>
    /// <param name="skipMismatch">Whether weights that do not fit are left as they are; else nothing is changed, and all are named.</param>
    /// <exception cref="InvalidDataException">The file is damaged or holds another network.</exception>
    public abstract WeightReport ReadWeights(Model model, Stream stream, bool skipMismatch);

    /// <summary>
    /// Reads a network: compares the architecture with the file's, compiles as the file says, reads weights and the state of training.
    /// </summary>
    /// <param name="model">A new network of the class.</param>
    /// <param name="stream">The file; it can seek.</param>
    /// <exception cref="InvalidDataException">The file is damaged or holds another network; the message has every difference.</exception>
    public virtual void ReadWhole(Model model, Stream stream) => ReadWeights(model, stream, skipMismatch: false);

    /// <summary>Sets weights, and with them the state of training: all or, where the state does not fit, none.</summary>
    /// <param name="model">The network.</param>
    /// <param name="weights">Weights and what fills in their numbers, which does not fail.</param>
    /// <param name="state">The state of training; null for none.</param>
    /// <exception cref="InvalidDataException">The state does not fit the optimizer.</exception>
    protected static void Put(Model model, IReadOnlyList<(ModelWeight Weight, NumberFiller Fill)> weights, TrainingState? state)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(weights);
        model.PutWeights(weights, state);
    }

    /// <summary>The form that a path asks for.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    internal static ModelFormat OfPath(string path, bool weightsOnly)
    {
        (string Ending, ModelFormat Format)[] endings = [.. known.SelectMany(format => format.Endings, (format, ending) => (ending, format))
            .OrderByDescending(pair => pair.ending.Length)];
        foreach ((string ending, ModelFormat format) in endings)
        {
            if (!path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) continue;
            if (!weightsOnly || !format.IsWhole) return format;
            throw new ArgumentException(
                $"Expected a file of weights alone, which ends in {Listed(false)}. Received: '{path}', which takes a whole network: " +
                    $"call `Save()`.", nameof(path));
        }

        string missing = endings.Length == 1 ? " Files of Keras (.keras, .h5, .weights.h5) need the package CompiledNets.Keras." : "";
        throw new ArgumentException($"Expected a path that ends in {Listed(weightsOnly ? false : null)}. Received: '{path}'.{missing}",
            nameof(path));

        string Listed(bool? whole) =>
            string.Join(" or ", endings.Where(pair => whole is null || pair.Format.IsWhole == whole).Select(pair => pair.Ending));
    }

    /// <summary>The form of a file, by its first bytes.</summary>
    /// <exception cref="InvalidDataException">It is of none that is known.</exception>
    internal static ModelFormat OfFile(Stream stream, string name)
    {
        byte[] start = new byte[StartSize];
        int length = stream.ReadAtLeast(start, StartSize, throwOnEndOfStream: false);
        stream.Seek(-length, SeekOrigin.Current);
        ModelFormat? format = Array.Find(known, format => format.Recognizes(start.AsSpan(0, length)));
        if (format is not null) return format;
        bool isKeras = start.AsSpan().StartsWith("PK"u8) || start.AsSpan().IndexOf("\x89HDF\r\n\x1a\n"u8[1..]) >= 0;
        string reason = length == 0 ? "it is empty" : isKeras && known.Length == 1
            ? "files of Keras need the package CompiledNets.Keras"
            : $"it is none of {string.Join(", ", known.SelectMany(form => form.Endings))}, or damaged";
        throw new InvalidDataException($"{name} holds no network that can be read: {reason}.");
    }
}
