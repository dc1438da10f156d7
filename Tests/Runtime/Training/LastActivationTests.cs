using CompiledNets.Data;

namespace CompiledNets.Tests.Training;

/// <summary>A crossentropy leaves the last sigmoid or softmax out; whatever stands before it, the loss is that of the outputs.</summary>
public sealed class LastActivationTests
{
    [Fact]
    public void The_loss_is_that_of_the_outputs()
    {
        Judge(new IdentitySigmoid(seed: 1), 3, "binary_crossentropy");
        Judge(new FlattenSigmoid(seed: 1), 3, "binary_crossentropy");
        Judge(new DropoutSigmoid(seed: 1), 3, "binary_crossentropy");
        Judge(new BareSigmoid(seed: 1), 3, "binary_crossentropy");
        Judge(new IdentitySoftmax(seed: 1), 3, "categorical_crossentropy");
        Judge(new SigmoidIdentity(seed: 1), 3, "binary_crossentropy");
        Judge(new SigmoidDropout(seed: 1), 3, "binary_crossentropy");
    }

    private static void Judge(Model model, int features, string loss)
    {
        const int samples = 21;
        var random = new Random(5);
        float[,] x = new float[samples, features], y = new float[samples, features];
        for (int s = 0; s < samples; s++)
        {
            for (int f = 0; f < features; f++) x[s, f] = (float)((random.NextDouble() * 4) - 2);
            y[s, random.Next(features)] = 1;
        }

        model.Compile("sgd", loss);
        var output = model.Predict(x);
        double sum = 0;
        for (int s = 0; s < samples; s++)
        {
            double own = 0;
            for (int f = 0; f < features; f++)
            {
                double p = output[s, f];
                own -= loss == "binary_crossentropy" ? (y[s, f] * Math.Log(p)) + ((1 - y[s, f]) * Math.Log(1 - p)) : y[s, f] * Math.Log(p);
            }

            sum += loss == "binary_crossentropy" ? own / features : own;
        }

        Assert.Equal(sum / samples, model.Evaluate(x, y, verbose: Verbose.Silent)["loss"], 5);
    }
}

[Network, Input(3), Identity, Activation(Activation.Sigmoid)]
internal sealed partial class IdentitySigmoid;

[Network, Input(3), Flatten, Activation(Activation.Sigmoid)]
internal sealed partial class FlattenSigmoid;

[Network, Input(3), Dropout(0.3), Activation(Activation.Sigmoid)]
internal sealed partial class DropoutSigmoid;

[Network, Input(3), Activation(Activation.Sigmoid)]
internal sealed partial class BareSigmoid;

[Network, Input(3), Identity, Activation(Activation.Softmax)]
internal sealed partial class IdentitySoftmax;

[Network, Input(3), Dense(3, Activation.Sigmoid), Identity]
internal sealed partial class SigmoidIdentity;

[Network, Input(3), Dense(3, Activation.Sigmoid), Dropout(0.3)]
internal sealed partial class SigmoidDropout;
