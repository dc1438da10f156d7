namespace CompiledNets.Generator.Tests.Engines;

/// <summary>
/// Random declarations of networks over images of one to three axes, small ones among them, whose kernels reach beyond all borders, and
/// images of one place; the same for the same seed.
/// </summary>
/// <param name="random">What is drawn from.</param>
/// <param name="axes">Axes of the images beside the channels.</param>
internal sealed class RandomImages(Random random, int axes)
{
    /// <summary>The most numbers of a value, and products of a layer, for which the reference takes no second.</summary>
    private const int MostSize = 1000, MostProducts = 50_000;

    private static readonly int[] Channels = [1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 21, 32, 33, 36, 40, 63, 64];
    private static readonly string[] Activations = ["Relu", "Tanh", "Sigmoid", "Elu", "Gelu", "LeakyRelu", "Silu"];

    private int[] shape = [];

    /// <summary>A graph of a name: a chain, what it began with added again where shapes allow it, and two outputs.</summary>
    public string Network(string name)
    {
        shape = [.. Many(() => random.Next(1, axes == 1 ? 20 : axes == 2 ? 9 : 4)), One(Channels)];
        string input = $"Input({Text(shape)})", trunk = Layers(2);
        int[] given = shape;
        string branch = Layers(2), merge = shape.SequenceEqual(given) ? "Add" : "";
        string after = merge.Length > 0 ? $", {merge}(nameof(Trunk)), Activation(Activation.{One(Activations)})" : "";
        return $$"""
            [Network]
            public sealed partial class {{name}}
            {
                [{{input}}] public partial Node X { get; }
                [From(nameof(X)), {{trunk}}] public partial Node Trunk { get; }
                [From(nameof(Trunk)), {{branch}}{{after}}, Output] public partial Node Y { get; }
                [From(nameof(Trunk)), Flatten, Dense(3), Output] public partial Node Z { get; }
            }

            """;
    }

    private string Layers(int count) => string.Join(", ", Enumerable.Range(0, count).Select(_ => Layer()));

    private string Layer()
    {
        for (int tries = 0; tries < 20; tries++)
        {
            (string text, int[] result, int products) = random.Next(10) switch
            {
                < 5 => Convolution(),
                5 => Depthwise(),
                6 => Pooling(),
                7 => Border(),
                8 => Enlarged(),
                _ => ($"Activation(Activation.{One(Activations)})", shape, 0),
            };
            if (Size(result) is 0 or > MostSize || products > MostProducts) continue;
            shape = result;
            return text;
        }

        return "Identity";
    }

    private (string Text, int[] Shape, int Products) Convolution()
    {
        int filters = One(Channels);
        (int[] kernel, int[] strides, bool isSame) = Window();
        int[] result = [.. Moved(kernel, strides, isSame), filters];
        string sizes = axes == 1 ? $"{kernel[0]}" : $"new[] {{ {Text(kernel)} }}";
        string bias = random.Next(3) == 0 ? ", UseBias = false" : "";
        string activation = random.Next(2) == 0 ? "" : $", Activation.{One(Activations)}";
        return ($"Conv{axes}D({filters}, {sizes}{activation}{Motion(strides, isSame)}{bias})", result,
            Size(result) * Size(kernel) * shape[^1]);
    }

    private (string Text, int[] Shape, int Products) Depthwise()
    {
        if (axes == 3) return Convolution();
        (int[] kernel, int[] strides, bool isSame) = Window();
        strides = [.. Many(() => strides[0])];
        int times = random.Next(1, 3);
        int[] result = [.. Moved(kernel, strides, isSame), shape[^1] * times];
        string sizes = axes == 1 ? $"{kernel[0]}" : $"new[] {{ {Text(kernel)} }}";
        return ($"DepthwiseConv{axes}D({sizes}, DepthMultiplier = {times}{Motion(strides, isSame)})", result, Size(result) * Size(kernel));
    }

    private (string Text, int[] Shape, int Products) Pooling()
    {
        (int[] pool, int[] strides, bool isSame) = Window();
        return ($"AveragePooling{axes}D({Text(pool)}, Strides = [{Text(strides)}]{(isSame ? ", Padding = Padding.Same" : "")})",
            [.. Moved(pool, strides, isSame), shape[^1]], 0);
    }

    private (string Text, int[] Shape, int Products) Border()
    {
        int[] zeros = [.. Enumerable.Range(0, 2 * axes).Select(_ => random.Next(3))];
        return ($"ZeroPadding{axes}D({Text(zeros)})",
            [.. shape[..axes].Select((size, axis) => size + zeros[2 * axis] + zeros[(2 * axis) + 1]), shape[^1]], 0);
    }

    private (string Text, int[] Shape, int Products) Enlarged()
    {
        int[] times = [.. Many(() => random.Next(1, 3))];
        return ($"UpSampling{axes}D({Text(times)})", [.. shape[..axes].Select((size, axis) => size * times[axis]), shape[^1]], 0);
    }

    private (int[] Kernel, int[] Strides, bool IsSame) Window()
    {
        bool isSame = random.Next(2) == 0, isStrided = random.Next(3) == 0;
        return ([.. Many(() => random.Next(1, 5))], [.. Many(() => isStrided ? random.Next(1, 4) : 1)], isSame);
    }

    // Places of the result along each axis; none where a kernel does not fit in.
    private IEnumerable<int> Moved(int[] kernel, int[] strides, bool isSame) => Enumerable.Range(0, axes).Select(axis =>
        Math.Max(0, shape[axis] - (isSame ? 1 : kernel[axis]) + strides[axis]) / strides[axis]);

    private static string Motion(int[] strides, bool isSame) =>
        (strides.Any(stride => stride > 1) ? $", Strides = [{Text(strides)}]" : "") + (isSame ? ", Padding = Padding.Same" : "");

    private IEnumerable<int> Many(Func<int> number) => Enumerable.Range(0, axes).Select(_ => number());

    private T One<T>(T[] all) => all[random.Next(all.Length)];

    private static int Size(int[] sizes) => sizes.Aggregate(1, (product, size) => product * size);

    private static string Text(int[] numbers) => string.Join(", ", numbers);
}
