using CompiledNets.Conformance;
using CompiledNets.Harness;
using CompiledNets.Tests;

namespace CompiledNets.Keras.Tests.Files;

/// <summary>Model files of real Keras, through the very program that judges other folders of them.</summary>
public sealed class ModelFileConformanceTests
{
    [Fact]
    public void Files_of_the_project_predict_as_Keras_did() =>
        Assert.All(Judge(Path.Combine(SharedFolder.RepositoryRoot, "Tests", "Goldens", "files"), null, 30),
            result => Assert.True(result.Status == CaseStatus.Passed, Report.FileLine(result)));

    /// <summary>
    /// One version for each layout of files, and one that writes another number of calls; the conformance program judges all of them.
    /// </summary>
    private static readonly string[] Versions =
        ["keras-2.0.9", "keras-2.4.0", "keras-2.12.0", "keras-2.13.1", "keras-3.0.5", "keras-3.2.1", "keras-3.10.0"];

    [SharedFact("keras-goldens/files-old")]
    public void Files_of_each_layout_predict_as_Keras_did()
    {
        foreach (string version in Versions)
            Assert.All(Judge(Path.Combine(SharedFolder.Find("keras-goldens/files-old")!, version), null, 20),
                result => Assert.True(result.Status == CaseStatus.Passed, Report.FileLine(result)));
    }

    [SharedFact("keras-files")]
    public void Files_from_elsewhere_predict_as_Keras_does()
    {
        string folder = SharedFolder.Find("keras-files")!;
        CaseResult[] results = Judge(folder, Path.Combine(folder, "expected-keras"), 100);
        // Channels that come first, and attention from sample to sample.
        Assert.InRange(results.Count(result => result.Status == CaseStatus.NotSupported), 0, 6);
    }

    [Theory]
    [InlineData("--files a --expected b", true)]
    [InlineData("--files a --expected b --json c", true)]
    [InlineData("--files a", false)]
    [InlineData("--expected a", false)]
    [InlineData("folder --files a --expected b", false)]
    [InlineData("--files a --expected b --family c", false)]
    public void The_command_line_is_checked(string line, bool isRight) =>
        Assert.Equal(isRight, ConformanceOptions.Parse(line.Split(' ')) is not null);

    // What is not offered is named as a layer, an optimizer, ... with its name.
    private static CaseResult[] Judge(string files, string? expected, int least)
    {
        CaseResult[] results = [.. FileRunner.Run(files, expected ?? files)];
        string[] failures = [.. results.Where(result => result.Status == CaseStatus.Failed).Select(Report.FileLine)];
        Assert.True(failures.Length == 0, $"{failures.Length} of {results.Length}:\n{string.Join('\n', failures.Take(60))}");
        Assert.True(results.Length >= least, $"only {results.Length} files were judged");
        Assert.All(results.Where(result => result.Status == CaseStatus.NotSupported), result => Assert.Contains(' ', result.Reason!));
        return results;
    }
}
