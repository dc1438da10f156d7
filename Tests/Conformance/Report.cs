using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CompiledNets.Conformance;

/// <summary>Prints results: a line a family, then what failed; JSON with an object a line.</summary>
public static class Report
{
    /// <summary><c>layers-core: 24 passed, 0 failed, 6 not supported, largest error 2.1e-07 (dense_one train/g_w0)</c>.</summary>
    public static string Line(string family, IReadOnlyList<CaseResult> results)
    {
        CaseResult? worst = results.Where(result => result.Error is not null).MaxBy(result => result.Error);
        string largest = worst is null
            ? "" : string.Create(CultureInfo.InvariantCulture, $", largest error {worst.Error:0.0e-00} ({worst.Case} {worst.Tensor})");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{family}: {Count(CaseStatus.Passed)} passed, {Count(CaseStatus.Failed)} failed, {Count(CaseStatus.NotSupported)} not " +
                $"supported{largest}");

        int Count(CaseStatus status) => results.Count(result => result.Status == status);
    }

    /// <summary><c>cnn/mnist.h5: passed, largest error 2.1e-07 (y0)</c>.</summary>
    public static string FileLine(CaseResult result) => result.Status switch
    {
        CaseStatus.Passed =>
            string.Create(CultureInfo.InvariantCulture, $"{result.Case}: passed, largest error {result.Error:0.0e-00} ({result.Tensor})"),
        CaseStatus.Failed => $"{result.Case}: failed: {result.Reason}",
        _ => $"{result.Case}: not supported: {result.Reason}",
    };

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One result as JSON in one line.</summary>
    public static string Json(CaseResult result) => new JsonObject
    {
        ["family"] = result.Family,
        ["case"] = result.Case,
        ["status"] = result.Status switch { CaseStatus.Passed => "passed", CaseStatus.Failed => "failed", _ => "not supported" },
        ["error"] = result.Error is double error && double.IsFinite(error) ? error : null,
        ["tensor"] = result.Tensor,
        ["reason"] = result.Reason,
    }.ToJsonString(Readable);
}
