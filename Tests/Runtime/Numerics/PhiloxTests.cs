using CompiledNets.Numerics;

namespace CompiledNets.Tests.Numerics;

/// <summary>Random numbers: the answers that the authors of Philox publish, and the same numbers in lanes of every width.</summary>
public sealed class PhiloxTests
{
    // kat_vectors of Random123: philox4x32, 10 rounds.
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0ul, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xfffffffffffffffful, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u,
        0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0x299f31d0a4093822ul, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u,
        0x24126ea1u)]
    public void Gives_the_published_answers(uint c0, uint c1, uint c2, uint c3, ulong key, uint r0, uint r1, uint r2, uint r3) =>
        Assert.Equal((r0, r1, r2, r3), Philox.Numbers(c0, c1, c2, c3, key));

    [Fact]
    public void Fractions_are_even_and_below_one()
    {
        double sum = 0, squares = 0;
        const int count = 100_000;
        for (uint i = 0; i < count; i++)
        {
            float fraction = Philox.Fraction(Philox.Numbers(i, 0, 0, 0, 42).R0);
            Assert.InRange(fraction, 0f, 0.99999994f);
            sum += fraction;
            squares += fraction * fraction;
        }

        Assert.Equal(0.5, sum / count, 0.005);
        Assert.Equal(1.0 / 3, squares / count, 0.005);
    }

    [Fact]
    public void A_key_depends_on_seed_purpose_and_index()
    {
        ulong[] keys = [Philox.DeriveKey(1, 1, 0), Philox.DeriveKey(2, 1, 0), Philox.DeriveKey(1, 2, 0), Philox.DeriveKey(1, 1, 1)];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }
}
