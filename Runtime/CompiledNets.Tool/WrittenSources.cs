using System.Security;
using CompiledNets.Keras;

namespace CompiledNets.Tool;

/// <summary>The C# files of an import.</summary>
internal static class WrittenSources
{
    /// <summary>The class as a file.</summary>
    /// <param name="names">What files and classes are called.</param>
    /// <param name="space">The namespace; null for none.</param>
    /// <param name="kerasFile">The name of the file it comes from.</param>
    /// <param name="declaration">The class as Keras's config says.</param>
    public static string Network(WrittenNames names, string? space, string kerasFile, string declaration) =>
        $"{NetworkSource.Usings}\n{Namespace(space)}" +
        $"/// <summary>The network of {InComment(kerasFile)}; its weights are in {names.Weights}.</summary>\n" + declaration;

    /// <summary>The test of the class as a file.</summary>
    /// <param name="names">What files and classes are called.</param>
    /// <param name="space">The namespace; null for none.</param>
    public static string SelfTest(WrittenNames names, string? space) =>
        $$"""
            using System;
            using System.Collections.Generic;
            using System.IO;
            using System.Numerics.Tensors;
            using CompiledNets.Data;
            using CompiledNets.Files;

            {{Namespace(space)}}/// <summary>Tells whether <see cref="{{names.ClassName}}"/> predicts what it should.</summary>
            public static class {{names.TestClass}}
            {
                // Sums of single precision, which processors add in different orders.
                private const double Tolerance = 1e-4;

                /// <summary>Loads the weights, predicts the inputs of {{names.TestData}} and compares with the outputs there.</summary>
                /// <param name="folder">Where the files are; empty for the folder of the program.</param>
                /// <exception cref="InvalidDataException">A number is another one; the message says which.</exception>
                public static void Run(string folder = "")
                {
                    if (folder.Length == 0) folder = AppContext.BaseDirectory;
                    {{names.ClassName}} model = new();
                    model.LoadWeights(Path.Combine(folder, "{{names.Weights}}"));
                    IReadOnlyDictionary<string, Tensor<float>> numbers = NpzFile.Read(Path.Combine(folder, "{{names.TestData}}"));
                    List<Samples> inputs = [];
                    while (numbers.TryGetValue(FormattableString.Invariant($"x{inputs.Count}"), out var x)) inputs.Add(x);
                    Tensor<float>[] outputs = model.Predict(inputs);
                    for (int i = 0; i < outputs.Length; i++) Compare(i, outputs[i], numbers[FormattableString.Invariant($"y{i}")]);
                }

                private static void Compare(int output, Tensor<float> actual, Tensor<float> expected)
                {
                    float[] came = new float[actual.FlattenedLength], wanted = new float[expected.FlattenedLength];
                    actual.FlattenTo(came);
                    expected.FlattenTo(wanted);
                    if (came.Length != wanted.Length)
                        throw new InvalidDataException(FormattableString.Invariant(
                            $"Output {output}: expected {wanted.Length} numbers, but {came.Length} came."));
                    for (int i = 0; i < came.Length; i++)
                    {
                        if (Math.Abs(came[i] - wanted[i]) <= Tolerance * Math.Max(1, Math.Abs(wanted[i]))) continue;
                        throw new InvalidDataException(FormattableString.Invariant(
                            $"Output {output}, number {i}: expected {wanted[i]}, but {came[i]} came."));
                    }
                }
            }

            """.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static string InComment(string text) =>
        SecurityElement.Escape(string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)));

    private static string Namespace(string? space) => space is null ? "" : $"namespace {space};\n\n";
}
