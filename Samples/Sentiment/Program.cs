using CompiledNets;
using CompiledNets.Data;
using CompiledNets.Samples;

// Tells sentences that praise from sentences that complain. Words become numbers, which are learned from the sentences to train on; in the
// network each word looks at the others, and steps that a short sentence does not have are masked.
SampleOptions options = SampleOptions.Parse(args, "sentences.csv", epochs: 60);
CsvData csv = CsvData.Read(options.Data, hasHeader: true);
string[] sentences = csv.Strings("Sentence");
float[] labels = [.. csv.Strings("Label").Select(label => label == "good" ? 1f : 0f)];
List<double> scores = [];

foreach (int seed in options.Seeds)
{
    (int[] train, int[] test) = TrainTestSplit.Stratified(labels, testSize: 0.25, seed);
    TextVectorization words = new(maxTokens: SentimentNet.Words, outputSequenceLength: SentimentNet.Steps);
    words.Adapt([.. train.Select(row => sentences[row])]);
    Dataset data = new(words.Transform(sentences), labels);

    SentimentNet model = new(seed);
    model.Compile("adam", "binary_crossentropy", "accuracy");
    model.Fit(data.Take(train), batchSize: 16, options.Epochs, options.Verbose);
    double accuracy = model.Evaluate(data.Take(test), verbose: Verbose.Silent)["accuracy"];
    Console.WriteLine($"Test Accuracy: {accuracy:F3}");
    scores.Add(accuracy);

    string[] others = ["The waiter was great and the soup was delicious", "A boring film and a waste of an evening"];
    float[] praise = [.. model.Predict(words.Transform(others))];
    for (int i = 0; i < others.Length; i++) Console.WriteLine($"{praise[i]:F2}  {others[i]}");
}

options.PrintMean("accuracy", scores);

/// <summary>Numbers of words, 0 where a sentence has ended.</summary>
[Network]
[Input(Steps)]
[Embedding(Words, 16, MaskZero = true)]
[MultiHeadAttention(2, 8)]
[GlobalAveragePooling1D]
[Dropout(0.5)]
[Dense(1, Activation.Sigmoid)]
public sealed partial class SentimentNet
{
    internal const int Words = 400;
    internal const int Steps = 14;
}
