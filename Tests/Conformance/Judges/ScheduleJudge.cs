using CompiledNets.Harness.Goldens;
using CompiledNets.Keras.Training;

namespace CompiledNets.Conformance.Judges;

/// <summary>A learning-rate schedule: the learning rates of some steps.</summary>
internal sealed class ScheduleJudge : Judge
{
    public override bool Takes(GoldenCase golden) => golden.Text("schedule") is not null && golden.Arrays.ContainsKey("rate");

    public override void Run(GoldenCase golden, Func<Model> makeNetwork, Comparison comparison)
    {
        LearningRateSchedule schedule =
            KerasSchedules.Create(new(golden.Text("schedule")!, golden.Part("args") ?? golden.Part("config") ?? default));
        NamedArray steps = golden["step"];
        comparison.Add("rate", [.. steps.Data.Select(step => (float)schedule.Rate((long)step))], steps.Shape);
    }
}
