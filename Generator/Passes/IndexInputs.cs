using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Layers;

namespace CompiledNets.Generator.Passes;

/// <summary>Which inputs are whole numbers with a limit, because a layer looks rows up by them.</summary>
internal static class IndexInputs
{
    /// <summary>Limits the inputs whose numbers a call takes; false, and a finding, where it takes computed ones.</summary>
    /// <param name="limit">Rows of the table.</param>
    /// <param name="call">The call.</param>
    /// <param name="wiring">The calls before it.</param>
    /// <param name="inputs">The inputs of the network.</param>
    /// <param name="context">Takes the finding.</param>
    public static bool Limit(int limit, WiredCall call, Wiring wiring, Port[] inputs, ShapeContext context)
    {
        var sources = new Stack<(Source Source, string Name)>(call.Inputs.Zip(call.Names, (source, name) => (source, name)));
        while (sources.Count > 0)
        {
            (Source source, string name) = sources.Pop();
            if (source.IsInput)
            {
                Port port = inputs[source.Index];
                if (!(port.Limit <= limit)) inputs[source.Index] = port with { Limit = limit, LimitedBy = context.Name };
                continue;
            }

            WiredCall maker = wiring.Calls[source.Call];
            if (!wiring.Layers[maker.Layer].KeepsNumbers)
            {
                context.Findings.Add(DiagnosticDescriptors.ComputedIndices.Id, context.Index, null, context.Name, name);
                return false;
            }

            for (int i = 0; i < maker.Inputs.Count; i++) sources.Push((maker.Inputs[i], maker.Names[i]));
        }

        return true;
    }
}
