using CompiledNets.Files;

namespace CompiledNets.Keras.Files;

/// <summary>
/// Lets <c>Save</c>, <c>Load</c> and <c>LoadWeights</c> know the files of Keras. The compiler calls it at the start of every program with
/// networks that references this package.
/// </summary>
public static class KerasFiles
{
    /// <summary>Makes the files known; calling it again changes nothing.</summary>
    public static void Register()
    {
        ModelFormat.Register(new KerasZipFormat());
        ModelFormat.Register(new KerasHdf5Format());
        ModelFormat.Register(new KerasWeightsFormat());
        ModelFormat.Register(new KerasShardsFormat());
    }
}
