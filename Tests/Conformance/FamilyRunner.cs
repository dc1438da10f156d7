using System.Text.Json;
using CompiledNets.Conformance.Judges;
using CompiledNets.Harness;
using CompiledNets.Harness.Goldens;
using CompiledNets.Keras;

namespace CompiledNets.Conformance;

/// <summary>Judges the cases of a family: writes their networks, compiles all of them at once, runs them and compares.</summary>
public static class FamilyRunner
{
    private static readonly Judge[] Judges =
        [new TrainingJudge(), new PreprocessingJudge(), new LayerJudge(), new ActivationJudge(), new LossJudge(),
        new MetricJudge(), new OptimizerJudge(), new RegularizerJudge(), new ScheduleJudge(), new ConstraintJudge()];

    /// <summary>Judges cases of a family.</summary>
    /// <param name="family">The family.</param>
    /// <param name="cases">Those of its cases that are wanted.</param>
    public static IReadOnlyList<CaseResult> Run(GoldenFamily family, IReadOnlyList<GoldenCase> cases)
    {
        List<CaseResult> results = [];
        List<(GoldenCase Case, Judge Judge, string? Class, string? Source)> ready = [];
        foreach (GoldenCase golden in cases)
        {
            try
            {
                Judge judge = Array.Find(Judges, judge => judge.Takes(golden)) ?? throw new KerasUnsupportedException(Subject(golden));
                string className = $"Case{ready.Count}";
                string? source = judge.Network(golden, className);
                ready.Add((golden, judge, source is null ? null : className, source));
            }
            catch (KerasUnsupportedException unsupported)
            {
                results.Add(new(family.Name, golden.Name, CaseStatus.NotSupported, Reason: unsupported.Message));
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                results.Add(Failure(family.Name, golden, exception));
            }
        }

        string[] sources = [.. ready.Where(item => item.Source is not null).Select(item => item.Source!)];
        CompiledNetworks? networks = null;
        try
        {
            if (sources.Length > 0)
                networks = CompiledNetworks.Compile(
                    ["using CompiledNets;\nusing CompiledNets.Initializers;\n\n" + string.Join('\n', sources)]);
        }
        catch (InvalidOperationException)
        {
            // One of them is at fault: each is compiled alone below, so that the others are judged.
        }

        using (networks)
        {
            foreach ((GoldenCase golden, Judge judge, string? className, string? source) in ready)
                results.Add(Run(family.Name, golden, judge, className, source, networks));
        }

        return [.. results.OrderBy(result => cases.TakeWhile(golden => golden.Name != result.Case).Count())];
    }

    private static CaseResult Run(string family, GoldenCase golden, Judge judge, string? className, string? source,
        CompiledNetworks? networks)
    {
        Comparison comparison = new(golden, judge.Tolerance);
        CompiledNetworks? own = null;
        try
        {
            if (source is not null && networks is null)
                networks = own = CompiledNetworks.Compile(["using CompiledNets;\nusing CompiledNets.Initializers;\n\n" + source]);
            judge.Run(golden, () => networks!.Create(className!), comparison);
            bool hasPassed = comparison.Faults.Length == 0 && comparison.Largest >= 0;
            string? reason = hasPassed ? null : comparison.Faults.Length > 0 ? comparison.Faults : "nothing was compared";
            return new(family, golden.Name, hasPassed ? CaseStatus.Passed : CaseStatus.Failed, comparison.Largest < 0
                ? null : comparison.Largest, comparison.Tensor, reason);
        }
        catch (KerasUnsupportedException unsupported)
        {
            return new(family, golden.Name, CaseStatus.NotSupported, Reason: unsupported.Message);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return Failure(family, golden, exception);
        }
        finally
        {
            own?.Dispose();
        }
    }

    private static CaseResult Failure(string family, GoldenCase golden, Exception exception) =>
        new(family, golden.Name, CaseStatus.Failed, Reason: $"{exception.GetType().Name}: {exception.Message}");

    // What a case is about, in its own words: schedule CosineDecay.
    private static string Subject(GoldenCase golden) =>
        golden.Info.EnumerateObject().FirstOrDefault(property => property.Value.ValueKind == JsonValueKind.String
            && property.Name is not ("case" or "note")) is { Name: string kind } subject
            ? $"{kind} {subject.Value}"
            : "a case without a subject";
}
