using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>The compiler: its passes, one below the other.</summary>
internal static class NetworkCompiler
{
    /// <summary>Compiles a declaration. Whatever is declared, it neither throws nor hangs.</summary>
    public static CompiledNetwork Compile(NetworkDeclaration declaration)
    {
        try
        {
            return Run(declaration);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            var finding = new Finding(DiagnosticDescriptors.InternalError.Id, -1, null, new[] { declaration.Name, exception.Message });
            return new(declaration.HintName, null, null, new[] { finding });
        }
    }

    /// <summary>Makes the plan of a network without mistakes; tests look at it.</summary>
    public static ProgramPlan Plan(Network network)
    {
        Graph forward = Lowering.Lower(network.Input, network.Chain, network.Parameters, isTraining: true);
        Graph inference = Lowering.Lower(network.Input, network.Chain, network.Parameters, isTraining: false);
        TrainingGraph training = Differentiate.Run(forward);
        Simplify.Run(training);
        TurnGradients.Run(training);
        Fuse.Run(forward.Ops, training.Backward, training.Roots);
        Fuse.Run(inference.Ops, [], new[] { inference.Input, inference.Output, inference.Logits }.OfType<Value>());
        return ProgramPlan.Make(training, inference, network.Parameters);
    }

    private static CompiledNetwork Run(NetworkDeclaration declaration)
    {
        var findings = new FindingList();
        foreach (Finding finding in declaration.Findings) findings.Add(finding);
        if (declaration.IsErroneous) return new(declaration.HintName, ApiFile.WriteIncomplete(declaration), null, findings.ToArray());

        Network? network = Resolve.Run(declaration, findings) is { } layers ? InferShapes.Run(declaration, layers, findings) : null;
        if (network is null || findings.Count > 0) return new(declaration.HintName, ApiFile.WriteIncomplete(declaration), null, findings.ToArray());

        return new(declaration.HintName, ApiFile.Write(declaration, network, NetworkTable.Write(network)), ProgramFile.Write(declaration, Plan(network)), findings.ToArray());
    }
}
