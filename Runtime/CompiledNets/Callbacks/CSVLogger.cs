using System.Globalization;
using System.Text;

namespace CompiledNets;

/// <summary>
/// Writes the figures of each epoch to a CSV file: <c>epoch</c>, from 0, then the figures by name. Numbers are written as Python writes
/// them, lines end in CR LF. The columns are those of the first epoch; where it had no validation, each has one for it too, and what
/// an epoch lacks is <c>NA</c>. A callback that adds a figure stands before it in the list.
/// </summary>
public sealed class CSVLogger : Callback
{
    private readonly string filename;
    private readonly string separator;
    private readonly bool append;
    private StreamWriter? writer;
    private bool hasHeader;
    private string[]? keys;

    /// <summary>Makes the callback; the file is opened when training begins.</summary>
    /// <param name="filename">The file.</param>
    /// <param name="separator">What stands between columns: one character.</param>
    /// <param name="append">Whether it goes on in a file that is there already, whose header stands; else that is overwritten.</param>
    /// <exception cref="ArgumentException">The separator is not one character.</exception>
    public CSVLogger(string filename, string separator = ",", bool append = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(filename);
        ArgumentNullException.ThrowIfNull(separator);
        if (separator.Length != 1)
            throw new ArgumentException($"Expected a separator of one character. Received: \"{separator}\"", nameof(separator));
        this.filename = filename;
        this.separator = separator;
        this.append = append;
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public override void OnTrainBegin()
    {
        writer?.Dispose();
        keys = null;
        hasHeader = append && File.Exists(filename) && new FileInfo(filename).Length > 0;
        writer = new(filename, append, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\r\n" };
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        keys ??= Columns([.. logs.Keys.Order(StringComparer.Ordinal)]);
        if (!hasHeader) Line(keys.Prepend("epoch"));
        hasHeader = true;
        Line(keys.Select(key => logs.TryGetValue(key, out double value) ? Text(value) : "NA")
            .Prepend(epoch.ToString(CultureInfo.InvariantCulture)));
        writer!.Flush();
    }

    /// <inheritdoc/>
    public override void OnTrainEnd()
    {
        writer?.Dispose();
        writer = null;
    }

    private static string[] Columns(string[] names) => Array.Exists(names, name => name.StartsWith("val_", StringComparison.Ordinal))
        ? names : [.. names, .. names.Select(name => "val_" + name)];

    private void Line(IEnumerable<string> fields) => writer!.WriteLine(string.Join(separator, fields.Select(Quoted)));

    private string Quoted(string field) => field.AsSpan().IndexOfAny(separator + "\"\r\n") < 0
        ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
