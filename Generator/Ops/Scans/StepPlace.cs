namespace CompiledNets.Generator.Ops;

/// <summary>Where a value of a scan's body lies at step t: from element Start + t * Step of a value outside on.</summary>
/// <param name="Of">The value outside: the values of all steps, or of one where each overwrites the last.</param>
/// <param name="Start">Its element at step 0.</param>
/// <param name="Step">Elements from step to step.</param>
internal readonly record struct StepPlace(Value Of, int Start, int Step)
{
    /// <summary>A part of what lies there.</summary>
    public StepPlace After(int elements) => this with { Start = Start + elements };

    /// <summary>The same places from the last step to the first.</summary>
    public StepPlace Reversed(int steps) => new(Of, Start + ((steps - 1) * Step), -Step);
}
