using CompiledNets.Tests.Summary;
using CompiledNets.Tests.Training;

namespace CompiledNets.Tests.Callbacks;

/// <summary>Networks are saved when Keras would save them, under the names and with the messages of Keras.</summary>
[Collection(nameof(Alone))]
public sealed class ModelCheckpointTests
{
    [Fact]
    public void Messages_are_those_of_keras()
    {
        using Scripted.Folder folder = new();
        string every = folder.File("every-{epoch:02d}.safetensors"), best = folder.File("best.safetensors");
        string weights = folder.File("{epoch}-{val_accuracy:.2f}.safetensors");
        string printed = Scripted.Printed(() =>
        {
            foreach (ModelCheckpoint checkpoint in new ModelCheckpoint[]
            {
                new(every, verbose: Verbose.Line), new(best, saveBestOnly: true, verbose: Verbose.Line),
                new(weights, "val_accuracy", Verbose.Line, saveBestOnly: true, saveWeightsOnly: true),
            })
            {
                Console.Out.WriteLine("=====");
                LambdaCallback accuracy = new(onEpochEnd: (_, logs) => logs["val_accuracy"] = 0.3888888955116272);
                Scripted.Fit([1.68451, 1.7, 1.8], new Adam(), accuracy, checkpoint);
            }
        });
        string expected = DescribedNetworks.Golden("callbacks/model_checkpoint.txt")
            .Replace(".weights.h5", ".safetensors", StringComparison.Ordinal)
            .Replace(".keras", ".safetensors", StringComparison.Ordinal);
        Assert.Equal(expected, printed.Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
        Assert.Equal(
            ["1-0.39.safetensors", "best.safetensors", "every-01.safetensors", "every-02.safetensors", "every-03.safetensors"],
            Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_was_saved_has_the_weights_of_its_epoch()
    {
        using Scripted.Folder folder = new();
        string file = folder.File("best.safetensors");
        float[]? second = null;
        BinaryNet? trained = null;
        LambdaCallback look = new(onEpochEnd: (epoch, _) => second = epoch == 1 ? trained!.Dense.Kernel.Values.ToArray() : second);
        trained = new(seed: 1);
        trained.Compile("adam", "binary_crossentropy");
        LambdaCallback script = new(onEpochEnd: (epoch, logs) => logs["val_loss"] = Math.Abs(epoch - 1));
        trained.Fit(Examples.Binary(40), epochs: 3, verbose: Verbose.Silent,
            callbacks: [script, look, new ModelCheckpoint(file, saveBestOnly: true)]);
        BinaryNet loaded = new(seed: 2);
        loaded.LoadWeights(file);
        Assert.Equal(second, loaded.Dense.Kernel.Values.ToArray());
    }

    [Fact]
    public void Batches_are_counted_across_epochs()
    {
        using Scripted.Folder folder = new();
        // Two batches an epoch.
        Scripted.Fit([1, 1, 1], new Adam(), new ModelCheckpoint(folder.File("sub/{epoch}-{batch}.safetensors"), saveFreq: "3"));
        Assert.Equal(["2-1.safetensors", "3-2.safetensors"], Directory.GetFiles(folder.File("sub")).Select(Path.GetFileName)
            .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_threshold_is_to_be_beaten_first()
    {
        using Scripted.Folder folder = new();
        ModelCheckpoint checkpoint = new(folder.File("best.safetensors"), saveBestOnly: true, initialValueThreshold: 0.5);
        Scripted.Fit([1, 0.7, 0.6], new Adam(), checkpoint);
        Assert.Empty(Directory.GetFiles(folder.Path));
        Assert.Equal(0.5, checkpoint.Best);
    }

    [Fact]
    public void What_cannot_be_is_told()
    {
        using Scripted.Folder folder = new();
        ArgumentException field = Assert.Throws<ArgumentException>(() =>
            Scripted.Fit([1], new Adam(), new ModelCheckpoint(folder.File("{val_foo}.safetensors"))));
        Assert.Contains("there is no 'val_foo'", field.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Scripted.Fit([1], new Adam(), new ModelCheckpoint(folder.File("model.txt"))));
        Assert.Throws<ArgumentException>(() => new ModelCheckpoint("a.safetensors", saveFreq: "0"));
    }

    [Theory]
    [InlineData("{epoch}", "7")]
    [InlineData("{epoch:03d}", "007")]
    [InlineData("{loss:.3f}", "0.123")]
    [InlineData("{loss:8.2f}", "    0.12")]
    [InlineData("{loss:.1e}", "1.2e-01")]
    [InlineData("{loss}", "0.12345")]
    [InlineData("{{{epoch}}}", "{7}")]
    public void Names_are_formatted_as_in_python(string template, string name) =>
        Assert.Equal(name, FileTemplate.Fill(template, [new("epoch", 7), new("loss", 0.12345)]));
}
