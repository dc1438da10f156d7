namespace CompiledNets.Generator.Ops;

/// <summary>What a scan hands from step to step.</summary>
/// <param name="Before">The state as a step finds it; a value of the body.</param>
/// <param name="Next">The state as it leaves it; a value of the body.</param>
/// <param name="Stack">All states one after the other, from that before the first step on.</param>
/// <param name="Sequence">Those after each step: a part of them.</param>
/// <param name="Last">That after the last step: a part of them.</param>
internal sealed record ScanState(Value Before, Value Next, Value Stack, Value Sequence, Value Last);

/// <summary>A value of the body that is kept for each step.</summary>
/// <param name="Each">The value of the body.</param>
/// <param name="Sequence">Those of all steps.</param>
internal sealed record ScanResult(Value Each, Value Sequence);

/// <summary>A slice of a sequence, with which a step works.</summary>
/// <param name="Each">The slice; a value of the body.</param>
/// <param name="Sequence">The sequence, whose first axis is the steps.</param>
internal sealed record ScanSlice(Value Each, Value Sequence);
