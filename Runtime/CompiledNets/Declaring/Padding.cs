namespace CompiledNets;

/// <summary>What windows that move over an image, of convolution or pooling, find beyond its borders, by Keras name.</summary>
public static class Padding
{
    /// <summary>Windows lie inside the image.</summary>
    public const string Valid = "valid";

    /// <summary>
    /// Zeros around the image, as many before as after and one more after where they are odd, so that with a stride of 1 the result is as
    /// large as the image. Pooling counts none of them.
    /// </summary>
    public const string Same = "same";

    /// <summary>Zeros before the first step alone, so that no step of the result sees a later one; convolution of one axis.</summary>
    public const string Causal = "causal";
}
