using System.Numerics.Tensors;

namespace CompiledNets.Tests.Optimizers;

/// <summary>Single steps and short runs whose figures Keras's own tests name.</summary>
public sealed class OptimizerRuleTests
{
    [Theory]
    [InlineData("sgd", 0.5f, -1f, -0.5f, 3f)]
    [InlineData("rmsprop", -0.5811f, 0.4189f, 1.4189f, 2.4189f)]
    [InlineData("adam", 0.5f, 1.5f, 2.5f, 3.5f)]
    [InlineData("adamax", 0.5f, 1.5f, 2.5f, 3.5f)]
    [InlineData("lamb", -0.3693f, 0.6307f, 1.6307f, 2.6307f)]
    [InlineData("adamw", 0.498f, 1.496f, 2.494f, 3.492f)]
    public void A_first_step_is_that_of_Keras(string name, float w0, float w1, float w2, float w3)
    {
        Optimizer optimizer = Optimizer.Get(name);
        optimizer.LearningRate = 0.5;
        Tensor<float> w = Tensor.Create<float>([1, 2, 3, 4]);
        optimizer.Apply([Tensor.Create<float>([1, 6, 7, 2])], [w]);
        Near([w0, w1, w2, w3], w, 1e-4f);
    }

    public static TheoryData<string, float[], float[]> Runs => new()
    {
        { "SGD(nesterov)", [0.9999f, 0.9989f, 0.9979f, 0.9969f, 0.9959f], [0.9999f, 0.9899f, 0.9799f, 0.9699f, 0.9599f] },
        { "RMSprop(centered)", [0.9967f, 0.9933f, 0.9908f, 0.9885f, 0.9864f], [0.9967f, 0.9933f, 0.9908f, 0.9885f, 0.9864f] },
        { "Adam(amsgrad)", [0.999f, 0.9982f, 0.9974f, 0.9965f, 0.9955f], [0.999f, 0.9982f, 0.9974f, 0.9965f, 0.9955f] },
        { "Lamb()", [0.999f, 0.9979f, 0.9969f, 0.9959f, 0.9949f], [0.999f, 0.998f, 0.997f, 0.996f, 0.995f] },
        { "Adamax(0.2, 0.85, 0.95, 1e-6)", [0.8f, 0.6827f, 0.5333f, 0.368f, 0.1933f], [0.8f, 0.691f, 0.5466f, 0.3848f, 0.2126f] },
        { "AdamW(1, 0.5, epsilon 2)", [0.4998f, 0.2486f, 0.1223f, 0.0586f, 0.0263f], [0.4998f, 0.2382f, 0.1003f, 0.0258f, -0.0159f] },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public void Five_steps_are_those_of_Keras(string name, float[] first, float[] last)
    {
        Optimizer optimizer = name switch
        {
            "SGD(nesterov)" => new SGD(0.01, nesterov: true),
            "RMSprop(centered)" => new RMSprop(centered: true),
            "Lamb()" => new Lamb(),
            "Adamax(0.2, 0.85, 0.95, 1e-6)" => new Adamax(0.2, 0.85, 0.95, 1e-6),
            "Adam(amsgrad)" => new Adam(amsgrad: true),
            _ => new AdamW(1, 0.5, epsilon: 2),
        };
        float[] w = new float[10];
        w.AsSpan().Fill(1);
        Tensor<float> variable = Tensor.Create(w);
        for (int step = 0; step < 5; step++)
        {
            float[] gradient = [.. Enumerable.Range(1, 10).Select(i => step == 0 ? 0.01f : i * 0.1f)];
            optimizer.Apply([Tensor.Create(gradient)], [variable]);
            Assert.Equal(first[step], variable[0], 5e-4f);
            Assert.Equal(last[step], variable[9], 5e-4f);
        }
    }

    [Fact]
    public void Weights_decay_by_the_learning_rate()
    {
        Adam optimizer = new(learningRate: 1) { WeightDecay = 0.004 };
        Tensor<float> w = Tensor.Create<float>([2]);
        for (int step = 0; step < 3; step++) optimizer.Apply([Tensor.Create<float>([0])], [w]);
        Near([1.9760959f], w, 1e-6f);
    }

    [Fact]
    public void Clipping_by_norm_keeps_the_direction_and_by_value_does_not()
    {
        Near([-0.7071f, -0.7071f], Descend(new SGD(1) { ClipNorm = 1 }, [100, 100]), 1e-4f);
        Near([-1, -1], Descend(new SGD(1) { ClipValue = 1 }, [100, 100]), 0);
        Near([-0.6f, -0.8f], Descend(new SGD(1) { GlobalClipNorm = 1 }, [3, 4]), 1e-6f);
        Near([-0.3f, -0.4f], Descend(new SGD(1) { GlobalClipNorm = 1 }, [0.3f, 0.4f]), 0);
        Near([-3, -4], Descend(new SGD(1) { ClipNorm = 0 }, [3, 4]), 0);
    }

    [Fact]
    public void A_gradient_that_is_not_a_number_is_not_hidden_by_clipping()
    {
        Assert.True(float.IsNaN(Descend(new SGD(1) { ClipValue = 1 }, [float.NaN, 1])[0]));
        Assert.True(float.IsNaN(Descend(new SGD(1) { ClipNorm = 1 }, [float.NaN, 1])[0]));
        Assert.True(float.IsNaN(Descend(new SGD(1) { GlobalClipNorm = 1 }, [float.PositiveInfinity, 1])[1]));
    }

    [Fact]
    public void A_change_of_the_learning_rate_counts_from_the_next_step()
    {
        SGD optimizer = new(1);
        Tensor<float> w = Tensor.Create<float>([0]), g = Tensor.Create<float>([1]);
        optimizer.Apply([g], [w]);
        optimizer.LearningRate = 0.25;
        optimizer.Apply([g], [w]);
        Near([-1.25f], w, 0);
    }

    [Fact]
    public void Accumulated_gradients_make_one_step_with_their_mean()
    {
        SGD optimizer = new(1) { GradientAccumulationSteps = 2, ClipNorm = 2.5 };
        Tensor<float> w = Tensor.Create<float>([0, 0]);
        optimizer.Apply([Tensor.Create<float>([2, 0])], [w]);
        Near([0, 0], w, 0);
        Assert.Equal(0, optimizer.Iterations);
        optimizer.Apply([Tensor.Create<float>([4, 8])], [w]);
        Near([-1.5f, -2f], w, 1e-6f);
        Assert.Equal(1, optimizer.Iterations);
    }

    [Fact]
    public void Centered_RMSprop_survives_a_gradient_that_never_changes()
    {
        RMSprop optimizer = new(centered: true);
        Tensor<float> w = Tensor.Create<float>([0]);
        for (int step = 0; step < 500; step++) optimizer.Apply([Tensor.Create<float>([1000.1f])], [w]);
        Assert.True(float.IsFinite(w[0]));
    }

    [Fact]
    public void A_step_of_Lamb_is_as_long_as_each_weight_after_it_decayed()
    {
        Lamb optimizer = new(0.5) { WeightDecay = 0.2 };
        Tensor<float> kernel = Tensor.Create<float>([3, 4]), bias = Tensor.Create<float>([0, 0, 0]), still = Tensor.Create<float>([2]);
        optimizer.Apply([Tensor.Create<float>([1, -1]), Tensor.Create<float>([5, 5, 5]), Tensor.Create<float>([0])], [kernel, bias, still]);

        // 0.9 of the weight stays, whose norm is 4.5; the direction is (1, -1) over its norm. A weight of zero takes the direction as it
        // is.
        float part = 0.5f * 4.5f / MathF.Sqrt(2);
        Near([2.7f - part, 3.6f + part], kernel, 1e-5f);
        Near([-0.5f, -0.5f, -0.5f], bias, 1e-5f);
        Near([1.8f], still, 1e-6f);
    }

    private static Tensor<float> Descend(Optimizer optimizer, float[] gradient)
    {
        Tensor<float> w = Tensor.Create(new float[gradient.Length]);
        optimizer.Apply([Tensor.Create(gradient)], [w]);
        return w;
    }

    private static void Near(float[] expected, Tensor<float> actual, float tolerance)
    {
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance);
    }
}
