using System.Numerics.Tensors;
using CompiledNets.Tests.Training;

namespace CompiledNets.Tests.Losses;

/// <summary>What is probably a mistake about targets is said, once.</summary>
public sealed class DoubtTests
{
    [Fact]
    public void Targets_of_a_binary_crossentropy_outside_0_to_1()
    {
        BinaryCrossentropy loss = new();
        Assert.Null(loss.Doubt([0, 1, 0.5f, 1], 2, 2));
        Assert.StartsWith("the loss 'binary_crossentropy' takes targets from 0 to 1, but target 2 stands in row 1.",
            loss.Doubt([0, 1, 2, 1], 2, 2), StringComparison.Ordinal);
        Assert.Contains("target -1 stands in row 0", loss.Doubt([-1, 1], 1, 1), StringComparison.Ordinal);
        Assert.Null(new MeanSquaredError().Doubt([-1, 2], 1, 1));
    }

    [Fact]
    public void Crossentropies_of_several_classes_on_one_output_say_what_to_use_instead()
    {
        Assert.Contains("use BinaryCrossentropy", new CategoricalCrossentropy().Doubt([0, 1], 1, 1), StringComparison.Ordinal);
        Assert.Contains("use BinaryCrossentropy", new SparseCategoricalCrossentropy().Doubt([0, 0], 1, 1), StringComparison.Ordinal);
        Assert.Null(new CategoricalCrossentropy().Doubt([0, 1], 2, 2));
        BinaryNet model = new(1);
        model.Compile("adam", "sparse_categorical_crossentropy");
        string message = Assert.ThrowsAny<ArgumentException>(() => model.Fit(Examples.Binary(20), verbose: Verbose.Silent)).Message;
        Assert.Contains("[0, 1)", message, StringComparison.Ordinal);
        Assert.Contains("use BinaryCrossentropy", message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_said_once()
    {
        TextWriter before = Console.Error;
        StringWriter written = new();
        Console.SetError(TextWriter.Synchronized(written));
        try
        {
            DoubtedNet model = new(1);
            model.Compile("sgd", "binary_crossentropy");
            for (int i = 0; i < 3; i++) model.Fit(Examples.Features(8, 6), Tensor.Create(new float[] { 0, 1, 2, 1, 0, 1, 0, 1 }),
                verbose: Verbose.Silent);
        }
        finally
        {
            Console.SetError(before);
        }

        Assert.Single(written.ToString().Split('\n'), line =>
            line.StartsWith("Warning: 'DoubtedNet': the loss 'binary_crossentropy' takes targets from 0 to 1", StringComparison.Ordinal));
    }
}

/// <summary>A network that no other test warns of.</summary>
[Network]
[Input(6)]
[Dense(1, Activation.Sigmoid)]
internal sealed partial class DoubtedNet;
