namespace CompiledNets.Tool;

/// <summary>Why a file cannot be imported, in words for whoever asked.</summary>
internal sealed class ImportException(string message) : Exception(message);
