using CompiledNets.Tests.Training;

namespace CompiledNets.Tests.Callbacks;

/// <summary>Trainings whose figures are made up by a callback before the one at hand.</summary>
internal static class Scripted
{
    /// <summary>Trains as many epochs as there are values of <c>val_loss</c>.</summary>
    public static (History History, BinaryNet Model) Fit(double[] figures, Optimizer optimizer, params Callback[] callbacks)
    {
        BinaryNet model = new(seed: 1);
        model.Compile(optimizer, "binary_crossentropy", "accuracy");
        LambdaCallback script = new(onEpochEnd: (epoch, logs) => logs["val_loss"] = figures[epoch]);
        return (model.Fit(Examples.Binary(40), epochs: figures.Length, verbose: Verbose.Silent, callbacks: [script, .. callbacks]), model);
    }

    /// <summary>What is printed on standard output meanwhile.</summary>
    public static string Printed(Action action)
    {
        TextWriter before = Console.Out;
        StringWriter output = new() { NewLine = "\n" };
        Console.SetOut(output);
        try
        {
            action();
        }
        finally
        {
            Console.SetOut(before);
        }

        return output.ToString();
    }

    /// <summary>A folder that is removed with it.</summary>
    public sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("callbacks").FullName;

        public string File(string name) => System.IO.Path.Combine(Path, name);

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
