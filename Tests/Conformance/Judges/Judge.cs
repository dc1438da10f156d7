using CompiledNets.Harness.Goldens;

namespace CompiledNets.Conformance.Judges;

/// <summary>Judges the cases of one kind.</summary>
internal abstract class Judge
{
    /// <summary>What errors are held to.</summary>
    public virtual double Tolerance => 1e-5;

    /// <summary>Whether a case is of the kind: told by what its entry has, never by its name.</summary>
    public abstract bool Takes(GoldenCase golden);

    /// <summary>The network that the case needs as a class of this name; null where it needs none.</summary>
    /// <exception cref="Keras.KerasUnsupportedException">The product does not have what the case is about.</exception>
    public virtual string? Network(GoldenCase golden, string className) => null;

    /// <summary>Runs the case and compares.</summary>
    /// <param name="golden">The case.</param>
    /// <param name="makeNetwork">Makes its network anew.</param>
    /// <param name="comparison">Takes what came out.</param>
    /// <exception cref="Keras.KerasUnsupportedException">The product does not have what the case is about.</exception>
    public abstract void Run(GoldenCase golden, Func<Model> makeNetwork, Comparison comparison);
}
