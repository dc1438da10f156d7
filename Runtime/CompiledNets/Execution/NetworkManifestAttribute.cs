using System.ComponentModel;

namespace CompiledNets.Execution;

/// <summary>The declaration of a network as text, from which the compiler nests it in networks of other assemblies.</summary>
/// <param name="text">The text, a version in its first line.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NetworkManifestAttribute(string text) : Attribute
{
    /// <summary>The text.</summary>
    public string Text { get; } = text;
}
