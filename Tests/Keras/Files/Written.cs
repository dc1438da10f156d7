namespace CompiledNets.Keras.Tests.Files;

/// <summary>Files that a test wrote, in a folder that is there as long as this is, and how what is read of them differs.</summary>
internal sealed class Written : IDisposable
{
    private readonly List<string> files = [];
    private readonly List<string> differences = [];
    private readonly List<(string File, string Reason)> refused = [];

    /// <summary>Where they lie.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("compilednets").FullName;

    /// <summary>The files.</summary>
    public IReadOnlyList<string> Files => files;

    /// <summary>What came back otherwise, a line each.</summary>
    public IReadOnlyList<string> Differences => differences;

    /// <summary>What was not written, for Keras has it not in that form.</summary>
    public IReadOnlyList<(string File, string Reason)> Refused => refused;

    /// <summary>Saves a network in each form and reads it again.</summary>
    /// <param name="name">What to call the files.</param>
    /// <param name="model">The network, trained.</param>
    /// <param name="create">Makes another one of its class, compiled or not.</param>
    public void Add(string name, Model model, Func<bool, Model> create)
    {
        foreach (string ending in SavedTraining.Endings)
        {
            string path = Path.Combine(Folder, name + ending);
            try
            {
                differences.AddRange(SavedTraining.Differences(model, path, create(ending == ".weights.h5")));
            }
            catch (NotSupportedException exception) when (exception is not KerasUnsupportedException)
            {
                refused.Add((name + ending, exception.Message));
                continue;
            }
            catch (Exception exception) when (exception is InvalidDataException or KerasUnsupportedException)
            {
                differences.Add($"{path}: {exception.GetType().Name}: {exception.Message}");
            }

            files.Add(path);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
