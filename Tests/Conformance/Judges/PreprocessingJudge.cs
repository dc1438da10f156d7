using System.Numerics.Tensors;
using System.Text.Json;
using CompiledNets.Data;
using CompiledNets.Harness.Goldens;
using CompiledNets.Keras;

namespace CompiledNets.Conformance.Judges;

/// <summary>
/// What is done to data before a network sees it: functions of <c>keras.utils</c>, and layers that are classes of data here.
/// </summary>
internal sealed class PreprocessingJudge : Judge
{
    private static readonly HashSet<string> Classes = new(StringComparer.Ordinal)
    {
        "CategoryEncoding", "Discretization", "HashedCrossing", "Hashing", "IntegerLookup", "StringLookup", "TextVectorization",
    };

    public override bool Takes(GoldenCase golden) =>
        golden.Text("function") is not null || (golden.Text("class") is { } name && Classes.Contains(name));

    public override void Run(GoldenCase golden, Func<Model> makeNetwork, Comparison comparison)
    {
        KerasObject step = new(
            golden.Text("function") ?? golden.Text("class")!, golden.Part("args") ?? golden.Part("config") ?? default);
        string result = golden.Arrays.ContainsKey("y") ? "y" : "infer/y0";
        switch (step.ClassName)
        {
            case "to_categorical":
                int classes = step.Int("num_classes", 0);
                comparison.Add(result, OneHot.ToCategorical(golden["x"].ToTensor(), classes == 0 ? null : classes));
                break;
            case "pad_sequences":
                comparison.Add(result, Pad(golden, step));
                break;
            case "normalize":
                comparison.Add(result, VectorNorm.Normalize(golden["x"].ToTensor(), step.Int("axis", -1), step.Number("order", 2)));
                break;
            case "timeseries_dataset_from_array":
                Windows(golden, step, comparison);
                break;
            case "smart_resize":
                int[] size = step.Ints("size");
                string interpolation = step.Text("interpolation") ?? Interpolation.Bilinear;
                comparison.Add(result, ImageResizing.SmartResize(golden["x"].ToTensor(), size[0], size[1], interpolation));
                break;
            case "CategoryEncoding":
                CategoryEncoding encoding = new(step.Int("num_tokens", 0), Mode(step, OutputMode.MultiHot));
                Samples? weights = golden.Arrays.TryGetValue("count_weights", out NamedArray? counts) ? counts.ToTensor() : null;
                comparison.Add(result, encoding.Transform(golden["x0"].ToTensor(), weights));
                break;
            case "Discretization":
                Discretization bins = Discretize(step);
                if (golden.Arrays.TryGetValue("adapt", out NamedArray? data)) bins.Adapt(data.ToTensor());
                comparison.Add(result, bins.Transform(golden["x0"].ToTensor()));
                break;
            case "Hashing":
                Hashing hashing = new(step.Int("num_bins", 0), Token(step, "mask_value"), Salt(step), Mode(step, OutputMode.Int));
                comparison.Add(result, hashing.Transform(Categories(golden, "x0")));
                break;
            case "HashedCrossing":
                Categories[] features = [.. golden.Numbered("x").Select(feature => Categories(golden, feature.Name))];
                comparison.Add(result, new HashedCrossing(step.Int("num_bins", 0), Mode(step, OutputMode.Int)).Transform(features));
                break;
            case "IntegerLookup":
                LookUpIntegers(golden, step, result, comparison);
                break;
            case "StringLookup":
                LookUpTexts(golden, step, result, comparison);
                break;
            case "TextVectorization":
                Vectorize(golden, step, result, comparison);
                break;
            default:
                throw new KerasUnsupportedException($"{(golden.Text("function") is null ? "class" : "function")} {step.ClassName}");
        }

        step.RefuseRest();
    }

    private static Tensor<float> Pad(GoldenCase golden, KerasObject step)
    {
        double[][] sequences = [.. golden.Part("sequences")!.Value.EnumerateArray()
            .Select(sequence => sequence.EnumerateArray().Select(number => number.GetDouble()).ToArray())];
        int maxlen = step.Int("maxlen", 0);
        step.Text("dtype");
        return Sequences.Pad(
            sequences, maxlen == 0 ? null : maxlen, Side(step, "padding"), Side(step, "truncating"), (float)step.Number("value", 0));
    }

    private static SequenceSide Side(KerasObject step, string name) => step.Text(name) == "post" ? SequenceSide.Post : SequenceSide.Pre;

    private static void Windows(GoldenCase golden, KerasObject step, Comparison comparison)
    {
        int length = step.Int("sequence_length", 0), stride = step.Int("sequence_stride", 1), rate = step.Int("sampling_rate", 1);
        int start = step.Int("start_index", 0), end = step.Int("end_index", 0);
        int? last = end == 0 ? null : end;
        Tensor<float> data = golden["x"].ToTensor();
        if (golden.Arrays.TryGetValue("target", out NamedArray? target))
        {
            Dataset windows = TimeSeries.DatasetFromArray(data, target.ToTensor(), length, stride, rate, start, last);
            comparison.Add("y", windows.Features);
            comparison.Add("t", windows.Targets);
        }
        else
        {
            comparison.Add("y", TimeSeries.Windows(data, length, stride, rate, start, last));
        }
    }

    private static Discretization Discretize(KerasObject step)
    {
        double[]? boundaries = step.Take("bin_boundaries") is { } list ? Numbers(list) : null;
        int bins = step.Int("num_bins", 0);
        return new(boundaries, bins == 0 ? null : bins, step.Number("epsilon", 0.01), Mode(step, OutputMode.Int));
    }

