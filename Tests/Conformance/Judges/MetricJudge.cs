using System.Globalization;
using System.Text.Json;
using CompiledNets.Harness.Goldens;
using CompiledNets.Keras.Training;

namespace CompiledNets.Conformance.Judges;

/// <summary>A metric: the result after each of several batches.</summary>
internal sealed class MetricJudge : Judge
{
    public override bool Takes(GoldenCase golden) => golden.Text("metric") is not null && golden.Arrays.ContainsKey("y_pred0");

    public override void Run(GoldenCase golden, Func<Model> makeNetwork, Comparison comparison)
    {
        Metric metric = KerasMetrics.Create(new(golden.Text("metric")!, golden.Part("args") ?? default));
        bool isWeighted = golden.Part("weighted") is { ValueKind: JsonValueKind.True };
        for (int i = 0; i < golden.Numbered("y_pred").Count; i++)
        {
            string number = i.ToString(CultureInfo.InvariantCulture);
            metric.Update(golden["y_true" + number].ToTensor(), golden["y_pred" + number].ToTensor(), isWeighted
                ? golden["weight" + number].ToTensor() : null);
            comparison.Add("result" + number, [metric.Result]);
        }
    }
}
