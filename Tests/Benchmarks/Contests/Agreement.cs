namespace CompiledNets.Benchmarks.Contests;

/// <summary>All sides of a contest must do the same work.</summary>
internal static class Agreement
{
    private const float Tolerance = 1e-4f;

    /// <summary>Steps that both train before they are compared once more. Few: rounding grows with them.</summary>
    private const int Steps = 3;

    /// <summary>
    /// Keras and PyTorch add Adam's epsilon at different places, which tells in the first steps where gradients are small.
    /// </summary>
    private const float ToleranceBehindSteps = 2e-2f;

    /// <summary>Compares outputs, of contenders that train also behind a few steps.</summary>
    /// <exception cref="InvalidOperationException">They differ.</exception>
    public static void Check(string name, IReadOnlyList<ContenderProcess> contenders, bool isTraining)
    {
        Compare(name, contenders, Tolerance);
        if (!isTraining) return;
        foreach (ContenderProcess contender in contenders) contender.Work(Steps);
        Compare($"{name} behind {Steps} steps", contenders, ToleranceBehindSteps);
    }

    private static void Compare(string name, IReadOnlyList<ContenderProcess> contenders, float tolerance)
    {
        float[] own = contenders[0].FirstOutputs();
        foreach (ContenderProcess peer in contenders.Skip(1)) Compare($"{name}, {peer.Version}", own, peer.FirstOutputs(), tolerance);
    }

    private static void Compare(string name, float[] own, float[] other, float tolerance)
    {
        if (own.Length != other.Length)
            throw new InvalidOperationException($"{name}: there are {own.Length} outputs, but the peer gives {other.Length}.");
        for (int i = 0; i < own.Length; i++)
        {
            if (MathF.Abs(own[i] - other[i]) <= tolerance * (1 + MathF.Abs(other[i]))) continue;
            throw new InvalidOperationException($"{name}: output {i} is {own[i]}, but {other[i]} by the peer.");
        }
    }
}
