using System.Globalization;
using CompiledNets.Data;
using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>One layer of a network, with its weights. The compiler derives classes that name the weights.</summary>
public abstract class ModelLayer
{
    private readonly Model model;
    private readonly int index;
    private readonly LayerDescription description;
    private readonly ModelWeight[] weights;
    private bool isAdapted;

    /// <summary>Makes the handle of a layer.</summary>
    /// <param name="model">The network.</param>
    /// <param name="index">Which layer it is, from 0.</param>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    protected ModelLayer(Model model, int index)
    {
        ArgumentNullException.ThrowIfNull(model);
        this.model = model;
        this.index = index;
        description = model.Description.Layers[index];
        weights = model.Register(this, index);
    }

    /// <summary>Its name, as Keras gives it: <c>dense_1</c>.</summary>
    public string Name => description.Name;

    /// <summary>Its Keras class: <c>Dense</c>.</summary>
    public string Type => description.Type;

    /// <summary>Shape of its output for one sample.</summary>
    public ReadOnlySpan<int> OutputShape => description.OutputShape;

    /// <summary>How many numbers its weights have.</summary>
    public int ParameterCount => description.Parameters;

    /// <summary>Its weights, in Keras's order.</summary>
    public IReadOnlyList<ModelWeight> Weights => weights;

    /// <summary>
    /// Whether training changes its weights. A batch normalization that is not trainable also uses its moving mean and variance in
    /// training, and leaves them as they are. A change counts from the next step on.
    /// </summary>
    public bool Trainable
    {
        get => !model.Frozen[index];
        set => model.Frozen[index] = !value;
    }

    /// <summary>Whether it is a normalization that has neither seen data nor got moments from elsewhere.</summary>
    internal bool LacksMoments => description.Type == "Normalization" && !isAdapted && weights.Length >= 2
        && !weights[0].Values.ContainsAnyExcept(0) && !weights[1].Values.ContainsAnyExcept(1);

    /// <summary>Takes over whether the layer has its moments, with the weights of another.</summary>
    internal void TakeMoments(ModelLayer other) => isAdapted = other.isAdapted;

    /// <summary>Notes that the layer got its moments, from a file.</summary>
    internal void HasMoments() => isAdapted = true;

    /// <summary>Name, kind, shape of the output and size: <c>dense_1: Dense, output (None, 10), 350 parameters</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}: {Type}, output {ShapeText.Of(LossShape.WithBatch(OutputShape))}, {ParameterCount} parameters" +
        $"{(Trainable || weights.Length == 0 ? "" : ", frozen")}");

    /// <summary>Learns <c>mean</c> and <c>variance</c> along an axis from data, for the normalization layer's <c>Adapt</c>.</summary>
    /// <param name="data">The data, shape (samples, ...).</param>
    /// <param name="axis">The axis that keeps its own moments, the samples being 0.</param>
    /// <param name="shape">The shape of one sample that the layer takes.</param>
    /// <exception cref="ArgumentException">The data is empty, has another shape, or is not finite somewhere.</exception>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    protected void AdaptMoments(Samples data, int axis, ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(data);
        var rows = new Rows(data.Tensor);
        InputChecks.Features(rows, shape, $"layer '{Name}'", nameof(data));
        InputChecks.Numbers(rows, nameof(data));
        int inner = 1;
        for (int i = axis; i < shape.Length; i++) inner *= shape[i];
        int channels = shape[axis - 1];
        double[] mean = new double[channels], variance = new double[channels];
        ReadOnlySpan<float> numbers = rows.Span;
        double count = (double)numbers.Length / channels;
        for (int i = 0; i < numbers.Length; i++) mean[i / inner % channels] += numbers[i] / count;
        for (int i = 0; i < numbers.Length; i++)
        {
            double distance = numbers[i] - mean[i / inner % channels];
            variance[i / inner % channels] += distance * distance / count;
        }

        for (int c = 0; c < channels; c++)
        {
            if (float.IsFinite((float)variance[c])) continue;
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"Expected data whose variance single precision holds, up to 3.4e38. " +
                $"Received: variance {variance[c]} of channel {c} (from 0)."),
                nameof(data));
        }

        isAdapted = true;
        weights[0].Assign([.. mean.Select(value => (float)value)]);
        weights[1].Assign([.. variance.Select(value => (float)value)]);
    }
}
