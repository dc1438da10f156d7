namespace CompiledNets.Keras.Training;

/// <summary>Optimizers from Keras's config.</summary>
public static class KerasOptimizers
{
    /// <summary>The optimizer of a class with arguments.</summary>
    /// <exception cref="KerasUnsupportedException">There is no such optimizer, or not with these options.</exception>
    public static Optimizer Create(KerasObject optimizer)
    {
        Optimizer created = optimizer.ClassName switch
        {
            "SGD" => Sgd(optimizer),
            "RMSprop" => RmsProp(optimizer),
            "Adam" => Adam(optimizer),
            "AdamW" => AdamW(optimizer),
            _ => throw new KerasUnsupportedException($"optimizer {optimizer.ClassName}"),
        };
        optimizer.RefuseRest();
        return created;
    }

    private static SGD Sgd(KerasObject o) => new(o.Number("learning_rate", 0.01), o.Number("momentum", 0), o.Bool("nesterov", false))
    {
        WeightDecay = o.OptionalNumber("weight_decay"),
        ClipNorm = o.OptionalNumber("clipnorm"),
        ClipValue = o.OptionalNumber("clipvalue"),
        GlobalClipNorm = o.OptionalNumber("global_clipnorm"),
        UseEma = o.Bool("use_ema", false),
        EmaMomentum = o.Number("ema_momentum", 0.99),
        EmaOverwriteFrequency = Whole(o, "ema_overwrite_frequency"),
        GradientAccumulationSteps = Whole(o, "gradient_accumulation_steps"),
    };

    private static RMSprop RmsProp(KerasObject o) =>
        new(o.Number("learning_rate", 0.001), o.Number("rho", 0.9), o.Number("momentum", 0), o.Number("epsilon", 1e-7), o.Bool("centered", false))
        {
            WeightDecay = o.OptionalNumber("weight_decay"),
            ClipNorm = o.OptionalNumber("clipnorm"),
            ClipValue = o.OptionalNumber("clipvalue"),
            GlobalClipNorm = o.OptionalNumber("global_clipnorm"),
            UseEma = o.Bool("use_ema", false),
            EmaMomentum = o.Number("ema_momentum", 0.99),
            EmaOverwriteFrequency = Whole(o, "ema_overwrite_frequency"),
            GradientAccumulationSteps = Whole(o, "gradient_accumulation_steps"),
        };

    private static Adam Adam(KerasObject o) =>
        new(o.Number("learning_rate", 0.001), o.Number("beta_1", 0.9), o.Number("beta_2", 0.999), o.Number("epsilon", 1e-7), o.Bool("amsgrad", false))
        {
            WeightDecay = o.OptionalNumber("weight_decay"),
            ClipNorm = o.OptionalNumber("clipnorm"),
            ClipValue = o.OptionalNumber("clipvalue"),
            GlobalClipNorm = o.OptionalNumber("global_clipnorm"),
            UseEma = o.Bool("use_ema", false),
            EmaMomentum = o.Number("ema_momentum", 0.99),
            EmaOverwriteFrequency = Whole(o, "ema_overwrite_frequency"),
            GradientAccumulationSteps = Whole(o, "gradient_accumulation_steps"),
        };

    private static AdamW AdamW(KerasObject o) =>
        new(o.Number("learning_rate", 0.001), o.Number("weight_decay", 0.004), o.Number("beta_1", 0.9), o.Number("beta_2", 0.999), o.Number("epsilon", 1e-7), o.Bool("amsgrad", false))
        {
            ClipNorm = o.OptionalNumber("clipnorm"),
            ClipValue = o.OptionalNumber("clipvalue"),
            GlobalClipNorm = o.OptionalNumber("global_clipnorm"),
            UseEma = o.Bool("use_ema", false),
            EmaMomentum = o.Number("ema_momentum", 0.99),
            EmaOverwriteFrequency = Whole(o, "ema_overwrite_frequency"),
            GradientAccumulationSteps = Whole(o, "gradient_accumulation_steps"),
        };

    private static int? Whole(KerasObject o, string name) => o.OptionalNumber(name) is double number ? (int)number : null;
}
