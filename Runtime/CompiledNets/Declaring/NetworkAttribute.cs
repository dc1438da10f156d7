namespace CompiledNets;

/// <summary>
/// Makes a partial class a network: the layer attributes below it, read top to bottom, are its layers, as in Keras's Sequential. The
/// compiler checks every shape while you type and writes the forward and backward pass; the class becomes a <see cref="Model"/>.
/// </summary>
/// <remarks>Two of them on one class are an error of the compiler, which tells where the other is.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class NetworkAttribute : Attribute;
