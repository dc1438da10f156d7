using CompiledNets.Generator.Passes;
using CompiledNets.Naming;
using Microsoft.CodeAnalysis.CSharp;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Emit;

/// <summary>
/// Writes what a network of several inputs or outputs adds to <c>Model</c>: training and prediction with a parameter for each input and
/// output, so that nobody counts positions.
/// </summary>
internal sealed class PortsApi
{
    private const string Samples = "global::CompiledNets.Data.Samples", Tensor = "global::System.Numerics.Tensors.Tensor<float>",
        Root = "global::CompiledNets.";

    private readonly CodeWriter writer;
    private readonly string[] inputs;
    private readonly string[] outputs;
    private readonly string[] outputNames;

    private PortsApi(CodeWriter writer, Network network)
    {
        this.writer = writer;
        string[] names = Unique([.. network.Inputs.Select(port => port.Name), .. network.Outputs.Select(port => port.Name)]);
        inputs = [.. names.Take(network.Inputs.Count)];
        outputs = [.. names.Skip(network.Inputs.Count)];
        outputNames = [.. network.Outputs.Select(port => TypeName(port.Name))];
    }

    /// <summary>Names that it declares beside methods.</summary>
    public static readonly string[] Types = ReservedMembers.OfPorts;

    /// <summary>Writes all of it.</summary>
    public static void Write(CodeWriter writer, Network network)
    {
        if (network.Inputs.Count == 1 && network.Outputs.Count == 1) return;
        var api = new PortsApi(writer, network);
        if (network.Outputs.Count > 1) api.Compile();
        api.Train();
        api.Predict();
        if (network.Outputs.Count > 1) api.OfOutputs();
        else api.OfOutput();
    }

    private void Compile()
    {
        writer.Line().Summary("Sets what the network is trained with: a loss, a weight and metrics for each output.");
        Parameter("optimizer", "How gradients change weights.");
        Parameter("loss", "The loss of each output; one without is predicted and not trained.");
        Parameter("lossWeights", "What each loss counts in the sum that is trained; 1 where nothing is said.");
        Parameter("metrics", "Figures of each output; they leave sample weights out.");
        Parameter("weightedMetrics", "Figures of each output that count sample and class weights.");
        writer.Generated()
            .Line($"public void Compile({Root}Optimizer optimizer, Losses loss, LossWeights? lossWeights = null, Metrics? metrics = " +
            $"null, Metrics? weightedMetrics = null) =>");
        writer.Line("    Compile(optimizer, loss.InOrder(), lossWeights?.InOrder(), metrics?.InOrder(), weightedMetrics?.InOrder());");
    }

