using CompiledNets.Generator.Declaration;

namespace CompiledNets.Generator.Passes;

/// <summary>What the compiler makes of a declaration: files, and what it found wrong. Equal by value.</summary>
/// <param name="HintName">The declaration's hint name.</param>
/// <param name="Api">
/// The file with the API: constructor, constants, access to weights. Present for every network that is a partial class, mistakes or not.
/// </param>
/// <param name="Program">The file with the program; null where there are mistakes.</param>
/// <param name="Findings">What is wrong.</param>
internal sealed record CompiledNetwork(string HintName, string? Api, string? Program, EquatableArray<Finding> Findings);
