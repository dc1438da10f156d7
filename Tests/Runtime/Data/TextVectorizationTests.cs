using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

public sealed class TextVectorizationTests
{
    [Theory]
    [InlineData(TextStandardization.LowerAndStripPunctuation, "Don't b-c_d É\u00a0x!", "dont bcd É\u00a0x")]
    [InlineData(TextStandardization.Lower, "Don't É!", "don't É!")]
    [InlineData(TextStandardization.StripPunctuation, "Don't {É}~!", "Dont É")]
    [InlineData(TextStandardization.None, "Don't!", "Don't!")]
    public void Texts_are_standardized_as_in_Keras(TextStandardization standardize, string text, string standard) =>
        Assert.Equal([standard], new TextVectorization(standardize: standardize, split: TextSplit.None).Tokenize(text));

    [Fact]
    public void Texts_are_taken_apart()
    {
        Assert.Equal(["a", "bc"], new TextVectorization().Tokenize(" a \t\n bc "));
        Assert.Equal(["a", " ", "\U0001F600"], new TextVectorization(split: TextSplit.Character).Tokenize("A \U0001F600"));
        Assert.Equal(["a", "b", "c", "a b", "b c"], new TextVectorization(ngrams: [1, 2]).Tokenize("a b c"));
        Assert.Equal(["a b c"], new TextVectorization(ngrams: [3, 4]).Tokenize("a b c"));
        TextVectorization own = new() { StandardizeWith = text => text + ";x", SplitWith = text => text.Split(';') };
        Assert.Equal(["A b", "c", "x"], own.Tokenize("A b;c"));
    }

    [Fact]
    public void Short_texts_are_filled_and_long_ones_cut()
    {
        TextVectorization texts = new(vocabulary: ["the", "cat"]);
        Tensor<float> longest = texts.Transform(["the cat sat", "cat"]);
        Assert.Equal([2, 3], longest.Lengths);
        Assert.Equal([2f, 3, 1, 3, 0, 0], TensorRows.Numbers(longest));
        Assert.Equal([[2, 3, 1], [3], []], texts.TransformRagged(["the cat sat", "cat", ""]));
        TextVectorization two = new(outputSequenceLength: 2, vocabulary: ["the", "cat"]);
        Assert.Equal([2f, 3, 3, 0], TensorRows.Numbers(two.Transform(["the cat sat", "cat"])));
        Assert.Equal(4, texts.VocabularySize);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextVectorization(outputMode: OutputMode.OneHot));
        Assert.Throws<ArgumentException>(() => new TextVectorization(outputMode: OutputMode.Count, outputSequenceLength: 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextVectorization(outputSequenceLength: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextVectorization(ngrams: [0]));
        Assert.Throws<InvalidOperationException>(() => new TextVectorization().Transform(["a"]));
        Assert.Throws<InvalidOperationException>(() => new TextVectorization(outputMode: OutputMode.Count, vocabulary: ["a"])
            .TransformRagged(["a"]));
        Assert.Throws<ArgumentException>(() => new TextVectorization().Adapt(["...", ""]));
    }
}
