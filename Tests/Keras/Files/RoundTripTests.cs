using CompiledNets.Harness;
using CompiledNets.Keras.Files;
using CompiledNets.Keras.Tests.Parity;

namespace CompiledNets.Keras.Tests.Files;

/// <summary>What is written is read with its bits, by this package and, where its checker is there, as Keras reads it.</summary>
public sealed class RoundTripTests
{
    /// <summary>Networks with all that files tell in another way: options, rules, wrappers, graphs, nested networks.</summary>
    private const string Networks = """
        using CompiledNets;
        using CompiledNets.Initializers;

        [Network, Input(6), Dense(5, Activation.Relu, KernelInitializer = Initializer.HeNormal), Dropout(0.25), Dense(1, Activation.Sigmoid, Name = "answer")]
        public sealed partial class Chain;

        [Network, Input(6), Normalization, Dense(4, KernelL2 = 0.01, KernelConstraint = Constraint.NonNeg, BiasL1 = 0.5), BatchNormalization(Momentum = 0.9, Scale = false)]
        [LayerNormalization, Rescaling(2, 1), PReLU, LeakyReLU(0.2), ELU, Softmax, GaussianNoise(0.1), ActivityRegularization(L2 = 0.01), Dense(2, ActivityL1 = 0.01)]
        public sealed partial class Options;

        [Network, Input(8, 8, 2), ZeroPadding2D(1, 2), Conv2D(4, new[] { 3, 2 }, Activation.Relu, Strides = [2, 1], Padding = Padding.Same), SpatialDropout2D(0.2), Cropping2D(1, 0, 2, 1)]
        [UpSampling2D(2), Conv2D(4, 3, DilationRate = [2], Groups = 2, UseBias = false), GroupNormalization(2), Permute(2, 3, 1), Flatten, SpectralNormalization, Dense(3)]
        public sealed partial class Image;

        [Network]
        public sealed partial class Translation
        {
            [Input(5, 2)] public partial Node Question { get; }
            [Input(5, 2)] public partial Node Shifted { get; }
            [From(nameof(Question)), LSTM(3, ReturnState = true)] public partial Node Encoded { get; }
            [From(nameof(Encoded), Output = "state_h")] public partial Node H { get; }
            [From(nameof(Encoded), Output = "state_c")] public partial Node C { get; }
            [From(nameof(Shifted)), LSTM(3, ReturnSequences = true, InitialState = [nameof(H), nameof(C)]), GRU(2), Dense(1), Output]
            public partial Node Answer { get; }
        }

        [Network, Input(4), Dense(3, Activation.Tanh), Dense(3)]
        public sealed partial class Encoder;

        [Network]
        public sealed partial class Graph
        {
            [Input(4)] public partial Node Left { get; }
            [Input(4)] public partial Node Right { get; }
            [From(nameof(Left)), Apply<Encoder>] public partial Node LeftCode { get; }
            [From(nameof(Right)), Shared(nameof(LeftCode))] public partial Node RightCode { get; }
            [From(nameof(Left)), Dense(3, Name = "z"), BatchNormalization] public partial Node Other { get; }
            [Concatenate(nameof(LeftCode), nameof(RightCode), nameof(Other)), Dense(4, Activation.Relu)] public partial Node Seen { get; }
            [From(nameof(Seen)), Dense(4), Add(nameof(Seen))] public partial Node Deep { get; }
            [From(nameof(Deep)), Dense(1), Output] public partial Node Price { get; }
            [From(nameof(Deep)), Dense(1, Activation.Sigmoid), Output] public partial Node IsSold { get; }
        }
        """;

