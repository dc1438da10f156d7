using System.Runtime.CompilerServices;
using CompiledNets.Numerics;

namespace CompiledNets.Tests.Optimizers;

/// <summary>The kernels as training calls them: at every lane width, over ranges in any order, on several threads.</summary>
public sealed class UpdateKernelTests
{
    private const int Size = 1000;

    public static TheoryData<string> Names => [.. Table.Keys];

    private static Dictionary<string, Func<Optimizer>> Table => new()
    {
        ["sgd"] = () => new SGD(0.1),
        ["momentum"] = () => new SGD(0.1, 0.9) { WeightDecay = 0.1, ClipValue = 0.5 },
        ["nesterov"] = () => new SGD(0.1, 0.9, nesterov: true),
        ["rmsprop"] = () => new RMSprop(0.01),
        ["rmsprop centered momentum"] = () => new RMSprop(0.01, 0.8, 0.5, centered: true),
        ["adam"] = () => new Adam(0.01),
        ["amsgrad"] = () => new Adam(0.01, amsgrad: true) { ClipNorm = 0.1 },
        ["adamw"] = () => new AdamW(0.01) { UseEma = true, EmaOverwriteFrequency = 2 },
        ["adamax"] = () => new Adamax(0.01) { ClipValue = 0.3, WeightDecay = 0.1 },
        ["lamb"] = () => new Lamb(0.01) { ClipValue = 0.3, WeightDecay = 0.1 },
        ["lamb accumulating"] = () => new Lamb(0.01) { GradientAccumulationSteps = 2, ClipNorm = 0.2 },
        ["accumulating"] = () => new Adam(0.01) { GradientAccumulationSteps = 2, GlobalClipNorm = 0.2, UseEma = true },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Neither_lane_width_nor_ranges_nor_threads_change_a_bit(string name)
    {
        float[] whole = Train(Table[name](), LaneWidth.Lanes128, (kernel, gradients) => kernel.Update(ref gradients.Start, 0, Size));
        Assert.DoesNotContain(float.NaN, whole);
        foreach (LaneWidth width in new[] { LaneWidth.Lanes128, LaneWidth.Lanes256, LaneWidth.Lanes512 })
        {
            Assert.Equal(whole, Train(Table[name](), width, (kernel, gradients) => kernel.Update(ref gradients.Start, 0, Size)));
            Assert.Equal(whole, Train(Table[name](), width, (kernel, gradients) =>
            {
                foreach ((int offset, int count) in new[] { (640, 360), (0, 16), (32, 608), (16, 16) })
                    kernel.Update(ref Unsafe.Add(ref gradients.Start, offset), offset, count);
            }));
            Assert.Equal(whole, Train(Table[name](), width, (kernel, gradients) => Parallel.For(0, 10, i =>
                kernel.Update(ref Unsafe.Add(ref gradients.Start, i * 112), i * 112, Math.Max(0, Math.Min(112, Size - (i * 112)))))));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Padding_stays_zero(string name)
    {
        Optimizer optimizer = Table[name]();
        Arena parameters = new(32), gradients = new(32);
        parameters.Span[..17].Fill(1);
        gradients.Span[..17].Fill(0.5f);
        UpdateKernel kernel = optimizer.KernelFor(LaneWidth.Lanes512, parameters);
        for (int step = 0; step < 4; step++)
        {
            if (optimizer.NeedsWholeGradient) optimizer.PrepareGradients(kernel, gradients, [(0, 17)]);
            optimizer.BeginStep(kernel);
            kernel.Update(ref gradients.Start, 0, 17);
        }

        Assert.NotEqual(1, parameters.Span[16]);
        Assert.Equal(new float[15], parameters.Span[17..].ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_allocates_nothing(string name)
    {
        Optimizer optimizer = Table[name]();
        Arena parameters = new(64), gradients = new(64);
        gradients.Span.Fill(0.5f);
        (int, int)[] weights = [(0, 64)];
        UpdateKernel kernel = optimizer.KernelFor(LaneWidths.Best, parameters);
        Steps();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Steps();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Steps()
        {
            for (int step = 0; step < 4; step++)
            {
                if (optimizer.NeedsWholeGradient) optimizer.PrepareGradients(kernel, gradients, weights);
                optimizer.BeginStep(kernel);
                kernel.Update(ref gradients.Start, 0, 64);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void State_that_decays_becomes_zero_and_not_denormal(string name)
    {
        Optimizer optimizer = Table[name]();
        Arena parameters = new(16), gradients = new(16);
        UpdateKernel kernel = optimizer.KernelFor(LaneWidths.Best, parameters);
        gradients.Span.Fill(1e-16f);
        for (int step = 0; step < 1000; step++)
        {
            if (optimizer.NeedsWholeGradient) optimizer.PrepareGradients(kernel, gradients, [(0, 16)]);
            optimizer.BeginStep(kernel);
            kernel.Update(ref gradients.Start, 0, 16);
            gradients.Span.Clear();
        }

        foreach (OptimizerSlot slot in kernel.Slots.Where(slot => slot.Name != "average"))
            Assert.All(slot.Values.ToArray(), value => Assert.False(float.IsSubnormal(value)));
    }

    [Fact]
    public void The_average_replaces_weights_at_the_end_and_only_those_that_trained()
    {
        SGD optimizer = new(1) { UseEma = true, EmaMomentum = 0.5 };
        Arena parameters = new(48), gradients = new(48);
        parameters.Span.Fill(8);
        gradients.Span.Fill(2);
        UpdateKernel kernel = optimizer.KernelFor(LaneWidths.Best, parameters);
        for (int step = 0; step < 2; step++)
        {
            optimizer.BeginStep(kernel);
            kernel.Update(ref gradients.Start, 0, 20);
        }

        parameters.Span[40] = 5;
        optimizer.FinishTraining(kernel);
        Assert.Equal(0.5f * (6 + 4), parameters.Span[0]);
        Assert.Equal(5, parameters.Span[40]);
    }

    [Fact]
    public void Slots_have_the_names_and_the_order_of_Keras()
    {
        Assert.Equal([], Slots(new SGD()));
        Assert.Equal(["momentum 0"], Slots(new SGD(momentum: 0.9)));
        Assert.Equal(["velocity 0", "momentum 1", "average_gradient 2"], Slots(new RMSprop(momentum: 0.9, centered: true)));
        Assert.Equal(["momentum 0", "norm 0"], Slots(new Adamax()));
        Assert.Equal(["momentum 0", "velocity 0"], Slots(new Lamb()));
        Assert.Equal(["average -2", "gradient_accumulator -1", "momentum 0", "velocity 0", "velocity_hat 1"],
            Slots(new Adam(amsgrad: true) { UseEma = true, GradientAccumulationSteps = 3 }));

        static IEnumerable<string> Slots(Optimizer optimizer) =>
            optimizer.KernelFor(LaneWidths.Best, new(16)).Slots.Select(slot => $"{slot.Name} {slot.Block}");
    }

    [Fact]
    public void A_reset_optimizer_begins_anew()
    {
        Adam optimizer = new() { UseEma = true };
        Arena parameters = new(16), gradients = new(16);
        gradients.Span.Fill(1);
        UpdateKernel kernel = optimizer.KernelFor(LaneWidths.Best, parameters);
        float first = Step();
        Step();
        parameters.Span.Clear();
        optimizer.Reset();
        Assert.Equal(0, optimizer.Iterations);
        Assert.All(kernel.Slots, slot => Assert.Equal(new float[16], slot.Values.ToArray()));
        Assert.Equal(first, Step());

        float Step()
        {
            optimizer.BeginStep(kernel);
            kernel.Update(ref gradients.Start, 0, 16);
            return parameters.Span[0];
        }
    }

    [Fact]
    public void An_optimizer_keeps_its_state_and_serves_one_network()
    {
        Adam optimizer = new();
        Arena parameters = new(16);
        Assert.Same(optimizer.KernelFor(LaneWidths.Best, parameters), optimizer.KernelFor(LaneWidths.Best, parameters));
        Assert.Contains("originally built with",
            Assert.Throws<InvalidOperationException>(() => optimizer.KernelFor(LaneWidths.Best, new(16))).Message);
    }

    private static float[] Train(Optimizer optimizer, LaneWidth width, Action<UpdateKernel, Arena> update)
    {
        Random random = new(3);
        Arena parameters = new(1008), gradients = new(1008);
        foreach (ref float weight in parameters.Span[..Size]) weight = random.NextSingle() - 0.5f;
        UpdateKernel kernel = optimizer.KernelFor(width, parameters);
        for (int step = 0; step < 5; step++)
        {
            foreach (ref float gradient in gradients.Span[..Size]) gradient = random.NextSingle() - 0.5f;
            if (optimizer.NeedsWholeGradient) optimizer.PrepareGradients(kernel, gradients, [(0, 500), (500, 500)]);
            optimizer.BeginStep(kernel);
            update(kernel, gradients);
        }

        return [.. parameters.Span, .. kernel.Slots.SelectMany(slot => slot.Values.ToArray())];
    }
}
