using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>The kernels that single samples read packed, made when somebody predicts one and weights changed since.</summary>
internal sealed class PackedWeights(NetworkDescription description, Arena parameters)
{
    private static readonly Arena Nothing = new(0);

    private readonly Lock turn = new();
    private volatile Copy? copy;

    /// <summary>Whether somebody reads them.</summary>
    public bool IsUsed => copy is not null;

    /// <summary>The packed kernels of a program; any thread may ask.</summary>
    /// <param name="program">The program.</param>
    /// <param name="version">A number that is another one where weights changed.</param>
    public Arena For(NetworkProgram program, int version)
    {
        if (copy is { } known && known.Version == version && ReferenceEquals(known.Program, program)) return known.Kernels;
        if (program.PackedKernels is not { Length: > 0 } kernels) return Nothing;
        lock (turn)
        {
            if (copy is { } other && other.Version == version && ReferenceEquals(other.Program, program)) return other.Kernels;
            int needed = kernels.Max(kernel => checked(kernel.Place + kernel.Length(description)));
            // Weights change while nobody predicts: the room is nobody's then.
            Arena room = copy?.Kernels is { } old && old.Length >= needed ? old : new(needed);
            foreach (ref readonly PackedKernel kernel in kernels.AsSpan())
                KernelPacking.Run(kernel, description, parameters.Span, room.Span);
            copy = new(program, version, room);
            return room;
        }
    }

    private sealed record Copy(NetworkProgram Program, int Version, Arena Kernels);
}
