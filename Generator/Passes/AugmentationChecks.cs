using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Layers;

namespace CompiledNets.Generator.Passes;

/// <summary>Random changes are meant for images as they come: behind a layer that trains they change what it has learned to see.</summary>
internal static class AugmentationChecks
{
    public static void Run(Network network, FindingList findings)
    {
        // By call, the first layer before it, or itself, that trains.
        Layer?[] trained = new Layer?[network.Calls.Count];
        for (int i = 0; i < trained.Length; i++)
        {
            Call call = network.Calls[i];
            Layer layer = network.Layers[call.Layer];
            trained[i] = call.Inputs.Where(input => !input.IsInput).Select(input => trained[input.Call])
                .FirstOrDefault(before => before is not null);
            if (layer is RandomImages && trained[i] is { } before)
                findings.Add(DiagnosticDescriptors.AugmentationBehindTraining.Id, layer.Index, null, layer.Name, before.Name);
            if (trained[i] is null && layer.Weights(network.InputShapes(call)).Any(weight => weight.Trainable)) trained[i] = layer;
        }
    }
}
