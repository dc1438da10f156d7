using CompiledNets.Conformance;
using CompiledNets.Harness.Goldens;
using CompiledNets.Tests;

namespace CompiledNets.Keras.Tests;

/// <summary>What real Keras computed, through the very program that judges other folders of goldens.</summary>
public sealed class ConformanceTests
{
    /// <summary>Cases that are there to stay, by family; a star stands for anything.</summary>
    private static readonly Dictionary<string, string[]> Supported = new(StringComparer.Ordinal)
    {
        ["activations"] = ["*"],
        ["layers-attention"] = ["*"],
        ["layers-convolution"] = ["*"],
        ["layers-core"] = ["*"],
        ["layers-merging"] = ["*"],
        ["layers-normalization"] = ["*"],
        ["layers-pooling"] = ["*"],
        ["layers-recurrent"] = ["*"],
        ["losses"] = ["*_MeanSquaredError_*", "*_MeanAbsoluteError_*", "*_Huber_*", "*_LogCosh_*", "*_BinaryCrossentropy_*",
            "*_CategoricalCrossentropy_*", "*_SparseCategoricalCrossentropy_*"],
        ["metrics"] =
        [
            "*_Accuracy_*", "*_BinaryAccuracy_*", "*_CategoricalAccuracy_*", "*_SparseCategoricalAccuracy_*", "*_MeanSquaredError_*",
            "*_RootMeanSquaredError_*", "*_MeanAbsoluteError_*",
            "*_BinaryCrossentropy_*", "*_CategoricalCrossentropy_*", "*_SparseCategoricalCrossentropy_*", "*_LogCoshError_*",
        ],
        ["optimizers"] = ["*_SGD", "*_RMSprop", "*_Adam", "*_AdamW", "*_Adamax", "*_Nadam", "*_Lamb", "regularizer_*", "constraint_*",
            "schedule_*"],
        ["preprocessing"] = ["*"],
        ["training"] =
        [
            "mlp_binary_adam", "mlp_softmax_sgd", "mlp_mse_rmsprop", "mlp_batch_norm", "mlp_class_weight", "mlp_sample_weight",
            "mlp_clip_schedule", "mlp_regularized", "mlp_constrained", "mlp_average", "mlp_accumulation", "mlp_global_clip",
            "mlp_smoothing", "mlp_steps", "early_stopping", "reduce_lr", "cnn*", "lstm_relu", "gru_bidirectional", "embedding_*",
            "two_inputs_two_outputs", "siamese_shared", "frozen_base", "residual_layer_norm", "unet", "resnet_block", "masked_stack",
            "sequence_output_masked", "encoder_decoder", "conv1d_series", "transformer_block",
        ],
    };

    /// <summary>
    /// Keras's own largest error in single precision, by family (float32-error.txt); ours stays within about twice of it.
    /// </summary>
    private static readonly Dictionary<string, double> KerasError = new(StringComparer.Ordinal)
    {
        ["activations"] = 8.1e-7,
        ["layers-attention"] = 4.0e-6,
        ["layers-convolution"] = 4.7e-7,
        ["layers-core"] = 2.1e-7,
        ["layers-merging"] = 1.2e-7,
        ["layers-normalization"] = 2.9e-7,
        ["layers-pooling"] = 9.7e-8,
        ["layers-recurrent"] = 6.5e-7,
        ["losses"] = 2.3e-7,
        ["metrics"] = 3.1e-7,
        ["optimizers"] = 7.7e-7,
        // Keras resizes in single precision whatever it is given, so that its numbers are rounded as ours are.
        ["preprocessing"] = 6e-8,
        ["training"] = 1.3e-6,
    };

    [Fact]
    public void Nothing_fails_and_what_is_supported_passes()
    {
        string folder = GoldenFolder.FullPath;
        foreach ((string name, string[] patterns) in Supported)
        {
            GoldenFamily family = GoldenFamily.Read(folder, name);
            IReadOnlyList<CaseResult> results = FamilyRunner.Run(family, family.Cases);
            Assert.DoesNotContain(results, result => result.Status == CaseStatus.Failed);
            foreach (string pattern in patterns)
            {
                CaseResult[] meant = [
                    .. results.Where(result =>
                    System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, result.Case, ignoreCase: false))];
                Assert.NotEmpty(meant);
                Assert.All(meant, result => Assert.Equal(CaseStatus.Passed, result.Status));
            }

            CaseResult worst = results.MaxBy(result => result.Error ?? 0)!;
            Assert.True(worst.Error < 2 * KerasError[name], $"{worst.Case} {worst.Tensor}: {worst.Error}");
        }
    }

    [Fact]
    public void A_line_has_the_form_that_readers_expect()
    {
        CaseResult[] results =
        [
            new("layers-core", "dense_one", CaseStatus.Passed, 2.1e-7, "train/g_w0"),
            new("layers-core", "flatten", CaseStatus.Passed, 0, "infer/y0"),
            new("layers-core", "embedding", CaseStatus.NotSupported, Reason: "layer Embedding"),
        ];
        Assert.Equal("layers-core: 2 passed, 0 failed, 1 not supported, largest error 2.1e-07 (dense_one train/g_w0)",
            Report.Line("layers-core", results));
        Assert.Equal(
            """{"family":"layers-core","case":"embedding","status":"not supported","error":null,"tensor":null,"reason":"layer Embedding"}""", Report.Json(results[2]));
    }

    [Theory]
    [InlineData("folder", true)]
    [InlineData("folder --family losses --case x --json y", true)]
    [InlineData("", true)]
    [InlineData("--family losses", true)]
    [InlineData("--family", false)]
    [InlineData("losses --family", false)]
    [InlineData("folder --colour red", false)]
    public void The_command_line_is_checked(string line, bool isRight) =>
        Assert.Equal(isRight, ConformanceOptions.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)) is not null);
}
