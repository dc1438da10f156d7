namespace CompiledNets.Tests.Training;

/// <summary>Large networks are initialized by as many threads as new models have, which is the process's: nothing else runs meanwhile.</summary>
[Collection(nameof(Alone))]
public sealed class InitializationTests
{
    [Fact]
    public void Threads_that_initialize_a_large_network_change_no_bit()
    {
        int before = Model.DefaultThreads;
        try
        {
            Model.DefaultThreads = 1;
            LargeDenseNet alone = new(seed: 8);
            Model.DefaultThreads = 4;
            LargeDenseNet shared = new(seed: 8);
            Assert.All(alone.Weights.Zip(shared.Weights), pair =>
                Assert.Equal(pair.First.Values.ToArray(), pair.Second.Values.ToArray()));
        }
        finally
        {
            Model.DefaultThreads = before;
        }
    }
}

[Network, Input(600), Dense(900), Dense(40, KernelInitializer = Initializer.HeNormal)]
internal sealed partial class LargeDenseNet;
