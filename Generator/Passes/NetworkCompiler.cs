using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>The compiler: its passes, one below the other.</summary>
internal static class NetworkCompiler
{
    /// <summary>Compiles a declaration. Whatever is declared, it neither throws nor hangs.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <param name="cancellation">Set where the text has changed already, as in an editor; nobody waits for the result.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static CompiledNetwork Compile(NetworkDeclaration declaration, CancellationToken cancellation = default)
    {
        try
        {
            return Run(declaration, cancellation);
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or OperationCanceledException))
        {
            string[] frames = exception.StackTrace?.Split('\n') ?? ["at an unknown place"];
            string place = (Array.Find(frames, frame => frame.Contains("CompiledNets.")) ?? frames[0]).Trim();
            var finding = new Finding(DiagnosticDescriptors.InternalError.Id, -1, null,
                new[] { declaration.Name, $"{exception.GetType().Name} {place}: {exception.Message.TrimEnd('.')}" });
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

    private static CompiledNetwork Run(NetworkDeclaration declaration, CancellationToken cancellation)
    {
        var findings = new FindingList();
        foreach (Finding finding in declaration.Findings) findings.Add(finding);
        if (declaration.IsErroneous || findings.HasErrors) return new(declaration.HintName, ApiFile.WriteIncomplete(declaration), null, findings.ToArray());

        Network? network = Resolve.Run(declaration, findings) is { } layers ? InferShapes.Run(declaration, layers, findings) : null;
        if (network is null || findings.HasErrors) return new(declaration.HintName, ApiFile.WriteIncomplete(declaration), null, findings.ToArray());

        cancellation.ThrowIfCancellationRequested();
        ProgramPlan plan = Plan(network);
        cancellation.ThrowIfCancellationRequested();
        return new(declaration.HintName, ApiFile.Write(declaration, network, NetworkTable.Write(network)), ProgramFile.Write(declaration, plan), findings.ToArray());
    }
}
