namespace CompiledNets;

/// <summary>What declares a part of a network: a layer, or how values go from one to the next.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public abstract class NetworkPartAttribute : Attribute
{
    // The compiler knows its parts by their attributes; one of another library would do nothing.
    private protected NetworkPartAttribute()
    {
    }
}