    private void Train()
    {
        string data = string.Join(", ", inputs.Concat(outputs).Select(name => $"{Samples} {name}"));
        string[] elements = ElementNames(inputs.Concat(outputs).Select(TypeName));
        string tuple = $"({string.Join(", ", elements.Select(name => $"{Samples} {name}"))})?";
        string passed = $"[{string.Join(", ", inputs)}], [{string.Join(", ", outputs)}]";
        const string callbacks = $"global::System.Collections.Generic.IEnumerable<{Root}Callback>?";
        const string cancellation = "global::System.Threading.CancellationToken";

        writer.Line().Summary("Trains the network.");
        Ports();
        Parameter("batchSize", "Samples a step; the last batch of an epoch has what is left.");
        Parameter("epochs", "The number of the epoch to end before, counted from 0.");
        Parameter("verbose", "What is printed.");
        Parameter("callbacks", "Called in this order at the beginning and end of training, epochs and batches.");
        Parameter("validationSplit", "The share of the data, cut off its end before anything is shuffled, that is evaluated after each epoch instead of trained on.");
        Parameter("validationData", "Inputs and targets that are evaluated after each epoch; goes before the split.");
        Parameter("validationSampleWeight", "By output, a weight for each sample of the validation data.");
        Parameter("shuffle", "Whether each epoch takes the samples in another order.");
        Parameter("classWeight", "By output, a weight for the samples of each class.");
        Parameter("sampleWeight", "By output, a weight for each sample.");
        Parameter("initialEpoch", "The number of the first epoch, to go on with an earlier training.");
        Parameter("stepsPerEpoch", "Batches of an epoch, which goes on in the data where the last one stopped; null for all.");
        Parameter("validationSteps", "Batches of a validation; null for all.");
        Parameter("validationBatchSize", "Samples of a batch of the validation; null for batchSize.");
        Parameter("validationFrequency", "Epochs from one validation to the next.");
        Parameter("cancellationToken", "Ends training between two batches, with an exception; the weights stay as they are then.");
        writer.Line("/// <returns>The figures of each epoch.</returns>");
        writer.Generated().Line($"public {Root}History Fit(");
        writer.Line($"    {data}, int batchSize = 32, int epochs = 1,");
        writer.Line($"    {Root}Verbose verbose = {Root}Verbose.Bar, {callbacks} callbacks = null, double validationSplit = 0,");
        writer.Line($"    {tuple} validationData = null,");
        writer.Line("    SampleWeights? validationSampleWeight = null, bool shuffle = true, ClassWeights? classWeight = null,");
        writer.Line("    SampleWeights? sampleWeight = null, int initialEpoch = 0, int? stepsPerEpoch = null, int? validationSteps = null,");
        writer.Line($"    int? validationBatchSize = null, int validationFrequency = 1, {cancellation} cancellationToken = default) =>");
        string validation = string.Join(", ", elements.Take(inputs.Length).Select(name => "data." + name)),
            targets = string.Join(", ", elements.Skip(inputs.Length).Select(name => "data." + name));
        writer.Line($"    Fit({passed}, batchSize, epochs, verbose, callbacks, validationSplit,");
        writer.Line($"        validationData is {{ }} data ? ([{validation}], [{targets}]) : null, validationSampleWeight?.InOrder(), " +
            $"shuffle,");
        writer.Line("        classWeight?.InOrder(), sampleWeight?.InOrder(), initialEpoch, stepsPerEpoch, validationSteps, " +
            "validationBatchSize,");
        writer.Line("        validationFrequency, cancellationToken);");

        writer.Line().Summary("Loss and metrics over data, in inference mode.");
        Ports();
        Parameter("batchSize", "Samples that are worked at a time.");
        Parameter("verbose", "What is printed.");
        Parameter("sampleWeight", "By output, a weight for each sample.");
        Parameter("steps", "Batches after which it ends; null for all.");
        Parameter("callbacks", "Called at the beginning and end of the evaluation and of batches.");
        Parameter("cancellationToken", "Ends the evaluation between two batches, with an exception.");
        writer.Generated().Line($"public {Root}Logs Evaluate(");
        writer.Line($"    {data}, int batchSize = 32,");
        writer.Line($"    {Root}Verbose verbose = {Root}Verbose.Bar, SampleWeights? sampleWeight = null, int? steps = null,");
        writer.Line($"    {callbacks} callbacks = null, {cancellation} cancellationToken = default) =>");
        writer.Line($"    Evaluate({passed}, batchSize, verbose, sampleWeight?.InOrder(), steps, callbacks, cancellationToken);");

        writer.Line().Summary("One step of training on one batch.");
        Ports();
        Parameter("sampleWeight", "By output, a weight for each sample.");
        Parameter("classWeight", "By output, a weight for the samples of each class.");
        writer.Line("/// <returns>The losses and the metrics of the batch.</returns>");
        writer.Generated()
            .Line($"public {Root}Logs TrainOnBatch({data}, SampleWeights? sampleWeight = null, ClassWeights? classWeight = null) =>");
        writer.Line($"    TrainOnBatch({passed}, sampleWeight?.InOrder(), classWeight?.InOrder());");

        writer.Line().Summary("Losses and metrics of one batch, in inference mode.");
        Ports();
        Parameter("sampleWeight", "By output, a weight for each sample.");
        writer.Generated().Line($"public {Root}Logs TestOnBatch({data}, SampleWeights? sampleWeight = null) =>");
        writer.Line($"    TestOnBatch({passed}, sampleWeight?.InOrder());");
    }

    private void Predict()
    {
        string given = string.Join(", ", inputs.Select(name => $"{Samples} {name}")), hides = inputs.Length == 1 ? "new " : "";
        string results = Tuple(outputNames), gradients = Tuple([.. inputs.Select(TypeName)]);
        const string options = $"int batchSize = 32, {Root}Verbose verbose = {Root}Verbose.Silent, int? steps = null, " +
            $"global::System.Collections.Generic.IEnumerable<{Root}Callback>? callbacks = null, " +
            "global::System.Threading.CancellationToken cancellationToken = default";

        writer.Line().Summary("What the network gives for some samples.");
        InputPorts();
        Parameter("batchSize", "Samples between two callbacks.");
        Parameter("verbose", "What is printed.");
        Parameter("steps", "Batches to predict; null for all.");
        Parameter("callbacks", "Called at the beginning and end of the prediction and of batches.");
        Parameter("cancellationToken", "Ends the prediction between two batches, with an exception.");
        writer.Generated().Open($"public {hides}{results} Predict({given}, {options})");
        writer.Line(
            $"{Tensor}[] outputs = Predict([{string.Join(", ", inputs)}], batchSize, verbose, steps, callbacks, cancellationToken);");
        writer.Line($"return {Items("outputs", outputs.Length)};").Close();

        writer.Line().Summary("A forward pass that leaves what Backward needs.");
        InputPorts();
        Parameter("training", "Whether dropout drops and batch statistics are those of the batch.");
        writer.Generated().Open($"public {hides}{results} Forward({given}, bool training = false)");
        writer.Line($"{Tensor}[] outputs = Forward([{string.Join(", ", inputs)}], training);");
        writer.Line($"return {Items("outputs", outputs.Length)};").Close();

        string upstream = string.Join(", ", outputs.Select(name => outputs.Length == 1 ? $"{Samples} {name}" : $"{Samples}? {name}"));
        writer.Line().Summary("The backward pass of the last Forward: gradients of all weights, and those of the inputs as the result.");
        foreach (string output in outputs)
            Parameter(output, $"The gradient of that output{(outputs.Length > 1 ? "; null for none" : "")}.");
        Parameter("accumulate", "Whether gradients are added to those that are there.");
        Parameter("penalties", "Whether those of the penalties on weights and outputs of layers are added.");
        string choices = "bool accumulate = false, bool penalties = false";
        writer.Generated().Open($"public {(outputs.Length == 1 ? "new " : "")}{gradients} Backward({upstream}, {choices})");
        writer.Line($"{Tensor}[] gradients = " +
            $"Backward([{string.Join(", ", outputs.Select(name => outputs.Length == 1 ? name + ".Tensor" : name + "?.Tensor"))}], " +
            $"accumulate, penalties);");
        writer.Line($"return {Items("gradients", inputs.Length)};").Close();
    }

