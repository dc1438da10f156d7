using System.Text.Json;

namespace CompiledNets.Keras.Training;

/// <summary>Optimizers from Keras's config.</summary>
public static class KerasOptimizers
{
    /// <summary>The optimizer of a class with arguments.</summary>
    /// <exception cref="KerasUnsupportedException">There is no such optimizer, or not with these options.</exception>
    public static Optimizer Create(KerasObject optimizer)
    {
        // Keras 2 names the class of its own optimizers so where it writes a file, and what a version does without is not what it asks for.
        string className = optimizer.ClassName.StartsWith("Custom>", StringComparison.Ordinal) ? optimizer.ClassName["Custom>".Length..]
            : optimizer.ClassName;
        foreach (string neutral in (ReadOnlySpan<string>)["jit_compile", "is_legacy_optimizer", "loss_scale_factor"])
            optimizer.Take(neutral);
        if (optimizer.Number("decay", 0) != 0) throw optimizer.Wrong("decay", optimizer.Take("decay"));
        Optimizer created = className switch
        {
            "SGD" => new SGD(Rate(0.01), optimizer.Number("momentum", 0), optimizer.Bool("nesterov", false)),
            "RMSprop" => new RMSprop(Rate(0.001), optimizer.Number("rho", 0.9), optimizer.Number("momentum", 0), Epsilon(),
                optimizer.Bool("centered", false)),
            "Adam" => new Adam(Rate(0.001), Beta1(), Beta2(), Epsilon(), optimizer.Bool("amsgrad", false)),
            "AdamW" => new AdamW(Rate(0.001), beta1: Beta1(), beta2: Beta2(), epsilon: Epsilon(),
                amsgrad: optimizer.Bool("amsgrad", false)),
            "Adamax" => new Adamax(Rate(0.001), Beta1(), Beta2(), Epsilon()),
            "Lamb" => new Lamb(Rate(0.001), Beta1(), Beta2(), Epsilon()),
            _ => throw new KerasUnsupportedException($"optimizer {optimizer.ClassName}"),
        };
        if (optimizer.Take("learning_rate") is { ValueKind: JsonValueKind.Object } schedule)
            created.Schedule = KerasSchedules.Create(KerasObject.Read(schedule));
        created.WeightDecay = optimizer.OptionalNumber("weight_decay") ?? created.WeightDecay;
        created.ClipNorm = optimizer.OptionalNumber("clipnorm");
        created.ClipValue = optimizer.OptionalNumber("clipvalue");
        created.GlobalClipNorm = optimizer.OptionalNumber("global_clipnorm");
        created.UseEma = optimizer.Bool("use_ema", false);
        created.EmaMomentum = optimizer.Number("ema_momentum", 0.99);
        created.EmaOverwriteFrequency = Whole("ema_overwrite_frequency");
        created.GradientAccumulationSteps = Whole("gradient_accumulation_steps");
        optimizer.RefuseRest();
        return created;

        // That of a schedule is set below.
        double Rate(double initial) => optimizer.Take("learning_rate") is { ValueKind: JsonValueKind.Object }
            ? initial : optimizer.OptionalNumber("learning_rate") ?? optimizer.Number("lr", initial);

        double Beta1() => optimizer.Number("beta_1", 0.9);
        double Beta2() => optimizer.Number("beta_2", 0.999);
        double Epsilon() => optimizer.Number("epsilon", 1e-7);
        int? Whole(string name) => optimizer.OptionalNumber(name) is double number ? (int)number : null;
    }
}
