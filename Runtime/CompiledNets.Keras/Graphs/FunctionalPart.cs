using System.Text.Json;

namespace CompiledNets.Keras.Graphs;

/// <summary>A network whose layers are called with the results of others.</summary>
internal sealed class FunctionalPart : GraphPart
{
    private readonly List<Member> members = [];
    private readonly Dictionary<string, Member> byName = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<(string Name, Reference Reference)> inputs;
    private IReadOnlyList<(string Name, Reference Reference)> outputs;

    /// <summary>Reads it.</summary>
    public FunctionalPart(KerasObject network, JsonElement config, IReadOnlyList<string> models, bool isFrozen)
        : base(network.ClassName)
    {
        isFrozen |= !network.Bool("trainable", true);
        foreach (JsonElement entry in Entries(config))
        {
            KerasObject layer = KerasObject.Read(entry);
            string name = NameOf(entry) ?? layer.Text("name")
                ?? throw new KerasUnsupportedException($"{ClassName} network with a {layer.ClassName} that has no name");
            bool isInput = layer.ClassName == "InputLayer";
            IReadOnlyList<string> around = layer.ClassName is "Sequential" or "Functional" or "Model" ? [.. models, name] : models;
            Member member = new(name, isInput ? null : Read(entry, around, isFrozen), isInput
                ? BatchShape(layer) : null, CallSyntax.Calls(entry, layer.ClassName));
            if (isInput) layer.RefuseRest();
            members.Add(member);
            if (!byName.TryAdd(name, member)) throw new KerasUnsupportedException($"{ClassName} network with two layers '{name}'");
        }

        inputs = CallSyntax.Ports(network.Take("input_layers"));
        outputs = CallSyntax.Ports(network.Take("output_layers"));
        if (inputs.Count == 0 || outputs.Count == 0)
            throw new KerasUnsupportedException($"{ClassName} network without {(inputs.Count == 0 ? "inputs" : "outputs")}");
        TellCallsApart();
        Number();
        foreach (Member member in members)
            if (member.Part is { KnowsTraining: true } && member.Calls.FirstOrDefault(call => call.Training is not null) is { } call)
                throw new KerasUnsupportedException(
                    $"{member.Part.ClassName} called with training {(call.Training is true ? "True" : "False")}");
    }

    public override IReadOnlyList<(string Name, JsonElement? BatchShape)> Inputs =>
        [.. inputs.Select(input => (input.Name, Find(input.Reference).BatchShape))];

    public override IReadOnlyList<string> OutputNames => [.. outputs.Select(output => output.Name)];

    public override IReadOnlyList<PartMember> Members => [.. members.Select(member => new PartMember(member.Name, member.Part))];

    public override bool KnowsTraining => members.Exists(member => member.Part is { KnowsTraining: true });

    public override IReadOnlyList<GraphValue> Apply(IReadOnlyList<GraphValue> inputs, List<LayerCall> calls) =>
        new Run(this, inputs, calls).Outputs();

    private static string? NameOf(JsonElement entry) => entry.TryGetProperty("name", out JsonElement name)
        && name.ValueKind == JsonValueKind.String ? name.GetString() : null;

    private Member Find(Reference reference) => byName.TryGetValue(reference.Layer, out Member? member)
        ? member : throw new KerasUnsupportedException(
            $"{ClassName} network that takes the result of '{reference.Layer}', which is none of its layers");

    // Keras 3.2 gives all calls of a layer the number of the first. Each is referred to, in order.
    private void TellCallsApart()
    {
        foreach (IGrouping<string, Reference> references in References().GroupBy(reference => reference.Layer).ToArray())
        {
            Member shared = Find(references.First());
            if (shared.Calls.Count < 2 || references.Count() != shared.Calls.Count || references.Distinct().Count() != 1) continue;
            int next = 0;
            foreach (Member member in members)
                member.Calls = [.. member.Calls.Select(call => call with { Inputs = [.. call.Inputs.Select(Numbered)] })];
            outputs = [.. outputs.Select(output => (output.Name, Numbered(output.Reference)))];

            Reference Numbered(Reference reference) => reference.Layer == shared.Name ? reference with { Node = next++ } : reference;
        }
    }

