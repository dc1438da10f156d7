using System.Globalization;

namespace CompiledNets.Files;

/// <summary>
/// Networks as safetensors: each weight under its path (<c>dense/kernel</c>), what the optimizer keeps under
/// <c>optimizer:momentum/dense/kernel</c>, and counters as texts beside them.
/// </summary>
internal sealed class SafetensorsFormat : ModelFormat
{
    private const string State = "optimizer:";

    private static readonly string[] Texts = ["optimizer", "iteration", "learning_rate", "seed", "shuffles", "steps"];

    public override IReadOnlyList<string> Endings => [".safetensors"];

    public override bool IsWhole => false;

    public override bool Recognizes(ReadOnlySpan<byte> start) =>
        start.Length > SafetensorsHeader.LengthSize && start[SafetensorsHeader.LengthSize] == '{';

    public override void Write(Model model, Stream stream)
    {
        List<NamedNumbers> tensors =
            [.. model.Weights.Select(weight => new NamedNumbers(weight.Path, weight.Shape.ToArray(), weight.Memory))];
        Dictionary<string, string> texts = new() { ["format"] = "CompiledNets", ["network"] = model.Name };
        if (model.GetTrainingState() is { } state)
        {
            tensors.AddRange(
                state.Variables.Select(variable =>
                new NamedNumbers($"{State}{variable.Name}/{variable.Weight}", variable.Shape, variable.Values)));
            RandomState random = state.Random!;
            object[] values = [state.Optimizer, state.Iteration, state.LearningRate, random.Seed, random.Shuffles, random.Steps];
            for (int i = 0; i < Texts.Length; i++) texts[Texts[i]] = Convert.ToString(values[i], CultureInfo.InvariantCulture)!;
        }

        SafetensorsFile.Write(stream, tensors, texts);
    }

    public override WeightReport ReadWeights(Model model, Stream stream, bool skipMismatch)
    {
        using SafetensorsFile file = stream is FileStream { Position: 0 } given ? SafetensorsFile.Open(given.Name)
            : SafetensorsFile.Read(stream);
        List<(ModelWeight Weight, NumberFiller Fill)> fitting = [];
        List<WeightMismatch> mismatches = [];
        foreach (ModelWeight weight in model.Weights)
        {
            string path = weight.Path;
            if (!file.Contains(path)) mismatches.Add(new(path, "the file has no such weight."));
            else if (!weight.Shape.SequenceEqual(file.ShapeOf(path)))
                mismatches.Add(
                    new(path, $"its shape is {ShapeText.Of(weight.Shape)}, but the file has {ShapeText.Of(file.ShapeOf(path))}."));
            else if (!SafetensorsHeader.IsKnown(file.TypeOf(path)))
                mismatches.Add(new(path, $"the file has numbers of type {file.TypeOf(path)}."));
            else fitting.Add((weight, numbers => file.CopyTo(path, numbers)));
        }

        HashSet<string> own = [.. model.Weights.Select(weight => weight.Path)];
        string[] unused = [.. file.Names.Where(name => !own.Contains(name) && !name.StartsWith(State, StringComparison.Ordinal))];
        if (!skipMismatch && mismatches.Count + unused.Length > 0) throw Different(model, fitting.Count, mismatches, unused);
        TrainingState? state = mismatches.Count == 0 ? ReadState(file, model) : null;
        Put(model, fitting, state);
        return new([.. fitting.Select(pair => pair.Weight.Path)], mismatches, unused) { HasTrainingState = state is not null };
    }

    private static InvalidDataException Different(Model model, int fitting, List<WeightMismatch> mismatches, string[] unused)
    {
        IEnumerable<string> lines = [.. mismatches.Select(mismatch => mismatch.ToString()),
            .. unused.Select(path => $"'{path}' of the file belongs to no weight.")];
        return new(string.Create(
            CultureInfo.InvariantCulture,
            $"Expected a file with the weights of '{model.Name}'. Received one in which {fitting} of {fitting + mismatches.Count} fit. " +
            $"Pass `skipMismatch: true` to take over those.\n{string.Join('\n', lines)}"));
    }

    private static TrainingState? ReadState(SafetensorsFile file, Model model)
    {
        if (Texts.Any(text => !file.Metadata.ContainsKey(text))) return null;
        if (model.Optimizer is null || model.Optimizer.GetType().Name != file.Metadata["optimizer"]) return null;
        try
        {
            string[] values = [.. Texts.Select(text => file.Metadata[text])];
            return new()
            {
                Optimizer = values[0],
                Iteration = long.Parse(values[1], CultureInfo.InvariantCulture),
                LearningRate = double.Parse(values[2], CultureInfo.InvariantCulture),
                Random = new(int.Parse(values[3], CultureInfo.InvariantCulture), uint.Parse(values[4], CultureInfo.InvariantCulture),
                    uint.Parse(values[5], CultureInfo.InvariantCulture)),
                Variables = [.. file.Names.Where(name => name.StartsWith(State, StringComparison.Ordinal)).Select(Variable)],
            };
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw new InvalidDataException($"The state of the training in the file is damaged: {exception.Message}", exception);
        }

        OptimizerVariable Variable(string name)
        {
            int slash = name.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0) throw new InvalidDataException($"The tensor '{name}' of the file is of no weight.");
            return new(name[State.Length..slash], name[(slash + 1)..], file.ShapeOf(name).ToArray(), file.ToTensor(name).ToArray());
        }
    }
}
