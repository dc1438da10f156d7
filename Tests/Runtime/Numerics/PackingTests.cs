using CompiledNets.Numerics;

namespace CompiledNets.Tests.Numerics;

/// <summary>Rows to lane blocks and back, for every row length, in any order, at every width.</summary>
public sealed class PackingTests
{
    [Theory]
    [InlineData(LaneWidth.Lanes128)]
    [InlineData(LaneWidth.Lanes256)]
    [InlineData(LaneWidth.Lanes512)]
    public void Rows_go_to_lanes_and_come_back(LaneWidth width)
    {
        LanePacker packer = LanePacker.Of(width);
        int lanes = (int)width;
        foreach (int length in Enumerable.Range(1, 70))
        {
            foreach (int samples in new[] { 1, lanes - 1, lanes, (2 * lanes) + 3 })
            {
                int blocks = (samples + lanes - 1) / lanes, stride = (length + 2) * lanes;
                float[] rows = [.. Enumerable.Range(0, samples * length).Select(i => i + 0.5f)];
                // Backwards, and the last again in the lanes that are left.
                int[] order = [.. Enumerable.Range(0, blocks * lanes).Select(i => Math.Max(0, samples - 1 - i))];
                Arena target = new(blocks * stride);
                packer.Gather(ref rows[0], length, ref order[0], ref target.Start, stride, 0, blocks);
                for (int i = 0; i < blocks * lanes; i++)
                    for (int f = 0; f < length; f++)
                        Assert.Equal(rows[(order[i] * length) + f], target.Span[(i / lanes * stride) + (f * lanes) + (i % lanes)]);

                float[] back = new float[(samples * length) + 1];
                back[^1] = -7;
                packer.Unpack(ref target.Start, stride, length, ref back[0], samples);
                for (int i = 0; i < samples; i++) Assert.Equal(rows.AsSpan(order[i] * length, length), back.AsSpan(i * length, length));
                Assert.Equal(-7, back[^1]);
            }
        }
    }

    [Fact]
    public void Arenas_begin_at_a_cache_line_and_have_slack()
    {
        for (int length = 0; length < 200; length += 7)
        {
            Arena arena = new(length);
            unsafe
            {
                Assert.Equal(0, (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref arena.Start) % 64);
            }

            Assert.Equal(length, arena.Span.Length);
        }
    }
}
