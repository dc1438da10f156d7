using CompiledNets.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CompiledNets.Generator.Tests;

/// <summary>Calls with data of every kind mean one thing in every version of C# that a project may have.</summary>
public sealed class LanguageVersionTests
{
    private const string Calls = """
        using System.Numerics.Tensors;
        using CompiledNets;
        using CompiledNets.Data;

        internal static class Calls
        {
            public static void Make(
                Model model, Dataset data, Tensor<float> tensor, float[] row, float[,] grid, float[][] rows, double[,] doubles, double[][] doubleRows, int[] labels)
            {
                History history = model.Fit(grid, row, 10, 3, Verbose.Silent);
                history = model.Fit(data, 10, 3, Verbose.Silent, null, 0.2);
                history = model.Fit(tensor, tensor, sampleWeight: data.SampleWeights);
                history = model.Fit(rows, labels, sampleWeight: row, validationData: new Dataset(doubles, labels));
                Logs logs = model.Evaluate(doubleRows, labels, 10, Verbose.Silent, row);
                logs = model.Evaluate(data, 10);
                logs = model.TestOnBatch(grid, row);
                logs = model.TrainOnBatch(grid, row);
                logs = model.TrainOnBatch(tensor, row);
                double loss = model.TrainOnBatch(row, row);
                loss = model.TrainOnBatch([1, 2], [1]);
                loss = model.TrainOnBatch(row.AsSpan(0, 2), row);
                float[] outputs = model.Predict(row);
                outputs = model.Predict([1f, 2f]);
                outputs = model.Predict(data.Row(0));
                outputs = model.Predict(row.AsSpan(1));
                model.Predict(row, outputs);
                model.Predict(data.Row(0), outputs);
                Tensor<float> batch = model.Predict(tensor);
                batch = model.Predict(grid, 10, Verbose.Line, 2);
                batch = model.Predict(rows, cancellationToken: default);
                batch = model.Forward(doubles, training: true);
                batch = model.Backward(grid);
                int[] classes = model.PredictClasses(doubles, 0.5f);
            }
        }
        """;

    [Theory]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.CSharp14)]
    public void Calls_mean_one_thing(LanguageVersion version)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText("using System;\n" + Calls, new CSharpParseOptions(version));
        IEnumerable<Diagnostic> problems = CompiledNetworks.Compilation([]).AddSyntaxTrees(tree).GetDiagnostics();
        Assert.DoesNotContain(problems, problem => problem.Severity >= DiagnosticSeverity.Warning);
    }
}
