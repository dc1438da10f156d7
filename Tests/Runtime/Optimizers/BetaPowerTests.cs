namespace CompiledNets.Tests.Optimizers;

public sealed class BetaPowerTests
{
    [Theory]
    [InlineData(0.9)]
    [InlineData(0.999)]
    [InlineData(0)]
    public void Powers_do_not_depend_on_how_one_came_there(double beta)
    {
        BetaPower steps = new(beta);
        foreach (long exponent in new long[] { 0, 1, 2, 3, 50, 7, 1000, 1001, 100_000, 100_001, 4 })
        {
            Assert.Equal(new BetaPower(beta).To(exponent), steps.To(exponent));
            Assert.Equal(Math.Pow(beta, exponent), steps.To(exponent), 1e-13);
        }
    }
}
