using System.Text.Json.Nodes;
using CompiledNets.Files;
using CompiledNets.Naming;

namespace CompiledNets.Keras.Architecture;

/// <summary>What a network was compiled with, as Keras's JSON.</summary>
internal static class CompileConfig
{
    /// <summary>The <c>compile_config</c> of a <c>.keras</c>.</summary>
    /// <exception cref="NotSupportedException">Keras does not know the optimizer or a loss.</exception>
    public static JsonObject Of(CompileArguments compiled, bool hasModules)
    {
        JsonObject optimizer = OptimizerOf(compiled.Optimizer, hasModules);
        JsonObject config = [];
        config[hasModules ? "optimizer" : "optimizer_config"] = optimizer;
        bool isSingle = compiled.Outputs.Count == 1;
        JsonNode?[] losses = [.. compiled.Outputs.Select(output => output.Loss is { } loss ? LossOf(loss) : null)];
        config["loss"] = isSingle ? losses[0] : losses.All(loss => loss is null) ? null : new JsonArray(losses);
        config["loss_weights"] = isSingle || compiled.Outputs.All(output => output.LossWeight == 1)
            ? isSingle && compiled.Outputs[0].LossWeight != 1 ? new JsonArray(compiled.Outputs[0].LossWeight) : null
            : new JsonArray([.. compiled.Outputs.Select(output => (JsonNode?)JsonValue.Create(output.LossWeight))]);
        config["metrics"] = Metrics([.. compiled.Outputs.Select(output => output.Metrics)]);
        config["weighted_metrics"] = Metrics([.. compiled.Outputs.Select(output => output.WeightedMetrics)]);
        return config;
    }

    private static JsonObject OptimizerOf(Optimizer optimizer, bool hasModules)
    {
        JsonObject config = new()
        {
            ["name"] = optimizer.Name,
            ["learning_rate"] = optimizer.Schedule is { } schedule ? ScheduleConfig.Of(schedule) : Number(optimizer.LearningRate),
        };
        JsonObject rule = optimizer switch
        {
            SGD sgd => new() { ["momentum"] = Number(sgd.Momentum), ["nesterov"] = sgd.Nesterov },
            RMSprop rms =>
                new()
                {
                    ["rho"] = Number(rms.Rho),
                    ["momentum"] = Number(rms.Momentum),
                    ["epsilon"] = Number(rms.Epsilon),
                    ["centered"] = rms.Centered
                },
            Adam adam =>
                new()
                {
                    ["beta_1"] = Number(adam.Beta1),
                    ["beta_2"] = Number(adam.Beta2),
                    ["epsilon"] = Number(adam.Epsilon),
                    ["amsgrad"] = adam.Amsgrad
                },
            Adamax adamax =>
                new() { ["beta_1"] = Number(adamax.Beta1), ["beta_2"] = Number(adamax.Beta2), ["epsilon"] = Number(adamax.Epsilon) },
            Nadam nadam =>
                new() { ["beta_1"] = Number(nadam.Beta1), ["beta_2"] = Number(nadam.Beta2), ["epsilon"] = Number(nadam.Epsilon) },
            Lamb lamb => new() { ["beta_1"] = Number(lamb.Beta1), ["beta_2"] = Number(lamb.Beta2), ["epsilon"] = Number(lamb.Epsilon) },
            _ => throw new NotSupportedException(
                $"The optimizer {optimizer.GetType().Name} cannot be written to a file of Keras; save to .safetensors."),
        };
        foreach ((string name, JsonNode? value) in rule) config[name] = value?.DeepClone();
        if (optimizer.WeightDecay is { } decay) config["weight_decay"] = Number(decay);
        if (optimizer.ClipNorm is { } norm) config["clipnorm"] = Number(norm);
        if (optimizer.ClipValue is { } most) config["clipvalue"] = Number(most);
        if (optimizer.GlobalClipNorm is { } all) config["global_clipnorm"] = Number(all);
        if (optimizer.UseEma)
        {
            config["use_ema"] = true;
            config["ema_momentum"] = Number(optimizer.EmaMomentum);
            if (optimizer.EmaOverwriteFrequency is { } frequency) config["ema_overwrite_frequency"] = frequency;
        }

        if (optimizer.GradientAccumulationSteps is { } steps) config["gradient_accumulation_steps"] = steps;
        JsonObject json = [];
        if (hasModules) json["module"] = "keras.optimizers";
        json["class_name"] = optimizer.GetType().Name;
        json["config"] = config;
        if (hasModules) json["registered_name"] = null;
        return json;
    }

    /// <summary>A number as Keras takes it: 1 is no rate, but 1.0 is.</summary>
    public static JsonNode Number(double number)
    {
        string text = number.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        return JsonNode.Parse(text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0")!;
    }

    private static JsonNode LossOf(Loss loss)
    {
        string className = loss.GetType().Name;

        // What crossentropy is only the targets tell.
        if (!loss.GetType().IsPublic) return JsonValue.Create(loss.Name);
        if (loss.GetType().Namespace != typeof(Loss).Namespace)
            throw new NotSupportedException(
                $"The loss {className} is not one of Keras's; compile without it before you save, or save to .safetensors.");
        JsonObject config = new()
        {
            ["name"] = loss.Name,
            ["reduction"] = loss.Reduction switch
            {
                Reduction.Sum => "sum",
                Reduction.MeanWithSampleWeight => "mean_with_sample_weight",
                Reduction.None => "none",
                _ => "sum_over_batch_size",
            },
        };
        switch (loss)
        {
            case BinaryCrossentropy binary:
                (config["from_logits"], config["label_smoothing"]) = (binary.FromLogits, binary.LabelSmoothing);
                break;
            case CategoricalCrossentropy categorical:
                (config["from_logits"], config["label_smoothing"]) = (categorical.FromLogits, categorical.LabelSmoothing);
                break;
            case Huber { Delta: not 1 } huber:
                config["delta"] = Number(huber.Delta);
                break;
            case SparseCategoricalCrossentropy sparse:
                config["from_logits"] = sparse.FromLogits;
                if (sparse.IgnoreClass is { } ignored) config["ignore_class"] = ignored;
                break;
        }

        return new JsonObject { ["module"] = "keras.losses", ["class_name"] = className, ["config"] = config, ["registered_name"] = null };
    }

    private static JsonNode? Metrics(IReadOnlyList<IReadOnlyList<Metric>> outputs)
    {
        if (outputs.All(metrics => metrics.Count == 0)) return null;
        JsonNode?[] lists =
            [.. outputs.Select(metrics => (JsonNode?)new JsonArray([.. metrics.Select(metric => (JsonNode?)MetricOf(metric))]))];
        return lists.Length == 1 ? lists[0] : new JsonArray(lists);
    }

    private static JsonNode MetricOf(Metric metric)
    {
        try
        {
            if (Metric.Get(metric.Name).GetType() == metric.GetType()) return JsonValue.Create(metric.Name);
        }
        catch (ArgumentException)
        {
            // It has a name of its own.
        }

        return new JsonObject
        {
            ["module"] = "keras.metrics",
            ["class_name"] = metric.GetType().Name,
            ["config"] = new JsonObject { ["name"] = metric.Name },
            ["registered_name"] = null,
        };
    }
}
