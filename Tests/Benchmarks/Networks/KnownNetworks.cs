using CompiledNets.Applications;

namespace CompiledNets.Benchmarks.Networks;

/// <summary>Networks of CompiledNets.Applications, with the names of Keras's layers.</summary>
internal static class KnownNetworks
{
    private const int Side = 224, Classes = 1000;

    /// <summary>ResNet-50.</summary>
    public static BenchmarkNetwork ResNet50 { get; } = Known("resnet50", () => new ResNet50(1), LayersOfResNet50());

    /// <summary>MobileNetV2.</summary>
    public static BenchmarkNetwork MobileNetV2 { get; } = Known("mobilenetv2", () => new MobileNetV2(1), LayersOfMobileNetV2());

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BenchmarkNetwork> All { get; } = [ResNet50, MobileNetV2];

    private static BenchmarkNetwork Known(string name, Func<Model> create, List<NetworkLayer> layers) => new(
        name, create, [new("input", Side * Side * 3)], layers, [new("predictions", Classes, Ending.Softmax)]);

    private static List<NetworkLayer> LayersOfResNet50()
    {
        List<NetworkLayer> layers = [new ImageLayer("image", "input", new(Side, Side, 3))];
        ConvLayer stem = Conv("conv1_conv", "image", new(Side, Side, 3), 64, 7, stride: 2, border: (3, 3));
        layers.AddRange([stem, Norm("conv1_bn", stem.Name), new ReluLayer("conv1_relu", "conv1_bn")]);
        layers.Add(new PoolLayer("pool1_pool", "conv1_relu", Size: 3, Border: 1));
        string from = "pool1_pool";
        ImageSize image = new(stem.Result.Rows / 2, stem.Result.Columns / 2, 64);
        foreach ((int stage, int filters, int blocks) in new[] { (2, 64, 3), (3, 128, 4), (4, 256, 6), (5, 512, 3) })
        {
            for (int block = 1; block <= blocks; block++)
            {
                string name = $"conv{stage}_block{block}";
                int stride = block == 1 && stage > 2 ? 2 : 1;
                string around = from;
                if (block == 1)
                {
                    layers.Add(Conv($"{name}_0_conv", from, image, 4 * filters, 1, stride));
                    layers.Add(Norm(around = $"{name}_0_bn", $"{name}_0_conv"));
                }

                ConvLayer first = Conv($"{name}_1_conv", from, image, filters, 1, stride);
                ConvLayer second = Conv($"{name}_2_conv", $"{name}_1_relu", first.Result, filters, 3, border: (1, 1));
                ConvLayer third = Conv($"{name}_3_conv", $"{name}_2_relu", second.Result, 4 * filters, 1);
                layers.AddRange([first, Norm($"{name}_1_bn", first.Name), new ReluLayer($"{name}_1_relu", $"{name}_1_bn")]);
                layers.AddRange([second, Norm($"{name}_2_bn", second.Name), new ReluLayer($"{name}_2_relu", $"{name}_2_bn")]);
                layers.AddRange([third, Norm($"{name}_3_bn", third.Name), new AddLayer($"{name}_add", around, $"{name}_3_bn")]);
                layers.Add(new ReluLayer(from = $"{name}_out", $"{name}_add"));
                image = third.Result;
            }
        }

        layers.AddRange([new ImageMeanLayer("avg_pool", from), new DenseLayer("predictions", "avg_pool", 2048, Classes, HasRelu: false)]);
        return layers;

        static NetworkLayer Norm(string name, string from) => new BatchNormalizationLayer(name, from, 1.001e-5f);
    }

    private static List<NetworkLayer> LayersOfMobileNetV2()
    {
        List<NetworkLayer> layers = [new ImageLayer("image", "input", new(Side, Side, 3))];
        ConvLayer stem = Conv("Conv1", "image", new(Side, Side, 3), 32, 3, stride: 2, border: (0, 1));
        layers.AddRange([stem, Norm("bn_Conv1", stem.Name), new ReluLayer("Conv1_relu", "bn_Conv1", 6)]);
        string from = "Conv1_relu";
        ImageSize image = stem.Result;
        int block = 0;
        (int Filters, int Blocks, int Stride)[] stages =
            [(16, 1, 1), (24, 2, 2), (32, 3, 2), (64, 4, 2), (96, 3, 1), (160, 3, 2), (320, 1, 1)];
        foreach ((int filters, int blocks, int firstStride) in stages)
        {
            for (int i = 0; i < blocks; i++, block++)
            {
                string name = block == 0 ? "expanded_conv" : $"block_{block}", around = from;
                if (block > 0)
                {
                    ConvLayer wide = Conv($"{name}_expand", from, image, 6 * image.Channels, 1);
                    layers.AddRange([wide, Norm($"{name}_expand_BN", wide.Name)]);
                    layers.Add(new ReluLayer(from = $"{name}_expand_relu", $"{name}_expand_BN", 6));
                }

                bool isNarrow = image.Channels == filters;
                ImageSize inner = block > 0 ? image with { Channels = 6 * image.Channels } : image;
                int stride = i == 0 ? firstStride : 1;
                ConvLayer deep = Conv($"{name}_depthwise", from, inner, inner.Channels, 3, stride, stride == 2 ? (0, 1) : (1, 1))
                    with { Groups = inner.Channels };
                layers.AddRange([deep, Norm($"{name}_depthwise_BN", deep.Name)]);
                layers.Add(new ReluLayer($"{name}_depthwise_relu", $"{name}_depthwise_BN", 6));
                ConvLayer project = Conv($"{name}_project", $"{name}_depthwise_relu", deep.Result, filters, 1);
                layers.AddRange([project, Norm(from = $"{name}_project_BN", project.Name)]);
                if (stride == 1 && isNarrow) layers.Add(new AddLayer(from = $"{name}_add", around, $"{name}_project_BN"));
                image = project.Result;
            }
        }

        layers.AddRange([Conv("Conv_1", from, image, 1280, 1), Norm("Conv_1_bn", "Conv_1"), new ReluLayer("out_relu", "Conv_1_bn", 6)]);
        layers.Add(new ImageMeanLayer("global_average_pooling2d", "out_relu"));
        layers.Add(new DenseLayer("predictions", "global_average_pooling2d", 1280, Classes, HasRelu: false));
        return layers;

        static NetworkLayer Norm(string name, string from) => new BatchNormalizationLayer(name, from, 1e-3f);
    }

    private static ConvLayer Conv(
        string name, string from, ImageSize image, int filters, int kernel, int stride = 1, (int Before, int After) border = default) =>
        new(name, from, image, filters, kernel, IsSame: false) { HasRelu = false, Stride = stride, Border = border };
}
