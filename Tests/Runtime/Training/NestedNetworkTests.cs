using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Training;

[Network, Input(6), Normalization, Dense(10, Activation.Relu), Dense(4, Activation.Tanh)]
internal sealed partial class EncoderNet;

[Network, Input(6), Apply<EncoderNet>(Name = "encoder"), Dropout(0.2), Dense(8, Activation.Relu)]
internal sealed partial class MiddleNet;

[Network, Input(6), Apply<MiddleNet>(Name = "middle"), Dense(1, Activation.Sigmoid)]
internal sealed partial class DeepNet;

[Network]
internal sealed partial class SiameseNet
{
    [Input(6)] public partial Node Left { get; }

    [Input(6)] public partial Node Right { get; }

    [From(nameof(Left)), Apply<EncoderNet>(Trainable = false)] public partial Node Code { get; }

    [From(nameof(Right)), Shared(nameof(Code))] public partial Node Other { get; }

    [From(nameof(Right)), Apply<EncoderNet>] public partial Node Own { get; }

    [Concatenate(nameof(Code), nameof(Other), nameof(Own)), Dense(1), Output] public partial Node Same { get; }
}

/// <summary>An encoder of another width, and with names of its own.</summary>
[Network, Input(6), Normalization, Dense(10, Activation.Relu, Name = "wide"), Dense(5, Name = "dense_1"), Dense(2, Name = "head")]
internal sealed partial class OtherNet;

