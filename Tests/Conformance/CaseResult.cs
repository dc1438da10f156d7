namespace CompiledNets.Conformance;

/// <summary>How a case came out.</summary>
public enum CaseStatus
{
    /// <summary>All tensors are within the tolerance.</summary>
    Passed,

    /// <summary>A tensor is not, or something threw.</summary>
    Failed,

    /// <summary>The product does not have what the case is about.</summary>
    NotSupported,
}

/// <summary>The judgement on a case.</summary>
/// <param name="Family">Its family.</param>
/// <param name="Case">Its name.</param>
/// <param name="Status">How it came out.</param>
/// <param name="Error">The largest error of a tensor; null where none was compared.</param>
/// <param name="Tensor">The tensor with that error.</param>
/// <param name="Reason">Why it failed or is not supported.</param>
public sealed record CaseResult(string Family, string Case, CaseStatus Status, double? Error = null, string? Tensor = null,
    string? Reason = null);
