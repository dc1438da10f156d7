using System.Text.Json.Nodes;

namespace CompiledNets.Keras.Architecture;

/// <summary>Learning-rate schedules as Keras's JSON.</summary>
internal static class ScheduleConfig
{
    /// <summary>A schedule, in the place of a learning rate.</summary>
    /// <exception cref="NotSupportedException">It is none of Keras's.</exception>
    public static JsonObject Of(LearningRateSchedule schedule) => new()
    {
        // Keras looks for the class there, in older forms of files too.
        ["module"] = "keras.optimizers.schedules",
        ["class_name"] = schedule.GetType().Name,
        ["config"] = Arguments(schedule),
        ["registered_name"] = null,
    };

    private static JsonObject Arguments(LearningRateSchedule schedule) => schedule switch
    {
        ExponentialDecay decay => new()
        {
            ["initial_learning_rate"] = Number(decay.InitialLearningRate),
            ["decay_steps"] = Steps(decay.DecaySteps),
            ["decay_rate"] = Number(decay.DecayRate),
            ["staircase"] = decay.Staircase,
        },
        InverseTimeDecay decay => new()
        {
            ["initial_learning_rate"] = Number(decay.InitialLearningRate),
            ["decay_steps"] = Steps(decay.DecaySteps),
            ["decay_rate"] = Number(decay.DecayRate),
            ["staircase"] = decay.Staircase,
        },
        PiecewiseConstantDecay decay => new()
        {
            ["boundaries"] = new JsonArray([.. decay.Boundaries.Select(Steps)]),
            ["values"] = new JsonArray([.. decay.Values.Select(Number)]),
        },
        PolynomialDecay decay => new()
        {
            ["initial_learning_rate"] = Number(decay.InitialLearningRate),
            ["decay_steps"] = Steps(decay.DecaySteps),
            ["end_learning_rate"] = Number(decay.EndLearningRate),
            ["power"] = Number(decay.Power),
            ["cycle"] = decay.Cycle,
        },
        CosineDecay decay => new()
        {
            ["initial_learning_rate"] = Number(decay.InitialLearningRate),
            ["decay_steps"] = Steps(decay.DecaySteps),
            ["alpha"] = Number(decay.Alpha),
            ["warmup_target"] = decay.WarmupTarget is { } target ? Number(target) : null,
            ["warmup_steps"] = Steps(decay.WarmupSteps),
        },
        CosineDecayRestarts decay => new()
        {
            ["initial_learning_rate"] = Number(decay.InitialLearningRate),
            ["first_decay_steps"] = Steps(decay.FirstDecaySteps),
            ["t_mul"] = Number(decay.TMul),
            ["m_mul"] = Number(decay.MMul),
            ["alpha"] = Number(decay.Alpha),
        },
        _ => throw new NotSupportedException(
            $"The learning-rate schedule {schedule.GetType().Name} is none of Keras's and cannot be written to its files; " +
            "save to .safetensors."),
    };

    private static JsonNode? Number(double number) => CompileConfig.Number(number);

    // Keras compares whole steps with what is whole.
    private static JsonNode? Steps(double steps) => steps == Math.Floor(steps) && Math.Abs(steps) < 1e15
        ? JsonValue.Create((long)steps) : CompileConfig.Number(steps);
}
