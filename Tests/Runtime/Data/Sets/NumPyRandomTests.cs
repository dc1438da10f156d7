using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

public sealed class NumPyRandomTests
{
    // numpy.random.RandomState(seed).permutation(10).
    [Theory]
    [InlineData(0, new[] { 2, 8, 4, 9, 1, 6, 7, 3, 0, 5 })]
    [InlineData(42, new[] { 8, 1, 5, 0, 7, 2, 9, 4, 3, 6 })]
    public void Orders_are_those_of_NumPy(int seed, int[] order) => Assert.Equal(order, new NumPyRandom((uint)seed).Order(10));
}
