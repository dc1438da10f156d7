using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

public sealed class IndexLookupTests
{
    [Fact]
    public void Texts_stand_in_the_vocabulary_by_how_often_they_come()
    {
        StringLookup lookup = new();
        lookup.Adapt(["b", "a", "b", "c", "a", "b", "d"]);
        Assert.Equal(["[UNK]", "b", "a", "d", "c"], lookup.GetVocabulary());
        Assert.Equal(["b", "a", "d", "c"], lookup.GetVocabulary(includeSpecialTokens: false));
        Assert.Equal(5, lookup.VocabularySize);
        Expect([2, 4, 0], lookup.Transform(["a", "c", "zzz"]));
        Assert.Equal(["a", "c", "[UNK]", "[UNK]"], lookup.InverseTransform(new[] { 2, 4, 0, 9 }));
    }

    [Fact]
    public void Texts_that_come_as_often_stand_in_the_order_of_code_points_downwards()
    {
        StringLookup lookup = new();
        lookup.Adapt(["z", "\uFFFD", "\U0001F600", "ä", "za"]);
        Assert.Equal(["\U0001F600", "\uFFFD", "ä", "za", "z"], lookup.GetVocabulary(includeSpecialTokens: false));
    }

    [Fact]
    public void A_mask_is_0_and_left_out_of_rows()
    {
        StringLookup numbers = new(maskToken: "", vocabulary: ["a", "b"]);
        Assert.Equal(["", "[UNK]", "a", "b"], numbers.GetVocabulary());
        Expect([2, 0, 1, 3], numbers.Transform(["a", "", "x", "b"]));
        Assert.Equal(["a", "", "[UNK]", "b"], numbers.InverseTransform(numbers.Transform(["a", "", "x", "b"])));
        StringLookup rows = new(maskToken: "", vocabulary: ["a", "b"], outputMode: OutputMode.Count);
        Assert.Equal(["[UNK]", "a", "b"], rows.GetVocabulary());
        Expect([1, 2, 0], rows.Transform(["a", "", "x", "a"]));
        Tensor<string> documents = Tensor.Create(["a", "b", "", "a", "a", "x"], [2, 3]);
        Tensor<float> counts = rows.Transform(documents);
        Assert.Equal([2, 3], counts.Lengths);
        Expect([0, 1, 1, 1, 2, 0], counts);
    }

    [Fact]
    public void A_vocabulary_may_have_its_special_tokens()
    {
        StringLookup lookup = new(maskToken: "", vocabulary: ["", "[UNK]", "a"]);
        Assert.Equal(["", "[UNK]", "a"], lookup.GetVocabulary());
        Expect([2], lookup.Transform(["a"]));
    }

    // Keras's own examples of IntegerLookup.
    [Fact]
    public void Whole_numbers_are_looked_up()
    {
        IntegerLookup lookup = new(vocabulary: [12, 36, 1138, 42]);
        Tensor<float> numbers = lookup.Transform(new[,] { { 12, 1138, 42 }, { 42, 1000, 36 } });
        Assert.Equal([2, 3], numbers.Lengths);
        Expect([1, 3, 4, 4, 0, 2], numbers);
        Assert.Equal([12L, 1138, 42, 42, -1, 36], lookup.InverseTransform(numbers));
        IntegerLookup several = new(numOovIndices: 2, vocabulary: [12, 36, 1138, 42]);
        Expect([2, 4, 5, 1, 0, 1], several.Transform(new[] { 12, 1138, 42, 37, 1000, -1 }));
        IntegerLookup learned = new(maskToken: 0);
        learned.Adapt(new[,] { { 12, 1138, 42 }, { 42, 1000, 36 } });
        Assert.Equal([0L, -1, 42, 1138, 1000, 36, 12], learned.GetVocabulary());
    }

    [Fact]
    public void Several_numbers_of_unknown_texts_are_shared_by_their_hash()
    {
        StringLookup lookup = new(numOovIndices: 3, vocabulary: ["x"]);
        Expect([1, 0, 1, 1, 2, 3], lookup.Transform(["A", "B", "C", "D", "E", "x"]));
        StringLookup salted = new(numOovIndices: 3, vocabulary: ["x"], salt: [133, 137]);
        Expect([1, 2, 1, 0, 2], salted.Transform(["A", "B", "C", "D", "E"]));
    }

