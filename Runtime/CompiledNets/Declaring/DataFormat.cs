namespace CompiledNets;

/// <summary>Where the channels of an image stand, by Keras name.</summary>
public static class DataFormat
{
    /// <summary>After its rows and columns; the only one that layers take.</summary>
    public const string ChannelsLast = "channels_last";

    /// <summary>Before its rows and columns. Images of this kind become the other with <c>[Permute(2, 3, 1)]</c>.</summary>
    public const string ChannelsFirst = "channels_first";
}
