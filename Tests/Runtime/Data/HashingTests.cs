using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

/// <summary>Bins that Keras's own tests and documentation give (hashing_test.py, hashed_crossing_test.py).</summary>
public sealed class HashingTests
{
    private static readonly string[] Letters = ["A", "B", "C", "D", "E"];
    private static readonly string[] Words = ["omar", "stringer", "marlo", "wire", "skywalker"];

    [Fact]
    public void Texts_have_Keras_s_bins()
    {
        Expect([1, 0, 1, 1, 2], new Hashing(3).Transform(Letters));
        Expect([0, 0, 1, 0, 0], new Hashing(2).Transform(Words));
        Expect([0, 0, 0, 0, 0], new Hashing(1).Transform(Letters));
    }

    [Fact]
    public void A_salt_makes_other_bins()
    {
        Expect([1, 2, 1, 0, 2], new Hashing(3, salt: [133, 137]).Transform(Letters));
        Expect([0, 0, 2, 1, 0], new Hashing(3, salt: [133]).Transform(Letters));
        Expect([0, 1, 0, 1, 0], new Hashing(2, salt: [133, 137]).Transform(Words));
        Expect([1, 0, 1, 0, 1], new Hashing(2, salt: [211, 137]).Transform(Words));
        Expect([1, 1, 2, 0, 1], new Hashing(3, salt: [133, 137]).Transform(new[] { 0, 1, 2, 3, 4 }));
    }

    [Fact]
    public void A_mask_has_bin_0_for_itself()
    {
        Expect([1, 1, 0, 2, 2], new Hashing(3, maskValue: "").Transform(new[] { "A", "B", "", "C", "D" }));
        Expect([0, 1, 2, 1, 1], new Hashing(3, maskValue: "omar").Transform(Words));
    }

    [Fact]
    public void Numbers_are_hashed_as_decimal_text()
    {
        Expect([1, 0, 1, 0, 2], new Hashing(3).Transform(new[] { 0, 1, 2, 3, 4 }));
        Expect([1, 0, 1, 0, 2], new Hashing(3).Transform(Tensor.Create([0.9f, 1, 2.5f, 3, 4], [5])));
        Expect([1, 0, 1, 0, 2], new Hashing(3).Transform(new[] { "0", "1", "2", "3", "4" }));
        Assert.Equal([5, 1], new Hashing(3).Transform(Tensor.Create([0f, 1, 2, 3, 4], [5, 1])).Lengths);
    }

    [Fact]
    public void Rows_have_a_place_for_each_bin()
    {
        Tensor<float> rows = new Hashing(3, outputMode: OutputMode.OneHot).Transform(Letters);
        Assert.Equal([5, 3], rows.Lengths);
        Assert.Equal([0f, 1, 0, 1, 0, 0], TensorRows.Numbers(rows)[..6]);
        Expect([1, 3, 1], new Hashing(3, outputMode: OutputMode.Count).Transform(Letters));
    }

    [Fact]
    public void Combinations_have_Keras_s_bins()
    {
        string[] first = ["A", "B", "A", "B", "A"];
        int[] second = [101, 101, 101, 102, 102];
        Expect([1, 4, 1, 1, 3], new HashedCrossing(5).Transform(first, second));
        Tensor<float> rows = new HashedCrossing(5, OutputMode.OneHot).Transform(first, second);
        Assert.Equal([5, 5], rows.Lengths);
        Assert.Equal([0f, 1, 0, 0, 0, 0, 0, 0, 0, 1], TensorRows.Numbers(rows)[..10]);
    }

    // By the C++ of FarmHash, of the first letters of abc...zabc...
    [Theory]
    [InlineData(0, 0x9ae16a3b2f90404fUL)]
    [InlineData(3, 0x24a5b3a074e7f369UL)]
    [InlineData(4, 0x1a5502de4a1f8101UL)]
    [InlineData(7, 0x3c40c92b1ccb7355UL)]
    [InlineData(8, 0xfee9d22990c82909UL)]
    [InlineData(16, 0x54630bad7705cebdUL)]
    [InlineData(17, 0x9e2106c72d7793a8UL)]
    [InlineData(32, 0xff96b8a54087359aUL)]
    [InlineData(33, 0x1bd257e2fc3da812UL)]
    [InlineData(64, 0x9c4a595c23bb9bfaUL)]
    [InlineData(65, 0x2434d8917886fe2aUL)]
    [InlineData(128, 0xc3244d5ec8a4474aUL)]
    [InlineData(129, 0x9b1ca0571b8cefd4UL)]
    [InlineData(200, 0x25d40299e8419af6UL)]
    public void Fingerprints_are_those_of_FarmHash(int length, ulong fingerprint) =>
        Assert.Equal(fingerprint, FarmHash.Hash64(string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26))))));

    // Appendix A of the paper: the key and the text are 0, 1, 2, ...
    [Fact]
    public void Hashes_with_a_key_are_those_of_SipHash() => Assert.Equal(
        0xa129ca6149be45e5UL, SipHash.Hash64([.. Enumerable.Range(0, 15).Select(i => (byte)i)], 0x0706050403020100, 0x0f0e0d0c0b0a0908));

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Hashing(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Hashing(3, outputMode: OutputMode.TfIdf));
        Assert.Throws<ArgumentException>(() => new Hashing(3, salt: [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => new Hashing(3).Transform(Tensor.Create([float.NaN], [1])));
        Assert.Throws<ArgumentException>(() => new HashedCrossing(3).Transform(Letters));
        Assert.StartsWith(
            "Expected features of shape (samples) or (samples, 1), all alike. Received: (5,) and (2,)",
            Assert.Throws<ArgumentException>(() => new HashedCrossing(3).Transform(Letters, new[] { 1, 2 })).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Expected texts, but found null at position 1",
            Assert.Throws<ArgumentException>(() => new Hashing(3).Transform(new[] { "a", null! })).Message, StringComparison.Ordinal);
    }

    private static void Expect(float[] bins, Tensor<float> came) => Assert.Equal(bins, TensorRows.Numbers(came));
}