    private static void LookUpIntegers(GoldenCase golden, KerasObject step, string result, Comparison comparison)
    {
        double[]? given = (step.Take("vocabulary") ?? golden.Part("vocabulary")) is { } list ? Numbers(list) : null;
        IntegerLookup lookup = new(
            Size(step, "max_tokens"), step.Int("num_oov_indices", 1), (long?)step.OptionalNumber("mask_token"),
            (long)step.Number("oov_token", -1), given?.Select(number => (long)number), Weights(step), Mode(step, OutputMode.Int),
            step.Bool("pad_to_max_tokens", false), step.Text("oov_method") ?? "floormod", Salt(step));
        step.Text("vocabulary_dtype");
        if (golden.Arrays.TryGetValue("adapt", out NamedArray? data)) lookup.Adapt(data.ToTensor());
        if (step.Bool("invert", false))
            comparison.Add(result, [.. lookup.InverseTransform(golden["x0"].ToTensor()).Select(number => (double)number)]);
        else
            comparison.Add(result, lookup.Transform(golden["x0"].ToTensor()));
    }

    private static void LookUpTexts(GoldenCase golden, KerasObject step, string result, Comparison comparison)
    {
        StringLookup lookup = new(
            Size(step, "max_tokens"), step.Int("num_oov_indices", 1), step.Text("mask_token"), step.Text("oov_token") ?? "[UNK]",
            outputMode: Mode(step, OutputMode.Int), padToMaxTokens: step.Bool("pad_to_max_tokens", false), salt: Salt(step));
        step.Text("encoding");
        JsonElement? own = step.Take("vocabulary");
        float[]? weights = Weights(step);
        if (golden.Part("adapt") is { } data) lookup.Adapt(Texts(data));
        else lookup.SetVocabulary(Texts(own ?? golden.Part("vocabulary")!.Value), weights);
        Expect(golden, lookup.GetVocabulary(), comparison);
        comparison.Add(result, lookup.Transform(Texts(golden.Part("texts")!.Value)));
    }

    private static void Vectorize(GoldenCase golden, KerasObject step, string result, Comparison comparison)
    {
        TextStandardization standardize = Given(step, "standardize", "lower_and_strip_punctuation") switch
        {
            "lower_and_strip_punctuation" => TextStandardization.LowerAndStripPunctuation,
            "lower" => TextStandardization.Lower,
            "strip_punctuation" => TextStandardization.StripPunctuation,
            null => TextStandardization.None,
            string other => throw step.Wrong("standardize", JsonSerializer.SerializeToElement(other)),
        };
        TextSplit split = Given(step, "split", "whitespace") switch
        {
            "whitespace" => TextSplit.Whitespace,
            "character" => TextSplit.Character,
            null => TextSplit.None,
            string other => throw step.Wrong("split", JsonSerializer.SerializeToElement(other)),
        };
        int[]? ngrams = step.Take("ngrams") is { } runs
            ? runs.ValueKind == JsonValueKind.Number ? [.. Enumerable.Range(1, runs.GetInt32())] : step.Ints("ngrams")
            : null;
        string[]? vocabulary = step.Take("vocabulary") is { } own ? Texts(own) : null;
        TextVectorization texts = new(
            Size(step, "max_tokens"), standardize, split, ngrams, Mode(step, OutputMode.Int), Size(step, "output_sequence_length"),
            step.Bool("pad_to_max_tokens", false), vocabulary, Weights(step));
        step.Text("encoding");
        step.Take("vocabulary_size");
        if (golden.Part("adapt") is { } data) texts.Adapt(Texts(data));
        Expect(golden, texts.GetVocabulary(), comparison);
        comparison.Add(result, texts.Transform(Texts(golden.Part("texts")!.Value)));
    }

    private static void Expect(GoldenCase golden, IReadOnlyList<string> vocabulary, Comparison comparison)
    {
        if (golden.Part("vocabulary") is not { } list || Texts(list).SequenceEqual(vocabulary)) return;
        comparison.Fail($"vocabulary: {string.Join(", ", Texts(list))} expected, {string.Join(", ", vocabulary)} came");
    }

    // Null is something else than nothing here.
    private static string? Given(KerasObject step, string name, string initial) => step.Has(name) ? step.Text(name) : initial;

    private static OutputMode Mode(KerasObject step, OutputMode initial) => step.Text("output_mode") switch
    {
        null => initial,
        "int" => OutputMode.Int,
        "one_hot" => OutputMode.OneHot,
        "multi_hot" or "binary" => OutputMode.MultiHot,
        "count" => OutputMode.Count,
        "tf_idf" or "tf-idf" => OutputMode.TfIdf,
        string other => throw step.Wrong("output_mode", JsonSerializer.SerializeToElement(other)),
    };

    private static int? Size(KerasObject step, string name) => step.Int(name, 0) is > 0 and int size ? size : null;

    private static float[]? Weights(KerasObject step) =>
        step.Take("idf_weights") is { } list ? Array.ConvertAll(Numbers(list), number => (float)number) : null;

    private static long[]? Salt(KerasObject step) => step.Take("salt") is not { } salt ? null
        : salt.ValueKind == JsonValueKind.Number ? [salt.GetInt64()] : [.. salt.EnumerateArray().Select(number => number.GetInt64())];

    private static string? Token(KerasObject step, string name) => step.Take(name) is not { } token ? null
        : token.ValueKind == JsonValueKind.String ? token.GetString() : token.GetRawText();

    private static Categories Categories(GoldenCase golden, string array) => golden[array].ToTensor();

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];
}
