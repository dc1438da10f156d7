using CompiledNets.Generator.Declaration;
using CompiledNets.Images;

namespace CompiledNets.Generator.Ops;

/// <summary>A random change of images, as the numbers that the runtime's kernel takes.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="From">Shape of the image.</param>
/// <param name="To">Shape of the result.</param>
/// <param name="Factors">Four factors (<see cref="Images.Augmentation"/> has what they are), and the number beside the image.</param>
/// <param name="Fill">What stands beside the image.</param>
/// <param name="IsNearest">Whether the nearest pixel is taken.</param>
internal sealed record ImageChange(
    AugmentationKind Kind, Shape From, Shape To, EquatableArray<double> Factors, ImageFill Fill = ImageFill.Constant,
    bool IsNearest = false)
{
    /// <summary>The change itself.</summary>
    public Augmentation Augmentation => new(
        Kind, From[0], From[1], From.Last, To[0], To[1], (float)Factors[0], (float)Factors[1], (float)Factors[2], (float)Factors[3], Fill,
        IsNearest, (float)Factors[4]);

    /// <summary>Kind, height, width, channels, height and width of the result, fill, nearest.</summary>
    public IReadOnlyList<int> Numbers =>
        [(int)Kind, From[0], From[1], From.Last, To[0], To[1], (int)Fill, IsNearest ? 1 : 0];

    /// <summary>The random numbers of a sample.</summary>
    public (float U, float V) Draw(Evaluation evaluation, int stream, int sample)
    {
        double[] fractions = ReferencePhilox.Fractions(
            0, (uint)stream, Augmentation.IsOneForAll ? 0 : (uint)sample, evaluation.Step, evaluation.Seed);
        return ((float)fractions[0], (float)fractions[1]);
    }
}
