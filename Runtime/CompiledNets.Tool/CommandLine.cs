using System.Diagnostics;

namespace CompiledNets.Tool;

/// <summary>What is asked for on the command line, and what is said about it.</summary>
internal static class CommandLine
{
    private const string Usage = """
        Usage: dotnet compilednets import FILE [options]

        Writes a network of Keras as a class with attributes, its weights beside it, and a test of both.
        FILE is a whole model of Keras 2.0 to 3.x (.keras, .h5, .hdf5), or its weights alone (.weights.h5, .h5, .weights.json).

        Options:
          --output DIR          the folder for the files (default: the current one)
          --name CLASS          what to call the class (default: after the file, iris.keras is IrisNet)
          --namespace NAME      the namespace of the class (default: none)
          --architecture FILE   the network, where FILE has weights alone: model.to_json(), or a whole model
          --input-shape SIZES   the shape of a sample, where an input takes any length: 10,3; once for each input
          --expected FILE       an .npz file of inputs x0, x1, ... and the outputs y0, ... that Keras computed, to compare with
          --force               replaces files that are there
        """;

    /// <summary>Does what is asked for.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="output">Takes what is said.</param>
    /// <param name="error">Takes what is wrong.</param>
    /// <returns>0 where it is done, 1 where it cannot be, 2 where the command line is wrong.</returns>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments is ["--version"])
        {
            output.WriteLine(FileVersionInfo.GetVersionInfo(typeof(CommandLine).Assembly.Location).ProductVersion);
            return 0;
        }

        if (arguments is [] or ["--help"] or ["-h"] or ["import", "--help"] or ["import", "-h"])
        {
            output.WriteLine(Usage);
            return 0;
        }

        ImportOptions options;
        try
        {
            options = ImportOptions.Parse(arguments);
        }
        catch (ArgumentException exception)
        {
            error.WriteLine(exception.Message);
            error.WriteLine();
            error.WriteLine(Usage);
            return 2;
        }

        try
        {
            Import.Run(options, output);
            return 0;
        }
        catch (Exception exception)
        {
            // What nobody expected is told with its place.
            bool isExpected = exception is ImportException or IOException or InvalidDataException or UnauthorizedAccessException;
            error.WriteLine(isExpected ? exception.Message : exception.ToString());
            return 1;
        }
    }
}
