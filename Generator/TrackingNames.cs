namespace CompiledNets.Generator;

/// <summary>Names of the pipeline's steps; tests assert by them what is worked again and what is not.</summary>
internal static class TrackingNames
{
    public const string Read = nameof(Read);
    public const string Declarations = nameof(Declarations);
    public const string Networks = nameof(Networks);
    public const string Diagnostics = nameof(Diagnostics);
}
