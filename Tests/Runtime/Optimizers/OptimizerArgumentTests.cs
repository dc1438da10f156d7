using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Tests.Optimizers;

public sealed class OptimizerArgumentTests
{
    [Fact]
    public void Defaults_are_those_of_Keras()
    {
        SGD sgd = new();
        Assert.Equal(("sgd", 0.01, 0.0, false), (sgd.Name, sgd.LearningRate, sgd.Momentum, sgd.Nesterov));
        RMSprop rmsprop = new();
        Assert.Equal(("rm_sprop", 0.001, 0.9, 0.0, 1e-7, false),
            (rmsprop.Name, rmsprop.LearningRate, rmsprop.Rho, rmsprop.Momentum, rmsprop.Epsilon, rmsprop.Centered));
        Adam adam = new();
        Assert.Equal(("adam", 0.001, 0.9, 0.999, 1e-7, false),
            (adam.Name, adam.LearningRate, adam.Beta1, adam.Beta2, adam.Epsilon, adam.Amsgrad));
        Assert.Equal((null, null, null, null), (adam.WeightDecay, adam.ClipNorm, adam.ClipValue, adam.GlobalClipNorm));
        Assert.Equal((false, 0.99, null, null),
            (adam.UseEma, adam.EmaMomentum, adam.EmaOverwriteFrequency, adam.GradientAccumulationSteps));
        AdamW adamW = new();
        Assert.Equal(("adam_w", 0.001, 0.004), (adamW.Name, adamW.LearningRate, adamW.WeightDecay));
    }

    [Fact]
    public void Only_one_way_of_clipping_may_be_set()
    {
        string message = Assert.Throws<ArgumentException>(() => new Adam { ClipNorm = 0.5, ClipValue = 1 }).Message;
        Assert.Equal("Only one of `clipNorm`, `clipValue` and `globalClipNorm` can be set. Received: clipNorm=0.5, clipValue=1, globalClipNorm=null", message);
        Assert.Throws<ArgumentException>(() => new SGD { GlobalClipNorm = 1, ClipNorm = 1 });
    }

    [Fact]
    public void Numbers_out_of_their_range_are_refused()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            string message = Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(learningRate: -0.5)).Message;
            Assert.StartsWith("Argument `learningRate` must be a finite number and not negative. Received: learningRate=-0.5", message);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new SGD { LearningRate = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SGD(momentum: 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RMSprop(rho: -0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(beta2: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(epsilon: double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adamax(beta2: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lamb(beta1: -0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW(weightDecay: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { EmaMomentum = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { EmaOverwriteFrequency = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { GradientAccumulationSteps = 1 });
    }

    [Theory]
    [InlineData("sgd", typeof(SGD))]
    [InlineData("SGD", typeof(SGD))]
    [InlineData("RMSprop", typeof(RMSprop))]
    [InlineData("rmsprop", typeof(RMSprop))]
    [InlineData("Adam", typeof(Adam))]
    [InlineData("adamw", typeof(AdamW))]
    [InlineData("AdamW", typeof(AdamW))]
    [InlineData("adamax", typeof(Adamax))]
    [InlineData("Lamb", typeof(Lamb))]
    public void Names_of_Keras_lead_to_optimizers(string identifier, Type type) => Assert.IsType(type, Optimizer.Get(identifier));

    [Fact]
    public void An_unknown_name_gets_the_nearest_known_one()
    {
        string message = Assert.Throws<ArgumentException>(() => Optimizer.Get("adamm")).Message;
        Assert.StartsWith("Could not interpret optimizer identifier: adamm. Did you mean 'adam'? Known optimizers: sgd, ", message);
        Assert.DoesNotContain("Did you mean", Assert.Throws<ArgumentException>(() => Optimizer.Get("quux_zyzzy")).Message);
        Assert.Contains("Did you mean 'adam'?", Assert.Throws<ArgumentException>(() => Optimizer.Get("adma")).Message);
        Assert.Contains("Did you mean 'sgd'?", Assert.Throws<ArgumentException>(() => Optimizer.Get("gsd")).Message);
    }

    [Fact]
    public void Gradients_must_fit_variables()
    {
        Tensor<float> three = Tensor.Create<float>([1, 2, 3]), two = Tensor.Create<float>([1, 2]);
        Assert.StartsWith("No gradients provided for any variable.",
            Assert.Throws<ArgumentException>(() => new SGD().Apply([], [three])).Message);
        Assert.StartsWith("Each variable needs a gradient. Received: 2 gradients for 1 variables.",
            Assert.Throws<ArgumentException>(() => new SGD().Apply([three, two], [three])).Message);
        Assert.StartsWith(
            "Gradient 1 must have the shape of its variable. Expected shape (3,), but received: gradient.shape=(2,).",
            Assert.Throws<ArgumentException>(() => new SGD().Apply([two, two], [two, three])).Message);
    }

    [Fact]
    public void Variables_of_other_shapes_need_another_optimizer()
    {
        SGD optimizer = new();
        Tensor<float> three = Tensor.Create<float>([1, 2, 3]), two = Tensor.Create<float>([1, 2]);
        optimizer.Apply([three], [three]);
        Assert.Throws<InvalidOperationException>(() => optimizer.Apply([two], [two]));
    }
}
