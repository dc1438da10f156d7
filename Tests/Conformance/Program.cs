using System.Text.Json;
using CompiledNets.Conformance;
using CompiledNets.Harness.Goldens;

// Judges the product by a folder of goldens that real Keras made; exit code 1 where a case fails or a family cannot be read, 2 where the
// call is wrong.
if (ConformanceOptions.Parse(args) is not { } options || !Directory.Exists(options.Folder))
{
    Console.Error.WriteLine(ConformanceOptions.Usage);
    return 2;
}

List<CaseResult> all = [];
bool isWhole = true;
if (options is { Files: { } files, Expected: { } expected })
{
    if (!Directory.Exists(files) || !Directory.Exists(expected))
    {
        Console.Error.WriteLine(ConformanceOptions.Usage);
        return 2;
    }

    foreach (CaseResult result in FileRunner.Run(files, expected))
    {
        Console.WriteLine(Report.FileLine(result));
        all.Add(result);
    }

    if (all.Count > 0) Console.WriteLine(Report.Line("files", all));
    if (options.Json is not null) File.WriteAllLines(options.Json, all.Select(Report.Json));
    if (all.Count == 0) Console.Error.WriteLine("No file with expected outputs was found.");
    return all.Exists(result => result.Status == CaseStatus.Failed) ? 1 : all.Count == 0 ? 2 : 0;
}

foreach (string name in GoldenFamily.FindIn(options.Folder))
{
    if (options.Family is not null && name != options.Family) continue;
    GoldenFamily family;
    try
    {
        family = GoldenFamily.Read(options.Folder, name);
    }
    catch (Exception exception) when (exception is IOException or InvalidDataException or JsonException or KeyNotFoundException)
    {
        Console.WriteLine($"{name}: cannot be read: {exception.Message}");
        isWhole = false;
        continue;
    }

    IReadOnlyList<CaseResult> results = FamilyRunner.Run(family,
        [.. family.Cases.Where(golden => options.Case is null || golden.Name == options.Case)]);
    if (results.Count == 0) continue;
    Console.WriteLine(Report.Line(name, results));
    foreach (CaseResult failure in results.Where(result => result.Status == CaseStatus.Failed))
        Console.WriteLine($"  {failure.Case}: {failure.Reason}");
    all.AddRange(results);
}

if (options.Json is not null) File.WriteAllLines(options.Json, all.Select(Report.Json));
if (all.Count == 0 && isWhole) Console.Error.WriteLine("No case was found.");
return all.Exists(result => result.Status == CaseStatus.Failed) || !isWhole ? 1 : all.Count == 0 ? 2 : 0;
