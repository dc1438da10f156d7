using CompiledNets.Harness;
using CompiledNets.Initializers;

namespace CompiledNets.Tests.Initializers;

public sealed class InitializerNamesTests
{
    [Theory]
    [InlineData("zeros", typeof(Zeros))]
    [InlineData("zero", typeof(Zeros))]
    [InlineData("Ones", typeof(Ones))]
    [InlineData("one", typeof(Ones))]
    [InlineData("uniform", typeof(RandomUniform))]
    [InlineData("normal", typeof(RandomNormal))]
    [InlineData("truncated_normal", typeof(TruncatedNormal))]
    [InlineData("VarianceScaling", typeof(VarianceScaling))]
    [InlineData(Initializer.GlorotUniform, typeof(GlorotUniform))]
    [InlineData(Initializer.GlorotNormal, typeof(GlorotNormal))]
    [InlineData(Initializer.HeUniform, typeof(HeUniform))]
    [InlineData("HeNormal", typeof(HeNormal))]
    [InlineData("lecun_uniform", typeof(LecunUniform))]
    [InlineData("LecunNormal", typeof(LecunNormal))]
    [InlineData("orthogonal", typeof(Orthogonal))]
    [InlineData("identity", typeof(Identity))]
    public void Names_of_Keras_lead_to_initializers(string identifier, Type type) => Assert.IsType(type, Initializer.Get(identifier));

    [Fact]
    public void An_unknown_name_gets_the_nearest_known_one()
    {
        string message = Assert.Throws<ArgumentException>(() => Initializer.Get("he_norml")).Message;
        Assert.StartsWith("Could not interpret initializer identifier: he_norml. Did you mean 'he_normal'? Known initializers: zeros, ",
            message);
        Assert.DoesNotContain("Did you mean", Assert.Throws<ArgumentException>(() => Initializer.Get("xavier")).Message);

        // Keras takes no string for it either.
        Assert.Throws<ArgumentException>(() => Initializer.Get("constant"));
    }

    [Fact]
    public void The_compiler_knows_the_same_names()
    {
        const string Unknown = "[CompiledNets.Network]\n[CompiledNets.Input(4)]\n[CompiledNets.Dense(4, KernelInitializer = " +
            "\"quux_zyzzy_xyzzy\")]\npublic sealed partial class Net;\n";
        string message = Assert.Throws<InvalidOperationException>(() => CompiledNetworks.Compile(Unknown)).Message;
        Assert.Contains($"Known are {string.Join(", ", Initializer.Table.Names.Order(StringComparer.Ordinal))}.", message);
    }
}
