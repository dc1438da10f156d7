using System.Text.Json;
using CompiledNets.Conformance;
using CompiledNets.Harness.Goldens;

namespace CompiledNets.Keras.Tests;

/// <summary>The judgement itself: what is wrong is seen, and stays with its case.</summary>
public sealed class FamilyRunnerTests
{
    private static readonly NamedArray Input = new("x0", "float64", [2, 6], [.. Enumerable.Range(0, 12).Select(i => i / 4.0)]);

    [Fact]
    public void A_right_answer_passes() =>
        Assert.Equal(CaseStatus.Passed, Run(Case("""{"class": "Identity", "config": {}}""", Input with { Name = "infer/y0" })).Status);

    [Fact]
    public void Wrong_numbers_fail_by_the_name_of_the_tensor()
    {
        CaseResult result = Run(Case("""{"class": "Rescaling", "config": {"scale": 2.0, "offset": 0.0}}""",
            Input with { Name = "infer/y0" }));
        Assert.Equal(CaseStatus.Failed, result.Status);
        Assert.StartsWith("infer/y0: error 1.0e+00", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_right_numbers_in_a_wrong_shape_fail()
    {
        CaseResult result = Run(Case("""{"class": "Reshape", "config": {"target_shape": [2, 3]}}""",
            Input with { Name = "infer/y0", Shape = [2, 3, 2] }));
        Assert.Equal(CaseStatus.Failed, result.Status);
        Assert.StartsWith("infer/y0: shape (2, 3, 2) expected, (2, 2, 3) came", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_another_name_fail()
    {
        CaseResult result = Run(Case("""{"class": "Dense", "config": {"units": 1}, "weights": ["dense/bias", "dense/kernel"]}""",
            new NamedArray("w0", "float64", [1], [0]), new NamedArray("w1", "float64", [6, 1], new double[6]),
                new NamedArray("infer/y0", "float64", [2, 1], [0, 0])));
        Assert.Equal(CaseStatus.Failed, result.Status);
        Assert.StartsWith("Keras has the weights (bias, kernel)", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_case_that_does_not_compile_fails_alone()
    {
        GoldenCase[] cases =
        [
            Case("""{"class": "Reshape", "config": {"target_shape": [5]}}""", Input with { Name = "infer/y0" }) with { Name = "wrong" },
            Case("""{"class": "Identity", "config": {}}""", Input with { Name = "infer/y0" }) with { Name = "right" },
        ];
        Assert.Equal([CaseStatus.Failed, CaseStatus.Passed], FamilyRunner.Run(new("family", cases), cases).Select(result => result.Status));
    }

    [Fact]
    public void A_case_that_cannot_be_read_fails_alone()
    {
        GoldenCase[] cases =
        [
            new("wrong", JsonDocument.Parse("""{"case": "wrong", "activation": "relu"}""").RootElement,
                new Dictionary<string, NamedArray> { ["x"] = new("x", "float64", [], [1]) }),
            Case("""{"class": "Identity", "config": {}}""", Input with { Name = "infer/y0" }) with { Name = "right" },
        ];
        Assert.Equal([CaseStatus.Failed, CaseStatus.Passed], FamilyRunner.Run(new("family", cases), cases).Select(result => result.Status));
    }

    [Theory]
    [InlineData("""{"case": "c", "schedule": "CosineDecay", "args": {}}""", "schedule CosineDecay")]
    [InlineData("""{"case": "c", "class": "Add", "config": {}}""", "Add called with one value")]
    [InlineData("""{"case": "c", "class": "Identity", "config": {}, "call": {"mask": "..."}}""", "Identity called with mask")]
    [InlineData("""{"case": "c", "activation": "leaky_relu", "negative_slope": 0.05}""", "activation leaky_relu with negative_slope 0.05")]
    public void What_is_not_there_is_named(string entry, string reason)
    {
        var arrays = new Dictionary<string, NamedArray> { ["x0"] = Input, ["x"] = Input };
        CaseResult result = Run(new("c", JsonDocument.Parse(entry).RootElement, arrays));
        Assert.Equal((CaseStatus.NotSupported, reason), (result.Status, result.Reason));
    }

    private static GoldenCase Case(string entry, params NamedArray[] arrays) =>
        new("case", JsonDocument.Parse(entry).RootElement, arrays.Append(Input).ToDictionary(array => array.Name, StringComparer.Ordinal));

    private static CaseResult Run(GoldenCase golden) => Assert.Single(FamilyRunner.Run(new("family", [golden]), [golden]));
}
