using CompiledNets.Data;

namespace CompiledNets.Tests.Training;

/// <summary>Batches that are made while a network trains.</summary>
public sealed class StreamTests
{
    private static readonly Dataset Data = new(
        Numbers(50, 3), Array.ConvertAll(Enumerable.Range(0, 50).ToArray(), i => (float)(i % 2)));

    [Fact]
    public void Streams_train_as_arrays_do()
    {
        StreamNet arrays = Compiled(), stream = Compiled();
        History expected = arrays.Fit(
            Data, batchSize: 16, epochs: 3, Verbose.Silent, validationData: Data.Take(..20), shuffle: false, validationBatchSize: 16);
        History came = stream.Fit(new Chunks(Data, 16), epochs: 3, Verbose.Silent, validationData: new Chunks(Data.Take(..20), 16));
        foreach (string name in (ReadOnlySpan<string>)["loss", "accuracy", "val_loss", "val_accuracy"])
            Assert.Equal(expected[name], came[name]);
        for (int i = 0; i < arrays.Weights.Count; i++) Assert.Equal(arrays.Weights[i].Values.ToArray(), stream.Weights[i].Values.ToArray());
        Assert.Equal(arrays.Evaluate(Data, 16, Verbose.Silent)["loss"], stream.Evaluate(new Chunks(Data, 16), Verbose.Silent)["loss"]);
    }

    [Fact]
    public void Each_epoch_is_asked_for_by_its_number()
    {
        Chunks chunks = new(Data, 16);
        Compiled().Fit(chunks, epochs: 5, Verbose.Silent, initialEpoch: 3);
        // The first batch of epoch 0 tells the shape of targets.
        Assert.Equal([0, 3, 4], chunks.Epochs);
    }

    [Fact]
    public void Callbacks_see_the_batches_and_may_end_them()
    {
        StreamNet model = Compiled();
        Stopper stopper = new();
        History history = model.Fit(new Chunks(Data, 16), epochs: 9, Verbose.Silent, [stopper]);
        Assert.Single(history.Epochs);
        Assert.Equal(2, stopper.Batches);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        StreamNet model = Compiled();
        Assert.Throws<ArgumentException>(() => model.Fit(new Chunks(Data, 16) { Count = 0 }));
        Assert.Contains(
            "data.Features",
            Assert.Throws<ArgumentException>(
                () => model.Fit(new Chunks(new(Numbers(4, 2), new float[4]), 2), verbose: Verbose.Silent)).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new StreamNet(1).Fit(new Chunks(Data, 16)));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Fit(new Chunks(Data, 16), validationFrequency: 0));
    }

    private static StreamNet Compiled()
    {
        StreamNet model = new(seed: 3);
        model.Compile("adam", "binary_crossentropy", "accuracy");
        return model;
    }

    private static float[,] Numbers(int rows, int columns)
    {
        float[,] numbers = new float[rows, columns];
        for (int i = 0; i < numbers.Length; i++) numbers[i / columns, i % columns] = MathF.Sin(i);
        return numbers;
    }

    private sealed class Chunks(Dataset data, int size) : BatchStream
    {
        public List<int> Epochs { get; } = [];

        public int Count { get; init; } = data.Count;

        public override int BatchCount => (Count + size - 1) / size;

        public override IEnumerable<Dataset> Batches(int epoch = 0, CancellationToken cancellation = default)
        {
            Epochs.Add(epoch);
            for (int first = 0; first < Count; first += size) yield return data.Take(first..Math.Min(first + size, Count));
        }
    }

    private sealed class Stopper : Callback
    {
        public int Batches { get; private set; }

        public override void OnTrainBatchEnd(int batch, Logs logs)
        {
            Batches++;
            Model.StopTraining = batch == 1;
        }
    }
}

[Network]
[Input(3)]
[Dense(4, Activation.Relu)]
[Dense(1, Activation.Sigmoid)]
public sealed partial class StreamNet;
