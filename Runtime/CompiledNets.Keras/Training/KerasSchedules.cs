using System.Text.Json;

namespace CompiledNets.Keras.Training;

/// <summary>Learning-rate schedules from Keras's config.</summary>
public static class KerasSchedules
{
    /// <summary>The schedule of a class with arguments.</summary>
    /// <param name="schedule">The class and its arguments.</param>
    /// <exception cref="KerasUnsupportedException">There is no such schedule, or not with these options.</exception>
    public static LearningRateSchedule Create(KerasObject schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        LearningRateSchedule created = schedule.ClassName switch
        {
            "ExponentialDecay" =>
                new ExponentialDecay(Rate(), Number("decay_steps"), Number("decay_rate"), schedule.Bool("staircase", false)),
            "InverseTimeDecay" =>
                new InverseTimeDecay(Rate(), Number("decay_steps"), Number("decay_rate"), schedule.Bool("staircase", false)),
            "PiecewiseConstantDecay" => new PiecewiseConstantDecay(Numbers("boundaries"), Numbers("values")),
            "PolynomialDecay" => new PolynomialDecay(Rate(), Number("decay_steps"), schedule.Number("end_learning_rate", 0.0001),
                schedule.Number("power", 1), schedule.Bool("cycle", false)),
            "CosineDecay" => new CosineDecay(Rate(), Number("decay_steps"), schedule.Number("alpha", 0),
                schedule.OptionalNumber("warmup_target"), schedule.Number("warmup_steps", 0)),
            "CosineDecayRestarts" => new CosineDecayRestarts(Rate(), Number("first_decay_steps"), schedule.Number("t_mul", 2),
                schedule.Number("m_mul", 1), schedule.Number("alpha", 0)),
            _ => throw new KerasUnsupportedException($"learning-rate schedule {schedule.ClassName}"),
        };
        schedule.RefuseRest();
        return created;

        double Rate() => Number("initial_learning_rate");

        double Number(string name) => schedule.OptionalNumber(name) ?? throw schedule.Wrong(name, null);

        double[] Numbers(string name) => schedule.Take(name) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray()
                .Select(item => item.ValueKind == JsonValueKind.Number ? item.GetDouble() : throw schedule.Wrong(name, list))]
            : throw schedule.Wrong(name, schedule.Take(name));
    }
}