    private static readonly Func<Optimizer>[] Optimizers =
    [
        () => new SGD(0.05), () =>
            new SGD(0.05, 0.9, nesterov: true) { ClipNorm = 1 }, () =>
            new RMSprop(0.003, momentum: 0.5, centered: true), () => new Adam(0.003),
        () => new Adam(0.0123456789, amsgrad: true), () =>
            new AdamW(0.003) { UseEma = true, EmaOverwriteFrequency = 3 }, () => new Adamax(0.003) { GradientAccumulationSteps = 3 },
        () => new Nadam(0.003),
        () => new Lamb(0.003) { ClipValue = 0.5 }, () => new SGD(new ExponentialDecay(0.05, 7, 0.9, staircase: true)),
        () => new SGD(new InverseTimeDecay(0.05, 7.5, 1), 0.9), () => new Adam(new PiecewiseConstantDecay([3, 6.5], [0.05, 0.01, 1])),
        () => new Adam(new PolynomialDecay(0.05, 5, 0.001, 2, cycle: true)), () => new RMSprop(new CosineDecay(0, 5, 0.1, 0.05, 3)),
        () => new Adam(new CosineDecayRestarts(0.05, 3, 1.5, 0.9, 0.01)) { UseEma = true },
        () => new SGD(0.05, 0.9) { UseEma = true, GradientAccumulationSteps = 2, GlobalClipNorm = 2 },
        () => new RMSprop(0.003, momentum: 0.5, centered: true) { UseEma = true, GradientAccumulationSteps = 2 },
        () => new Nadam(0.003) { UseEma = true, WeightDecay = 0.01 }, () => new Lamb(0.003) { GradientAccumulationSteps = 2 },
    ];

    private sealed class OwnSchedule : LearningRateSchedule
    {
        public override double Rate(long step) => 0.1;
    }

    public RoundTripTests() => KerasFiles.Register();

    [Fact]
    public void Networks_and_their_training_come_back_with_their_bits()
    {
        using Written written = Write();
        Assert.True(written.Differences.Count == 0, string.Join('\n', written.Differences.Take(40)));
    }

    [KerasRulesFact]
    public void Keras_takes_networks_and_their_training()
    {
        using Written written = Write();
        IReadOnlyList<string> problems = KerasRules.Problems(written.Folder, written.Files);
        Assert.True(problems.Count == 0, string.Join('\n', problems.Take(40)));
    }

    [Fact]
    public void Every_optimizer_and_every_schedule_is_written()
    {
        Optimizer[] all = [.. Optimizers.Select(make => make())];
        Assert.Equal(OurParts.Of("optimizer").Values.OrderBy(type => type.Name),
            all.Select(optimizer => optimizer.GetType()).Distinct().OrderBy(type => type.Name));
        Assert.Equal(OurParts.Of("schedule").Values.OrderBy(type => type.Name),
            all.Select(optimizer => optimizer.Schedule?.GetType()).OfType<Type>().Distinct().OrderBy(type => type.Name));
    }

    [Fact]
    public void A_schedule_of_ones_own_is_refused_by_name()
    {
        using CompiledNetworks networks = CompiledNetworks.Compile(Networks);
        Model model = SavedTraining.Compiled(networks, "Chain", new Adam(new OwnSchedule()));
        NotSupportedException refused = Assert.Throws<NotSupportedException>(() => KerasWriter.WriteZip(model, new MemoryStream()));
        Assert.Contains(nameof(OwnSchedule), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_difference_between_file_and_class_is_named()
    {
        using CompiledNetworks networks = CompiledNetworks.Compile("""
            using CompiledNets;
            [Network, Input(6), Dense(5, Activation.Relu), Dropout(0.25), Dense(2)] public sealed partial class First;
            [Network, Input(6), Dense(5), Dropout(0.5), Dense(2), Softmax] public sealed partial class Second;
            """);
        using MemoryStream stream = new();
        KerasWriter.WriteZip(networks.Create("First"), stream);
        stream.Position = 0;
        InvalidDataException refused =
            Assert.Throws<InvalidDataException>(() => new KerasZipFormat().ReadWhole(networks.Create("Second"), stream));
        foreach (string part in new[] { "'dense'", "[Dense(5, Activation.Relu)]", "[Dense(5)]", "[Dropout(0.25)]",
            "'softmax' (Softmax) of the class is not in the file" })
            Assert.Contains(part, refused.Message, StringComparison.Ordinal);
    }

    private static Written Write()
    {
        Written written = new();
        using CompiledNetworks networks = CompiledNetworks.Compile(Networks);
        foreach (string name in (string[])["Chain", "Options", "Image", "Graph", "Translation"])
        {
            for (int o = 0; o < (name == "Chain" ? Optimizers.Length : 1); o++)
            {
                Func<Optimizer> optimizer = Optimizers[name == "Chain" ? o : 3];
                Model model = SavedTraining.Compiled(networks, name, optimizer());
                SavedTraining.Train(model);
                written.Add($"{name}{o}", model, isCompiled => isCompiled
                    ? SavedTraining.Compiled(networks, name, optimizer(), seed: 5) : networks.Create(name, 5));
            }
        }

        return written;
    }
}
