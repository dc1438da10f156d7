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
        Scalar.BeginNetwork();
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

    /// <summary>The network with its layers and shapes; null, and findings, where something is wrong.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <param name="findings">Takes what is wrong.</param>
    /// <param name="nesting">The checks of the networks that it applies, where they passed already.</param>
    public static Network? Build(NetworkDeclaration declaration, FindingList findings, NestingChecks? nesting = null) =>
        Wire.Run(Resolve.Run(declaration, findings, nesting), findings) is { } wiring
            ? InferShapes.Run(declaration, wiring, findings) : null;

    /// <summary>Makes the plan of a network without mistakes.</summary>
    /// <param name="network">The network.</param>
    /// <param name="cancellation">Ends the work between two passes.</param>
    /// <param name="look">Looks at the graphs after each pass; tests do.</param>
    public static ProgramPlan Plan(Network network, CancellationToken cancellation = default,
        Action<string, TrainingGraph, Graph>? look = null)
    {
        Graph forward = Lowering.Lower(network, isTraining: true), inference = Lowering.Lower(network, isTraining: false);
        SettleHeads.Run(forward, inference);
        TrainingGraph training = Differentiate.Run(forward);
        After(nameof(Differentiate));
        Simplify.Run(training);
        Simplify.Run(inference);
        After(nameof(Simplify));
        TurnGradients.Run(training);
        After(nameof(TurnGradients));
        Graph singles = PackFilters.ForSingles(inference);
        Fuse.Run(singles.Ops, singles.Roots, []);
        Fuse.Run(forward.Ops, training.Roots, training.Backward);
        Fuse.Run(training.Backward, training.Roots, []);
        Fuse.Run(inference.Ops, inference.Roots, []);
        After(nameof(Fuse));
        ChooseWinograd.Run(training);
        ChooseWinograd.Run(inference.Ops);
        After(nameof(ChooseWinograd));
        return ProgramPlan.Make(training, inference, singles, network.Parameters);

        void After(string pass)
        {
            cancellation.ThrowIfCancellationRequested();
            look?.Invoke(pass, training, inference);
        }
    }

    private static CompiledNetwork Run(NetworkDeclaration declaration, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var findings = new FindingList();
        foreach (Finding finding in declaration.Findings) findings.Add(finding);
        if (declaration.IsErroneous || findings.HasErrors)
            return new(declaration.HintName, ApiFile.WriteIncomplete(declaration), null, findings.ToArray());

        Network? network = Build(declaration, findings);
        if (network is null || findings.HasErrors)
            return new(declaration.HintName, ApiFile.WriteIncomplete(declaration), null, findings.ToArray());

        AugmentationChecks.Run(network, findings);
        ProgramPlan plan = Plan(network, cancellation);
        if (plan.TrainingBlock.Size > BlockPlan.MostFeatures)
        {
            string features = plan.TrainingBlock.Size.ToString(System.Globalization.CultureInfo.InvariantCulture)
                + " numbers for a sample and its gradients";
            findings.Add(DiagnosticDescriptors.TooLarge.Id, -1, null, declaration.Name, features,
                Emit.CodeWriter.Int(BlockPlan.MostFeatures));
            return new(declaration.HintName, ApiFile.WriteIncomplete(declaration), null, findings.ToArray());
        }

        return new(declaration.HintName, ApiFile.Write(declaration, network, plan),
            ProgramFile.Write(declaration, network, plan, cancellation), findings.ToArray());
    }
}