    private IEnumerable<Reference> References() =>
        members.SelectMany(member => member.Calls).SelectMany(call => call.Inputs).Concat(outputs.Select(output => output.Reference));

    // Where a nested network was made from its layers, that counts as its first call: references to it begin at 1. Every call is referred
    // to.
    private void Number()
    {
        foreach (IGrouping<string, Reference> references in References().GroupBy(reference => reference.Layer))
        {
            Member member = Find(references.First());
            if (member.Part is not (null or LayerPart)) member.FirstCall = references.Min(reference => reference.Node);
        }
    }

    /// <summary>A layer of the network.</summary>
    private sealed class Member(string name, GraphPart? part, JsonElement? batchShape, IReadOnlyList<Call> calls)
    {
        /// <summary>Its name.</summary>
        public string Name { get; } = name;

        /// <summary>What it is; null for an input.</summary>
        public GraphPart? Part { get; } = part;

        /// <summary>The shape that an input notes.</summary>
        public JsonElement? BatchShape { get; } = batchShape;

        /// <summary>Its calls.</summary>
        public IReadOnlyList<Call> Calls { get; set; } = calls;

        /// <summary>Number of its first call.</summary>
        public int FirstCall { get; set; }
    }

    /// <summary>One call of the network: by call of a layer, what it gave.</summary>
    private sealed class Run
    {
        private readonly FunctionalPart network;
        private readonly List<LayerCall> made;
        private readonly Dictionary<(Member Member, int Call), IReadOnlyList<GraphValue>?> values = [];

        public Run(FunctionalPart network, IReadOnlyList<GraphValue> inputs, List<LayerCall> made)
        {
            (this.network, this.made) = (network, made);
            if (inputs.Count != network.inputs.Count)
                throw new KerasUnsupportedException(
                    $"{network.ClassName} network with {network.inputs.Count} inputs called with {inputs.Count} values");
            for (int i = 0; i < inputs.Count; i++)
                if (!values.TryAdd((network.Find(network.inputs[i].Reference), 0), [inputs[i]]))
                    throw new KerasUnsupportedException($"{network.ClassName} network with the input '{network.inputs[i].Name}' twice");
        }

        public IReadOnlyList<GraphValue> Outputs()
        {
            // Weights are in the order of the layers, so that each is called when it is its turn: first by the call that has what it takes.
            foreach (Member member in network.members)
            {
                if (member.Part is null) continue;
                int ready = Enumerable.Range(0, member.Calls.Count).FirstOrDefault(call => member.Calls[call].Inputs.All(IsThere));
                if (member.Calls.Count > 0) Value(member, ready);
            }

            foreach (Member member in network.members)
                for (int call = 0; call < member.Calls.Count; call++) Value(member, call);
            return [.. network.outputs.Select(output => Value(output.Reference))];
        }

        private bool IsThere(Reference reference) => network.Find(reference) is var member
            && values.ContainsKey((member, reference.Node - member.FirstCall));

        private GraphValue Value(Reference reference)
        {
            Member member = network.Find(reference);
            IReadOnlyList<GraphValue> all = Value(member, reference.Node - member.FirstCall);
            return reference.Tensor >= 0 && reference.Tensor < all.Count
                ? all[reference.Tensor] : throw new KerasUnsupportedException(
                    $"result {reference.Tensor} of '{member.Name}', which gives {all.Count}");
        }

        private IReadOnlyList<GraphValue> Value(Member member, int call)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            if (values.TryGetValue((member, call), out IReadOnlyList<GraphValue>? known))
                return known ?? throw new KerasUnsupportedException(
                    $"{network.ClassName} network in which '{member.Name}' takes its own result");
            if (member.Part is null || call < 0 || call >= member.Calls.Count)
                throw new KerasUnsupportedException(
                    $"{network.ClassName} network that takes the result of call {call + member.FirstCall} of '{member.Name}', which is " +
                    $"not there");
            values[(member, call)] = null;
            GraphValue[] inputs = [.. member.Calls[call].Inputs.Select(Value)];
            return values[(member, call)] = member.Part.Apply(inputs, member.Calls[call], made);
        }
    }
}
