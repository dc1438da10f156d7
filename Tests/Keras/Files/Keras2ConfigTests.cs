using CompiledNets.Keras.Files;

namespace CompiledNets.Keras.Tests.Files;

/// <summary>Configs of Keras 1 and 2 in the words of Keras 3.</summary>
public sealed class Keras2ConfigTests
{
    private const string Config = """
        {"class_name": "GRU", "config": {"units": 3, "activation": "tanh", "recurrent_activation": "hard_sigmoid"}}
        """;

    [Theory]
    [InlineData(null)]
    [InlineData("1.2.0")]
    [InlineData("2.0.9")]
    public void Two_words_have_another_meaning(string? version) => Assert.Equal(
        """
        {"class_name": "GRU", "config": {"reset_after": false, "units": 3, "activation": "tanh", "recurrent_activation": "keras2_hard_sigmoid"}}
        """, Keras2Config.AsKeras3(Config, version));

    [Fact]
    public void A_form_that_is_told_is_that()
    {
        const string told = """{"class_name":"GRU","config":{"units":3,"reset_after":true}}""";
        Assert.Equal(told, Keras2Config.AsKeras3(told, "2.4.0"));
    }

    [Fact]
    public void Configs_of_Keras_3_stay_as_they_are() => Assert.Equal(Config, Keras2Config.AsKeras3(Config, "3.0.5"));
}
