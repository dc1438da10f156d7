namespace CompiledNets.Keras.Training;

/// <summary>The axis of classes, which is the last in all losses and metrics.</summary>
internal static class LastAxis
{
    /// <summary>-1.</summary>
    /// <exception cref="KerasUnsupportedException">Another axis is asked for.</exception>
    public static int Of(KerasObject given) => given.Int("axis", -1) == -1 ? -1 : throw given.Wrong("axis", given.Take("axis"));
}
