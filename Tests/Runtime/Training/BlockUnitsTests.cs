using CompiledNets.Numerics;

namespace CompiledNets.Tests.Training;

/// <summary>Units of work: whatever the cache and the number of threads, each block is in one of them.</summary>
public sealed class BlockUnitsTests
{
    [Theory]
    [InlineData(512 * 1024)]
    [InlineData(1024 * 1024)]
    [InlineData(16 * 1024)]
    public void Every_block_is_in_one_unit(int cacheBytes)
    {
        foreach (int blockFloats in new[] { 100, 33_000, 5_000_000 })
        {
            foreach (int parameters in new[] { 500, 7_000_000 })
            {
                BlockUnits units = new(blockFloats, parameters, cacheBytes);
                for (int blocks = 1; blocks < 40; blocks++)
                    for (int workers = 1; workers <= Math.Min(blocks, 3); workers++)
                        Assert.Equal(Enumerable.Range(0, blocks), BlocksOf(units, blocks, workers));
            }
        }
    }

    [Fact]
    public void A_unit_fits_into_the_cache()
    {
        Assert.Equal(4, new BlockUnits(33_000, 500, 512 * 1024 + 16_384).Alone);
        Assert.Equal(BlockUnits.Most, new BlockUnits(100, 500, 512 * 1024).Alone);
        Assert.Equal(2, new BlockUnits(5_000_000, 500, 512 * 1024).Alone);
        Assert.True(SecondLevelCache.Bytes >= 128 * 1024);
    }

    private static IEnumerable<int> BlocksOf(BlockUnits units, int blocks, int workers)
    {
        for (int owner = 0; owner < workers; owner++)
        {
            for (int unit = 0; unit < units.Count(blocks, owner, workers); unit++)
            {
                (int first, int last) = units.Of(blocks, owner, unit, workers);
                for (int block = first; block < last; block++) yield return block;
            }
        }
    }
}
