using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>A network.</summary>
public abstract partial class Model
{
    /// <summary>Makes the network with fresh weights.</summary>
    protected Model(NetworkDescription description, int seed)
    {
    }

    /// <summary>The compiled program for a lane width; written by the compiler.</summary>
    protected virtual NetworkProgram CreateProgram(LaneWidth width) =>
        throw new InvalidOperationException("The network has errors that the compiler reported.");
}
