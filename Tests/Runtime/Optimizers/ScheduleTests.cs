using System.Numerics.Tensors;

namespace CompiledNets.Tests.Optimizers;

/// <summary>Learning-rate schedules in optimizers; their values are judged by goldens of Keras.</summary>
public sealed class ScheduleTests
{
    public static TheoryData<Func<LearningRateSchedule, Optimizer>> Optimizers =>
    [
        schedule => new SGD(schedule), schedule => new SGD(schedule, momentum: 0.9), schedule => new RMSprop(schedule),
        schedule => new Adam(schedule), schedule => new AdamW(schedule), schedule => new Adamax(schedule), schedule => new Lamb(schedule),
    ];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Each_step_has_its_rate(Func<LearningRateSchedule, Optimizer> make)
    {
        ExponentialDecay schedule = new(0.1, decaySteps: 2, decayRate: 0.5);
        Optimizer scheduled = make(schedule), set = make(schedule);
        set.Schedule = null;
        Tensor<float> a = Tensor.Create([1f, -2, 3], [3]), b = Tensor.Create([1f, -2, 3], [3]);
        Tensor<float> gradient = Tensor.Create([0.5f, 0.25f, -1], [3]);
        for (int step = 0; step < 5; step++)
        {
            set.LearningRate = schedule.Rate(step);
            Assert.Equal(set.LearningRate, scheduled.LearningRate);
            scheduled.Apply([gradient], [a]);
            set.Apply([gradient], [b]);
        }

        Assert.Equal(b.ToArray(), a.ToArray());
    }

    [Fact]
    public void Batches_that_are_accumulated_count_one_by_one()
    {
        SGD optimizer = new(new PiecewiseConstantDecay([0, 2], [1, 0.1, 0.01])) { GradientAccumulationSteps = 2 };
        Tensor<float> weight = Tensor.Create([0f], [1]), gradient = Tensor.Create([1f], [1]);
        for (int batch = 0; batch < 4; batch++) optimizer.Apply([gradient], [weight]);
        Assert.Equal(-0.11f, weight[0], 6);
        Assert.Equal(2, optimizer.Iterations);
    }

    [Fact]
    public void A_warmup_rises_to_what_the_cosine_falls_from()
    {
        CosineDecay schedule = new(0, decaySteps: 10, warmupTarget: 1, warmupSteps: 4);
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], Enumerable.Range(0, 5).Select(step => schedule.Rate(step)));
        Assert.Equal(0.5, schedule.Rate(9), 12);
        Assert.Equal(0, schedule.Rate(100), 12);
    }

    [Fact]
    public void A_rate_that_is_scheduled_cannot_be_set()
    {
        Adam optimizer = new(new InverseTimeDecay(0.1, 1, 1));
        Assert.Contains("not settable", Assert.Throws<InvalidOperationException>(() => optimizer.LearningRate = 1).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_that_is_none_is_told_with_its_step()
    {
        SGD optimizer = new(new PolynomialDecay(0.1, decaySteps: 1, endLearningRate: -0.1));
        Tensor<float> weight = Tensor.Create([0f], [1]);
        optimizer.Apply([weight], [weight]);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => optimizer.Apply([weight], [weight]));
        Assert.Contains("PolynomialDecay gives -0.1 for step 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_arguments_are_told()
    {
        Assert.Contains("decaySteps=0", Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialDecay(0.1, 0, 0.5)).Message,
            StringComparison.Ordinal);
        Assert.Contains("finite", Assert.Throws<ArgumentOutOfRangeException>(() => new CosineDecay(double.NaN, 1)).Message,
            StringComparison.Ordinal);
        Assert.Contains("2 boundaries and 2 values",
            Assert.Throws<ArgumentException>(() => new PiecewiseConstantDecay([1, 2], [1, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("1 after 2", Assert.Throws<ArgumentException>(() => new PiecewiseConstantDecay([2, 1], [1, 2, 3])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineDecayRestarts(0.1, 10, tMul: 0.5));
        Assert.Throws<ArgumentNullException>(() => new Adam(null!));
    }
}