    // Keras's own example: weights of two documents of which each token is in one.
    [Fact]
    public void Counts_are_weighted_by_how_rare_tokens_are()
    {
        StringLookup given = new(vocabulary: ["a", "b", "c", "d"], idfWeights: [.25f, .75f, .6f, .4f], outputMode: OutputMode.TfIdf);
        Tensor<float> rows = given.Transform(Tensor.Create(["a", "c", "d", "d", "d", "z", "b", "z"], [2, 4]));
        Assert.Equal([2, 5], rows.Lengths);
        Expect([0, .25f, 0, .6f, .8f, 1, 0, .75f, 0, .4f], rows);
        StringLookup learned = new(outputMode: OutputMode.TfIdf);
        learned.Adapt([["a", "a", "b"], ["a"], ["b", "c"]]);
        float a = MathF.Log(1 + (3 / 3f)), c = MathF.Log(1 + (3 / 2f));
        Assert.Equal(["[UNK]", "a", "b", "c"], learned.GetVocabulary());
        float[] row = TensorRows.Numbers(learned.Transform(["a", "a", "c", "?"]));
        Assert.Equal([(2 * a + c) / 3, 2 * a, 0, c], row.Select(number => number), (x, y) => MathF.Abs(x - y) < 1e-6f);
    }

    [Fact]
    public void A_vocabulary_is_limited_and_rows_are_filled_up()
    {
        StringLookup lookup = new(maxTokens: 3);
        lookup.Adapt(["a", "a", "b", "b", "b", "c"]);
        Assert.Equal(["[UNK]", "b", "a"], lookup.GetVocabulary());
        StringLookup padded = new(maxTokens: 5, vocabulary: ["a"], outputMode: OutputMode.MultiHot, padToMaxTokens: true);
        Expect([1, 1, 0, 0, 0], padded.Transform(["a", "q", "a"]));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Throws<InvalidOperationException>("This StringLookup has no vocabulary yet", () => new StringLookup().Transform(["a"]));
        Throws<InvalidOperationException>("This StringLookup was given its vocabulary", () => new StringLookup(vocabulary: ["a"])
            .Adapt(["b"]));
        Throws<ArgumentException>("Expected each token once. Received: 'a' again at 2",
            () => new StringLookup(vocabulary: ["a", "b", "a"]));
        Throws<ArgumentException>("Expected the mask 'm' nowhere but at the start",
            () => new StringLookup(maskToken: "m", vocabulary: ["a", "m"]));
        Throws<ArgumentException>("Expected at most 2 numbers in all", () => new StringLookup(maxTokens: 2, vocabulary: ["a", "b"]));
        Throws<ArgumentException>("Expected room for a token", () => new StringLookup(maxTokens: 1));
        Throws<ArgumentException>("Expected at least one token beside '[UNK]'", () => new StringLookup().Adapt(["[UNK]"]));
        Throws<ArgumentException>("Expected idfWeights in the mode TfIdf",
            () => new StringLookup(vocabulary: ["a"], outputMode: OutputMode.TfIdf));
        Throws<ArgumentException>("Expected tokens of the vocabulary", () => new StringLookup(numOovIndices: 0, vocabulary: ["a"])
            .Transform(["b"]));
        Throws<ArgumentException>("Expected whole numbers", () => new IntegerLookup(vocabulary: [1]).Transform(new[] { 0.5f }));
        Throws<ArgumentException>("Expected maxTokens where padToMaxTokens", () => new StringLookup(padToMaxTokens: true));
        Throws<ArgumentException>("Expected a salt beside oovMethod", () => new IntegerLookup(salt: [1]));
    }

    private static void Throws<T>(string message, Func<object> code) where T : Exception =>
        Assert.StartsWith(message, Assert.ThrowsAny<T>(code).Message, StringComparison.Ordinal);

    private static void Throws<T>(string message, Action code) where T : Exception =>
        Assert.StartsWith(message, Assert.ThrowsAny<T>(code).Message, StringComparison.Ordinal);

    private static void Expect(float[] numbers, Tensor<float> came) => Assert.Equal(numbers, TensorRows.Numbers(came));
}