    // What is said of each output.
    private void OfOutputs()
    {
        Class("Losses", "The loss of each output.", $"{Root}Loss?", "The loss; null for none.", "");
        Class("LossWeights", "What the loss of each output counts.", "double", "The weight; 1 where nothing is said.", " = 1;");
        Class("Metrics", "The metrics of each output.", $"{Root}Metric[]", "The metrics.", " = [];");
        OfOutput();
    }

    private void OfOutput()
    {
        Class("SampleWeights", "A weight for each sample, by output.", $"{Samples}?", "The weights; null for ones.", "");
        Class("ClassWeights", "A weight for each class, by output.", "global::System.Collections.Generic.IReadOnlyDictionary<int, float>?",
            "The weights by class; null for ones.", "");
    }

    private void Class(string name, string summary, string type, string meaning, string initial)
    {
        writer.Line().Summary(summary).Generated().Open($"public sealed class {name}");
        foreach (string output in outputNames)
            writer.Summary($"{output}: {char.ToLowerInvariant(meaning[0])}{meaning.Substring(1)}")
                .Line($"public {type} {output} {{ get; set; }}{initial}").Line();
        writer.Line($"internal {type}[] InOrder() => [{string.Join(", ", outputNames)}];").Close();
    }

    private void Ports()
    {
        InputPorts();
        foreach (string output in outputs) Parameter(output, "Targets of that output, (samples, ...).");
    }

    private void InputPorts()
    {
        foreach (string input in inputs) Parameter(input, "That input, (samples, ...).");
    }

    private void Parameter(string name, string meaning) => writer.Line($"/// <param name=\"{name.TrimStart('@')}\">{meaning}</param>");

    private static string Tuple(string[] names) => names.Length == 1
        ? Tensor : $"({string.Join(", ", ElementNames(names).Select(name => $"{Tensor} {name}"))})";

    // C# keeps some names of a tuple's elements for itself.
    private static string[] ElementNames(IEnumerable<string> names)
    {
        string[] wanted = [.. names];
        var taken = new HashSet<string>(wanted, StringComparer.Ordinal);
        return [.. wanted.Select(name =>
        {
            bool isNumbered = name.StartsWith("Item", StringComparison.Ordinal) && name.Length > 4 && name.Skip(4).All(char.IsDigit);
            if (!isNumbered && name is not ("Rest" or "ToString" or "Equals" or "GetHashCode" or "CompareTo" or "Deconstruct")) return name;
            string other = name + "Port";
            while (!taken.Add(other)) other += "Port";
            return other;
        })];
    }

    private static string Items(string array, int count) => count == 1
        ? array + "[0]" : "(" + string.Join(", ", Enumerable.Range(0, count).Select(i => $"{array}[{Int(i)}]")) + ")";

    private static string TypeName(string name) => Identifier.Pascal(name.TrimStart('@'));

    // Parameters of one method: the ports, beside those that it has anyway.
    private static string[] Unique(string[] ports)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal)
        {
            "batchSize", "epochs", "verbose", "callbacks", "validationSplit", "validationData", "validationSampleWeight", "shuffle",
            "classWeight", "sampleWeight", "initialEpoch", "stepsPerEpoch", "validationSteps", "validationBatchSize",
            "validationFrequency", "cancellationToken", "steps", "training", "accumulate", "data", "gradients", "penalties", "outputs",
        };
        return [.. ports.Select(port =>
        {
            string wanted = Identifier.Camel(port), name = wanted;
            for (int i = 2; !taken.Add(name); i++) name = wanted + Int(i);
            return SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name : name;
        })];
    }
}
