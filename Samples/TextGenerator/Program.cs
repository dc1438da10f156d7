using System.Text;
using CompiledNets;
using CompiledNets.Samples;

// Learns a poem letter by letter, and goes on from its first words. The network is trained on runs of letters, each of which it has to tell
// from those before; another one with the same weights takes a letter at a time, keeps its state, and draws the next.
const int Run = TextNet.Steps, Length = 240;
SampleOptions options = SampleOptions.Parse(args, ["the-raven.txt"], epochs: 30, Verbose.Line);
string text = File.ReadAllText(options.Data).ToLowerInvariant().ReplaceLineEndings("\n");
if (text.FirstOrDefault(letter => !TextNet.Letters.Contains(letter)) is var other and not '\0')
{
    Console.Error.WriteLine($"'{other}' is none of the letters that the network knows: {TextNet.Letters.ReplaceLineEndings("\\n")}");
    return 1;
}

float[] letters = [.. text.Select(letter => (float)TextNet.Letters.IndexOf(letter))];
int[] starts = [.. Enumerable.Range(0, (letters.Length - Run - 1) / 5).Select(run => run * 5)];
float[][] x = [.. starts.Select(start => letters[start..(start + Run)])];
float[][] y = [.. starts.Select(start => letters[(start + 1)..(start + Run + 1)])];
List<double> scores = [];

foreach (int seed in options.Seeds)
{
    TextNet model = new(seed);
    model.Compile(new Adam(0.005), "sparse_categorical_crossentropy", "accuracy");
    History history = model.Fit(x, y, batchSize: 32, options.Epochs, options.Verbose);
    Console.WriteLine($"Accuracy: {history["accuracy"][^1]:F3}");
    scores.Add(history["accuracy"][^1]);

    LetterNet writer = new(seed);
    for (int i = 0; i < model.Weights.Count; i++) writer.Weights[i].Assign(model.Weights[i].Values);
    foreach (float temperature in new[] { 0.2f, 0.6f, 1.2f })
    {
        Console.WriteLine();
        Console.WriteLine($"Temperature {temperature:F1}:");
        Console.WriteLine(Write(writer.CreateStream(), "once upon a midnight", temperature, new Random(seed)));
    }
}

options.PrintMean("accuracy", scores);
return 0;

// The beginning, and the letters that the network draws after it. A low temperature takes the likeliest nearly always, a high one dares
// more.
static string Write(PredictionStream stream, string beginning, float temperature, Random random)
{
    StringBuilder written = new(beginning);
    float[] shares = new float[TextNet.Letters.Length];
    foreach (char letter in beginning) stream.Predict([TextNet.Letters.IndexOf(letter)], shares);
    while (written.Length < Length)
    {
        int next = Draw(shares, temperature, random);
        written.Append(TextNet.Letters[next]);
        stream.Predict([next], shares);
    }

    return written.ToString();
}

static int Draw(float[] shares, float temperature, Random random)
{
    double[] weights = [.. shares.Select(share => Math.Pow(share, 1 / temperature))];
    double left = random.NextDouble() * weights.Sum();
    int drawn = 0;
    while (drawn < weights.Length - 1 && (left -= weights[drawn]) > 0) drawn++;
    return drawn;
}

/// <summary>Runs of letters: at each, the shares of those that may come next.</summary>
[Network]
[Input(Steps)]
[Embedding(Count, 32)]
[LSTM(Units, ReturnSequences = true)]
[Dense(Count, Activation.Softmax)]
public sealed partial class TextNet
{
    /// <summary>What the text is written in.</summary>
    public const string Letters = "\n !\"',.:;?abcdefghijklmnopqrstuvwxyz";

    /// <summary>Letters of a run.</summary>
    public const int Steps = 40;

    internal const int Count = 36;
    internal const int Units = 128;
}

/// <summary>The same layers with one letter at a time, whose states are kept.</summary>
[Network]
[Input(1)]
[Embedding(TextNet.Count, 32)]
[LSTM(TextNet.Units, Stateful = true)]
[Dense(TextNet.Count, Activation.Softmax)]
public sealed partial class LetterNet;