/// <summary>Networks in networks: their layers, their weights, and weights that are taken over.</summary>
public sealed class NestedNetworkTests
{
    [Fact]
    public void Layers_are_reached_through_the_networks_they_lie_in()
    {
        DeepNet model = new(seed: 1);
        Assert.Equal("middle/encoder/dense_1/kernel", model.Middle.Encoder.Dense1.Kernel.Path);
        Assert.Equal(["middle/encoder/normalization", "middle/encoder/dense", "middle/encoder/dense_1"],
            model.Middle.Encoder.Layers.Select(layer => layer.Name));
        Assert.Equal(5, model.Middle.Layers.Count);
        Assert.Same(model.Layers[2], model.Middle.Encoder.Dense1);
        Assert.Equal("middle/encoder: EncoderNet, 3 layers, 126 parameters", model.Middle.Encoder.ToString());
        model.Middle.Encoder.Trainable = false;
        Assert.Equal([false, false, false, true, true], model.Middle.Layers.Select(layer => layer.Trainable));
        Assert.True(model.Middle.Trainable);
        Assert.EndsWith(", frozen", model.Middle.Encoder.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_applied_twice_has_weights_of_its_own_and_a_shared_one_has_not()
    {
        SiameseNet model = new(seed: 1);
        Assert.Equal(7, model.Layers.Count(layer => layer.Weights.Count > 0));
        Assert.Equal("encoder_net_1/dense", model.EncoderNet1.Dense.Name);
        Assert.NotEqual(model.EncoderNet.Dense.Kernel.Values.ToArray(), model.EncoderNet1.Dense.Kernel.Values.ToArray());
        Assert.False(model.EncoderNet.Trainable);
        Assert.True(model.EncoderNet1.Trainable);
    }

    [Fact]
    public void A_nested_network_gives_what_the_network_gives_whose_weights_it_took()
    {
        EncoderNet trained = new(seed: 3);
        trained.Normalization.Adapt(Examples.Features(50, 6));
        trained.Compile("adam", "mse");
        trained.Fit(Examples.Features(64, 6), Examples.Features(64, 4), verbose: Verbose.Silent);
        MiddleNet model = new(seed: 4);
        WeightReport report = model.Encoder.CopyWeightsFrom(trained);
        Assert.True(report.IsComplete);
        Assert.Equal(["encoder/normalization/mean", "encoder/normalization/variance"], report.Copied.Take(2));
        Assert.Empty(report.Unused);
        for (int i = 0; i < trained.Weights.Count; i++)
            Assert.Equal(trained.Weights[i].Values.ToArray(), model.Encoder.Weights[i].Values.ToArray());

        // And back, from as deep as it lies.
        DeepNet deep = new(seed: 5);
        deep.Middle.CopyWeightsFrom(model);
        EncoderNet back = new(seed: 6);
        back.CopyWeightsFrom(deep.Middle.Encoder);
        Tensor<float> x = Examples.Features(20, 6);
        Assert.Equal(trained.Predict(x).ToArray(), back.Predict(x).ToArray());
    }

    [Fact]
    public void A_frozen_nested_network_stays_as_it_is_in_training()
    {
        DeepNet model = new(seed: 2);
        Dataset data = Examples.Binary(64);
        model.Middle.Encoder.Normalization.Adapt(data.Features);
        model.Middle.Encoder.Trainable = false;
        float[] before = [.. model.Middle.Encoder.Weights.SelectMany(weight => weight.Values.ToArray())],
            head = model.Dense.Kernel.Values.ToArray();
        model.Compile("adam", "binary_crossentropy");
        model.Fit(data, epochs: 2, verbose: Verbose.Silent);
        Assert.Equal(before, model.Middle.Encoder.Weights.SelectMany(weight => weight.Values.ToArray()));
        Assert.NotEqual(head, model.Dense.Kernel.Values.ToArray());
        model.Middle.Encoder.Trainable = true;
        model.Fit(data, epochs: 1, verbose: Verbose.Silent);
        Assert.NotEqual(before, model.Middle.Encoder.Weights.SelectMany(weight => weight.Values.ToArray()));
    }

    [Fact]
    public void What_does_not_fit_is_told_and_nothing_is_changed()
    {
        OtherNet source = new(seed: 1);
        MiddleNet model = new(seed: 2);
        float[] before = [.. model.Weights.SelectMany(weight => weight.Values.ToArray())];
        ArgumentException exception = Assert.Throws<ArgumentException>(() => model.Encoder.CopyWeightsFrom(source));
        Assert.Contains("Expected a source with weights for all of 'encoder'. Received 'OtherNet', which fits 2 of 6.", exception.Message,
            StringComparison.Ordinal);
        Assert.Contains("'encoder/dense/kernel' stays as it is: 'OtherNet' has no layer 'dense'.", exception.Message,
            StringComparison.Ordinal);
        Assert.Contains("'encoder/dense_1/bias' stays as it is: its shape is (4,), but 'dense_1/bias' has (5,).", exception.Message,
            StringComparison.Ordinal);
        Assert.Equal(before, model.Weights.SelectMany(weight => weight.Values.ToArray()));

        WeightReport report = model.Encoder.CopyWeightsFrom(source, skipMismatch: true);
        Assert.Equal(["encoder/normalization/mean", "encoder/normalization/variance"], report.Copied);
        Assert.Equal(4, report.Mismatches.Count);
        Assert.Equal(["wide/kernel", "wide/bias", "dense_1/kernel", "dense_1/bias", "head/kernel", "head/bias"], report.Unused);
        Assert.StartsWith("2 of 6 weights were taken over.\n'encoder/dense/kernel' stays as it is", report.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void By_position_names_do_not_count()
    {
        OtherNet source = new(seed: 1);
        EncoderNet model = new(seed: 2);
        WeightReport report = model.CopyWeightsFrom(source, LayerMatch.Position, skipMismatch: true);
        Assert.Equal(["normalization/mean", "normalization/variance", "dense/kernel", "dense/bias"], report.Copied);
        Assert.Equal(source.Wide.Kernel.Values.ToArray(), model.Dense.Kernel.Values.ToArray());
        BinaryNet small = new(seed: 1);
        Assert.Contains("'BinaryNet' has no layer with weights at its place",
            Assert.Throws<ArgumentException>(() => model.CopyWeightsFrom(small, LayerMatch.Position)).Message, StringComparison.Ordinal);
    }
}
