namespace CompiledNets.Tests.Losses;

/// <summary>Outputs that are no numbers give a loss that is none, and metrics that are none where they are none in Keras.</summary>
public sealed class NotANumberTests
{
    [Theory]
    [InlineData("mse")]
    [InlineData("mae")]
    [InlineData("binary_crossentropy")]
    [InlineData("categorical_crossentropy")]
    [InlineData("sparse_categorical_crossentropy")]
    public void A_loss_of_what_is_not_a_number_is_none(string loss)
    {
        foreach (Model model in new Model[] { new ThreeLinear(seed: 1), new ThreeSigmoids(seed: 1), new ThreeClasses(seed: 1) })
        {
            model.Weights[0].Assign([.. Enumerable.Repeat(float.NaN, model.Weights[0].Values.Length)]);
            model.Compile("sgd", loss, loss, "rmse");
            bool isSparse = loss.StartsWith("sparse", StringComparison.Ordinal);
            float[,] x = new float[19, 4], y = new float[19, isSparse ? 1 : 3];
            for (int s = 0; s < 19; s++)
            {
                x[s, 1] = 1;
                y[s, isSparse ? 0 : s % 3] = isSparse ? s % 3 : 1;
            }

            if (isSparse) model.Compile("sgd", loss, loss);
            Logs logs = model.Evaluate(x, y, verbose: Verbose.Silent);
            Assert.All(logs, figure => Assert.True(double.IsNaN(figure.Value), $"{model.Name}: {figure.Key} is {figure.Value}."));
            Assert.True(double.IsNaN(model.TrainOnBatch(x, y)["loss"]));
        }
    }
}

[Network, Input(4), Dense(3)]
internal sealed partial class ThreeLinear;

[Network, Input(4), Dense(3, Activation.Sigmoid)]
internal sealed partial class ThreeSigmoids;

[Network, Input(4), Dense(3, Activation.Softmax)]
internal sealed partial class ThreeClasses;
