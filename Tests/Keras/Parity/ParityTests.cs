using System.Text;
using System.Text.Json;
using CompiledNets.Generator;
using CompiledNets.Generator.Layers;
using CompiledNets.Harness;
using CompiledNets.Keras.Training;

namespace CompiledNets.Keras.Tests.Parity;

/// <summary>
/// Nothing is forgotten: all tables of names against each other and against what Keras has (<c>keras.txt</c>). What is missing is
/// docs/keras-parity.md, the plan of what is to come; with
/// <c>COMPILEDNETS_ACCEPT=1</c> it is written anew.
/// </summary>
public sealed class ParityTests
{
    private static readonly string[] Kinds =
        ["layer", "initializer", "regularizer", "constraint", "loss", "metric", "optimizer", "schedule", "callback"];

    public static TheoryData<string> AllKinds => [.. Kinds];

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void All_that_there_is_is_called_as_in_Keras_and_takes_arguments_in_Keras_s_order_with_its_defaults(string kind)
    {
        Dictionary<string, KerasEntry> keras = Keras(kind).ToDictionary(entry => entry.Name);
        List<string> wrong = [];
        foreach ((string name, Type type) in OurParts.Of(kind))
        {
            if (!keras.TryGetValue(name, out KerasEntry? entry))
            {
                wrong.Add($"Keras has no {kind} {name}");
                continue;
            }

            if (kind == "metric" && typeof(Loss).IsAssignableFrom(type)) continue;
            ArgumentComparison comparison = new(entry, type);
            wrong.AddRange([.. comparison.Misplaced, .. comparison.OtherDefaults]);
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Arguments_that_all_optimizers_take_have_Keras_s_defaults()
    {
        Optimizer optimizer = new SGD();
        Assert.Equal(
            (null, null, null, null, false, 0.99, null, null),
            (optimizer.WeightDecay, optimizer.ClipNorm, optimizer.ClipValue, optimizer.GlobalClipNorm, optimizer.UseEma,
                optimizer.EmaMomentum, optimizer.EmaOverwriteFrequency,
                optimizer.GradientAccumulationSteps));
    }

    [Fact]
    public void Activations_are_the_same_in_all_tables()
    {
        IReadOnlyDictionary<string, string> constants = OurParts.Constants(typeof(Activation));
        string[] names = [.. constants.Values.Order(StringComparer.Ordinal)];
        Assert.All(constants, constant => Assert.Equal(constant.Value, OurParts.Snake(constant.Key)));
        Assert.Equal(names, OurParts.Formulas.Order(StringComparer.Ordinal));
        Assert.Equal(names, OurParts.Shared(typeof(NetworkGenerator), "KnownActivations").Order(StringComparer.Ordinal));
        Assert.Equal(names, OurParts.Shared(typeof(KerasObject), "KnownActivations").Order(StringComparer.Ordinal));
        Assert.Equal(
            Keras("activation").Select(entry => entry.Name).Where(names.Contains).Append("gelu_approximate").Append("keras2_hard_sigmoid")
                .Order(StringComparer.Ordinal), names);
        foreach ((string constant, string name) in constants)
            Assert.Contains($"[Activation(Activation.{constant})]",
                NetworkSource.Write("Net", [4], [Object("Activation", $$"""{"activation": "{{name}}"}""")]), StringComparison.Ordinal);
    }

    [Fact]
    public void Initializers_are_the_same_in_all_tables()
    {
        string[] classes = [.. OurParts.Of("initializer").Keys.Order(StringComparer.Ordinal)];

        // A constant without its number is none.
        Assert.Equal(classes.Where(name => name != "Constant"), Initializer.Table.Classes.Order(StringComparer.Ordinal));
        Assert.Equal(Initializer.Table.Classes.Order(StringComparer.Ordinal), OurParts.Constants(typeof(Initializer))
            .Keys.Order(StringComparer.Ordinal));
        Assert.All(OurParts.Constants(typeof(Initializer)), constant => Assert.Equal(constant.Value, OurParts.Snake(constant.Key)));
        Assert.Equal(Initializer.Table.Names.Order(StringComparer.Ordinal), OurParts.Shared(typeof(NetworkGenerator), "KnownInitializers")
            .Order(StringComparer.Ordinal));
        foreach (string name in classes)
        {
            string source = NetworkSource.Write("Net", [4],
                [Object("Dense",
                """{"units": 2, "kernel_initializer": {"class_name": "NAME", "config": {}}}""".Replace("NAME", name,
                StringComparison.Ordinal))]);

            // The default of a dense kernel is not written, and the scaling with all its defaults has a name.
            if (name != "GlorotUniform") Assert.Contains(name == "VarianceScaling" ? "LecunNormal"
                : name, source, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Regularizers_and_constraints_are_the_same_in_all_tables()
    {
        Same("regularizer", Regularizer.Table.Classes, Regularizer.Table.Names, typeof(Regularizer), "KnownRegularizers");
        Same("constraint", Constraint.Table.Classes, Constraint.Table.Names, typeof(Constraint), "KnownConstraints");
        Assert.All(Regularizer.Table.Classes, name => Assert.Equal(name, KerasRegularizers.Create(Object(name, "{}")).GetType().Name));
        Assert.All(Constraint.Table.Classes, name => Assert.Equal(name, KerasConstraints.Create(Object(name, "{}")).GetType().Name));
        Assert.All(Constraint.Table.Classes,
            name => Assert.Contains($"KernelConstraint = Constraint.{name}", Source("kernel_constraint", name), StringComparison.Ordinal));
        Assert.Contains("KernelL1 = 0.01)", Source("kernel_regularizer", "L1"), StringComparison.Ordinal);
        Assert.Contains("KernelL2 = 0.01)", Source("kernel_regularizer", "L2"), StringComparison.Ordinal);
        Assert.Contains("KernelRegularizer = Regularizer.OrthogonalRegularizer", Source("kernel_regularizer", "OrthogonalRegularizer"),
            StringComparison.Ordinal);

        static void Same(string kind, IEnumerable<string> classes, IEnumerable<string> names, Type type, string list)
        {
            string[] ours = [.. OurParts.Of(kind).Keys.Order(StringComparer.Ordinal)];
            Assert.Equal(ours, classes.Order(StringComparer.Ordinal));
            Assert.Equal(ours, OurParts.Constants(type).Keys.Order(StringComparer.Ordinal));
            Assert.All(OurParts.Constants(type), constant => Assert.Equal(constant.Value, OurParts.Snake(constant.Key)));
            Assert.Equal(names.Order(StringComparer.Ordinal), OurParts.Shared(typeof(NetworkGenerator), list)
                .Order(StringComparer.Ordinal));
        }

        static string Source(string argument, string name) =>
            NetworkSource.Write("Net", [4],
                [Object("Dense", "{\"units\": 2, \"" + argument + "\": {\"class_name\": \"" + name + "\", \"config\": {}}}")]);
    }

    [Fact]
    public void Layers_are_the_same_in_all_tables()
    {
        string[] attributes = [.. OurParts.Of("layer")
            .Where(entry => entry.Key != "Input" && !OurParts.OfData.Contains(entry.Value)).Select(entry => entry.Key)
            .Order(StringComparer.Ordinal)];
        Assert.Equal(attributes, LayerTable.Layers.Select(entry => entry.Attribute));
        foreach (string name in attributes)
        {
            string config = name switch
            {
                "Activation" => """{"activation": "relu"}""",
                "Dense" => """{"units": 2}""",
                "AlphaDropout" or "Dropout" or "GaussianDropout" => """{"rate": 0.5}""",
                "GaussianNoise" => """{"stddev": 0.5}""",
                "Permute" => """{"dims": [1]}""",
                "RepeatVector" => """{"n": 3}""",
                "Dot" => """{"axes": 1}""",
                "SpectralNormalization" => """{"layer": {"class_name": "Dense", "config": {"units": 2}}}""",
                "CenterCrop" or "RandomCrop" or "Resizing" => """{"height": 2, "width": 3}""",
                "TimeDistributed" => """{"layer": {"class_name": "Dense", "config": {"units": 2}}}""",
                "Bidirectional" => """{"layer": {"class_name": "GRU", "config": {"units": 2}}}""",
                "RNN" => """{"cell": {"class_name": "GRUCell", "config": {"units": 2}}}""",
                "Rescaling" => """{"scale": 2.0}""",
                "EinsumDense" => """{"equation": "ab,bc->ac", "output_shape": 2}""",
                "Reshape" => """{"target_shape": [2, 2]}""",
                _ => "{}",
            };
            if (typeof(MergeAttribute).IsAssignableFrom(OurParts.Of("layer")[name]))
                Assert.Matches($@"\[{name}\(([0-9]+, )*nameof\(A\), nameof\(B\)", NetworkSource.Write("Net", Functional.Of(config, name)));
            else
                Assert.Contains("\n[" + name, NetworkSource.Write("Net", [4], [Object(name, config)]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Losses_metrics_and_optimizers_are_the_same_in_all_tables()
    {
        string[] losses = [.. OurParts.Of("loss").Keys.Order(StringComparer.Ordinal)];
        Assert.Equal(losses, Loss.Table.Classes.Where(name => name != nameof(Crossentropy)).Order(StringComparer.Ordinal));
        Assert.All(losses, name => Assert.Equal(name, KerasLosses.Create(Object(name, "{}")).GetType().Name));
        Assert.All(losses, name => Assert.Equal(LossName(name), Loss.Get(name).Name));

        string[] metrics = [.. OurParts.Of("metric").Keys.Order(StringComparer.Ordinal)];
        Assert.Equal(metrics, Metric.Table.Classes.Concat(losses.Where(name => name is not (nameof(LogCosh) or nameof(Huber)))).Order(StringComparer.Ordinal));
        Assert.All(metrics, name => Assert.Equal(MetricName(name), KerasMetrics.Create(Object(name, "{}")).Name));
        Assert.All(metrics, name => Assert.Equal(MetricName(name), Metric.Get(MetricName(name)).Name));

        string[] optimizers = [.. OurParts.Of("optimizer").Keys.Order(StringComparer.Ordinal)];
        Assert.Equal(optimizers, Optimizer.Table.Classes.Order(StringComparer.Ordinal));
        Assert.All(optimizers, name => Assert.Equal(name, KerasOptimizers.Create(Object(name, "{}")).GetType().Name));
        Assert.All(optimizers, name => Assert.Equal(OurParts.Snake(name), Optimizer.Get(name).Name));
    }

    [Fact]
    public void Names_that_are_to_come_are_known_as_such()
    {
        Coming("loss", Loss.Table.Coming);
        Coming("metric", Metric.Table.Coming);
        Coming("optimizer", Optimizer.Table.Coming);
        Coming("initializer", Initializer.Table.Coming);

        static void Coming(string kind, IReadOnlyList<string> names) => Assert.Equal(
            Keras(kind).Select(entry => entry.Name).Except(OurParts.Of(kind).Keys)
                .Order(StringComparer.Ordinal), names.Except(["mape", "msle", "kld"]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("BatchNormalization", "batch_normalization")]
    [InlineData("ConvLSTM2D", "conv_lstm2d")]
    [InlineData("Conv2DTranspose", "conv2d_transpose")]
    [InlineData("F1Score", "f1_score")]
    [InlineData("GRU", "gru")]
    [InlineData("KLDivergence", "kl_divergence")]
    [InlineData("MaxPooling2D", "max_pooling2d")]
    [InlineData("MeanIoU", "mean_io_u")]
    [InlineData("PReLU", "p_re_lu")]
    [InlineData("RMSprop", "rm_sprop")]
    [InlineData("ReLU", "re_lu")]
    [InlineData("STFTSpectrogram", "stft_spectrogram")]
    public void Snake_case_is_that_of_Keras(string name, string snake) => Assert.Equal(snake, OurParts.Snake(name));

    [Fact]
    public void The_plan_is_in_step()
    {
        string path = Path.Combine(SharedFolder.RepositoryRoot, "docs", "keras-parity.md"), plan = Plan();
        if (Environment.GetEnvironmentVariable("COMPILEDNETS_ACCEPT") == "1") File.WriteAllText(path, plan);
        Assert.Equal(plan, File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    private static string Plan()
    {
        StringBuilder text = new();
        text.Append("""
            # What Keras has, and what is to come

            The layers, activations, initializers, regularizers, constraints, losses, metrics, optimizers, learning-rate schedules and callbacks of Keras 3.15.1, those that are here, and those that are not yet. A test holds this page against the code and against
            [Keras's names, arguments and defaults](../Tests/Keras/Parity/keras.txt). What is here has Keras's names, its order of arguments and its defaults; arguments that are missing are named below.

            """);
        foreach (string kind in Kinds)
        {
            IReadOnlyDictionary<string, Type> ours = OurParts.Of(kind);
            KerasEntry[] keras = [.. Keras(kind)];
            string plural = kind switch
            {
                "loss" => "Losses",
                "schedule" => "Learning-rate schedules",
                _ => char.ToUpperInvariant(kind[0]) + kind[1..] + "s",
            };
            text.Append($"\n## {plural}: {keras.Count(entry => ours.ContainsKey(entry.Name))} of {keras.Length}\n\n");
            text.Append("Here: ").AppendJoin(", ", keras.Where(entry => ours.ContainsKey(entry.Name)).Select(entry => entry.Name))
                .Append(".\n\n");
            string[] missing = [.. keras.Where(entry => !ours.ContainsKey(entry.Name)).Select(entry => entry.ToString())];
            if (missing.Length > 0) text.Append("To come: ").AppendJoin(", ", missing.Select(entry => $"`{entry}`")).Append(".\n");
            else text.Length--;
            List<string> arguments = [];
            foreach (KerasEntry entry in keras)
            {
                if (!ours.TryGetValue(entry.Name, out Type? type) || (kind == "metric" && typeof(Loss).IsAssignableFrom(type))) continue;
                KerasArgument[] lacks = [.. new ArgumentComparison(entry, type).Missing];
                if (lacks.Length > 0) arguments.Add($"- {entry.Name}: {string.Join(", ", lacks.Select(argument => $"`{argument}`"))}\n");
            }

            string[] ofAll = kind switch
            {
                "layer" => ["dtype", "autocast"],
                "optimizer" => ["loss_scale_factor"],
                _ => [],
            };
            if (ofAll.Length > 0) arguments.Insert(0, $"- all: {string.Join(", ", ofAll.Select(argument => $"`{argument}`"))}\n");
            if (arguments.Count > 0) text.Append("\nArguments to come:\n\n").AppendJoin("", arguments);
            if (kind == "layer") AppendActivations(text);
        }

        return text.ToString();
    }

    private static void AppendActivations(StringBuilder text)
    {
        HashSet<string> ours = [.. OurParts.Constants(typeof(Activation)).Values];
        KerasEntry[] keras = [.. Keras("activation")];
        text.Append($"\n## Activations: {keras.Count(entry => ours.Contains(entry.Name))} of {keras.Length}\n\n");
        text.Append("Here: ").AppendJoin(", ", keras.Where(entry => ours.Contains(entry.Name)).Select(entry => entry.Name))
            .Append("; `gelu(approximate=True)` is gelu_approximate, and Keras 2's hard_sigmoid is keras2_hard_sigmoid.\n\n");
        text.Append("To come: ").AppendJoin(", ", keras.Where(entry => !ours.Contains(entry.Name)).Select(entry => $"`{entry}`"))
            .Append(".\n");
        text.Append("\nArguments to come:\n\n")
            .AppendJoin("", keras.Where(entry => ours.Contains(entry.Name) && entry.Arguments.Count > 0 && entry.Name != "gelu").Select(
            entry => $"- {entry.Name}: {string.Join(", ", entry.Arguments.Select(argument => $"`{argument}`"))}\n"));
    }

    private static IEnumerable<KerasEntry> Keras(string kind) => KerasEntry.All.Where(entry => entry.Kind == kind);

    private static string LossName(string loss) => loss == nameof(Huber) ? "huber_loss" : OurParts.Snake(loss);

    private static string MetricName(string metric) => metric == "LogCoshError" ? "logcosh" : OurParts.Snake(metric);

    private static KerasObject Object(string name, string config) => new(name, JsonDocument.Parse(config).RootElement);
}
