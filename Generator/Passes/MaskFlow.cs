using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Layers;

namespace CompiledNets.Generator.Passes;

/// <summary>Which values have a mask, call by call, and where one ends.</summary>
internal sealed class MaskFlow
{
    private readonly List<bool> masked = [];

    /// <summary>Takes in the next call; false, and a finding, where its layer would be wrong with a mask.</summary>
    public bool Goes(Layer layer, WiredCall call, ShapeContext context)
    {
        bool[] inputs = [.. call.Inputs.Select(source => !source.IsInput && source.Index == 0 && masked[source.Call])];
        masked.Add(layer.GivesMask(inputs));
        int first = Array.IndexOf(inputs, true);
        if (first < 0) return true;
        string[] arguments = [layer.Name, call.Names[first]];
        if (layer.Mask == MaskRule.Drops) context.Findings.Add(DiagnosticDescriptors.MaskDropped.Id, context.Index, null, arguments);
        if (layer.Mask == MaskRule.Refuses) context.Findings.Add(DiagnosticDescriptors.MaskRefused.Id, context.Index, null, arguments);
        return layer.Mask != MaskRule.Refuses;
    }
}
