using CompiledNets.Benchmarks.Networks;

namespace CompiledNets.Benchmarks.Scaling;

/// <summary>
/// A stack of two dense layers for each width: as many inputs as units as outputs. Widths are in the code that the compiler writes, so
/// each is a class.
/// </summary>
internal static class WidthNetworks
{
    /// <summary>All widths, from narrow to wide.</summary>
    public static IReadOnlyList<BenchmarkNetwork> All { get; } =
    [
        Of(16, () => new Width16(1)),
        Of(32, () => new Width32(1)),
        Of(64, () => new Width64(1)),
        Of(128, () => new Width128(1)),
        Of(256, () => new Width256(1)),
        Of(512, () => new Width512(1)),
        Of(1024, () => new Width1024(1)),
        Of(2048, () => new Width2048(1)),
    ];

    private static BenchmarkNetwork Of(int width, Func<Model> create) =>
        BenchmarkNetwork.Chain($"width-{width}", create, [width, width, width], Ending.Linear);
}

[Network, Input(16), Dense(16, Activation.Relu), Dense(16)]
internal sealed partial class Width16;

[Network, Input(32), Dense(32, Activation.Relu), Dense(32)]
internal sealed partial class Width32;

[Network, Input(64), Dense(64, Activation.Relu), Dense(64)]
internal sealed partial class Width64;

[Network, Input(128), Dense(128, Activation.Relu), Dense(128)]
internal sealed partial class Width128;

[Network, Input(256), Dense(256, Activation.Relu), Dense(256)]
internal sealed partial class Width256;

[Network, Input(512), Dense(512, Activation.Relu), Dense(512)]
internal sealed partial class Width512;

[Network, Input(1024), Dense(1024, Activation.Relu), Dense(1024)]
internal sealed partial class Width1024;

[Network, Input(2048), Dense(2048, Activation.Relu), Dense(2048)]
internal sealed partial class Width2048;
