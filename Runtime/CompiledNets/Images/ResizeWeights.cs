namespace CompiledNets.Images;

/// <summary>
/// What each place of a resized axis is made of. The sums are TensorFlow's, which Keras resizes with, in its single precision, as places
/// are told apart there. The compiler and the runtime share this file.
/// </summary>
internal static class ResizeWeights
{
    /// <summary>The names of interpolations.</summary>
    public static readonly string[] Interpolations = ["area", "bicubic", "bilinear", "lanczos3", "lanczos5", "nearest"];

    /// <summary>For each place of the result the first that it reads, and the weights of those from it on.</summary>
    /// <param name="interpolation">One of <see cref="Interpolations"/>.</param>
    /// <param name="size">Places of the axis.</param>
    /// <param name="count">Places of the result.</param>
    /// <param name="antialias">Whether a smaller result is made of all places: the kernel grows with the step.</param>
    public static (int First, double[] Weights)[] Of(string interpolation, int size, int count, bool antialias)
    {
        float step = (float)size / count;
        var rows = new (int First, double[] Weights)[count];
        for (int place = 0; place < count; place++)
        {
            rows[place] = interpolation switch
            {
                "nearest" => (Math.Min((int)(float)(((float)place + 0.5f) * step), size - 1), [1.0]),
                "area" => Area(place, step, size),
                "bilinear" => antialias ? Kernel(place, size, count, true, 1, Triangle) : Bilinear(place, step, size),
                "bicubic" => antialias ? Kernel(place, size, count, true, 2, Cubic) : Bicubic(place, step, size),
                "lanczos3" => Kernel(place, size, count, antialias, 3, x => Lanczos(x, 3)),
                _ => Kernel(place, size, count, antialias, 5, x => Lanczos(x, 5)),
            };
        }

        return rows;
    }

    // Linear between the centres of places, constant beyond the outer ones.
    private static (int First, double[] Weights) Bilinear(int place, float step, int size)
    {
        float centre = Centre(place, step);
        double whole = Math.Floor(centre), share = centre - whole;
        int lower = Math.Max((int)whole, 0), upper = Math.Min((int)Math.Ceiling(centre), size - 1);
        return lower == upper ? (lower, [1.0]) : (lower, [1 - share, share]);
    }

    // Keys's cubic with a = -1/2, which resize_bicubic knows in steps of 1/1024; beyond the outer places there is nothing, and weights are
    // scaled to a sum of 1.
    private static (int First, double[] Weights) Bicubic(int place, float step, int size)
    {
        float centre = Centre(place, step);
        int whole = (int)Math.Floor(centre), first = Math.Max(whole - 1, 0), end = Math.Min(whole + 3, size);
        double between = Math.Round((centre - whole) * 1024) / 1024;
        double[] weights = new double[end - first];
        for (int i = 0; i < weights.Length; i++) weights[i] = Cubic(Math.Abs(whole + between - (first + i)));
        return (first, Scaled(weights));
    }

    // The mean over the stretch that a place of the result covers.
    private static (int First, double[] Weights) Area(int place, float step, int size)
    {
        float from = (float)(place * step), to = (float)((place + 1) * step);
        int first = Math.Min((int)Math.Floor(from), size - 1), end = Math.Max(Math.Min((int)Math.Ceiling(to), size), first + 1);
        double[] weights = new double[end - first];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = Math.Max(Math.Min(first + i + 1, (double)to) - Math.Max(first + i, (double)from), 0) / step;
        return (first, weights);
    }

    // scale_and_translate: a kernel around the centre, scaled to a sum of 1.
    private static (int First, double[] Weights) Kernel(
        int place, int size, int count, bool antialias, int radius, Func<double, double> kernel)
    {
        float inverse = (float)(1 / (float)((float)count / size)), centre = (float)((place + 0.5f) * inverse);
        float width = antialias ? Math.Max(inverse, 1) : 1;
        int first = Clamp((int)Math.Ceiling((float)(centre - (radius * width) - 0.5f)), size);
        int end = Clamp((int)Math.Floor((float)(centre + (radius * width) - 0.5f)), size) + 1;
        double[] weights = new double[end - first];
        for (int i = 0; i < weights.Length; i++) weights[i] = kernel(Math.Abs((first + i + 0.5 - centre) / width));
        return (first, Scaled(weights));
    }

    private static double[] Scaled(double[] weights)
    {
        double sum = 0;
        foreach (double weight in weights) sum += weight;
        // TensorFlow leaves a sum as it is that is 0 but for rounding.
        for (int i = 0; i < weights.Length && Math.Abs(sum) >= 1e-35; i++) weights[i] /= sum;
        return weights;
    }

    private static double Triangle(double x) => x < 1 ? 1 - x : 0;

    private static double Cubic(double x) =>
        x < 1 ? ((((1.5 * x) - 2.5) * x) * x) + 1 : x < 2 ? (((((-0.5 * x) + 2.5) * x) - 4) * x) + 2 : 0;

    private static double Lanczos(double x, double radius)
    {
        if (x > radius) return 0;
        if (x <= 1e-3) return 1;
        return radius * Math.Sin(Math.PI * x) * Math.Sin(Math.PI * x / radius) / (Math.PI * Math.PI * x * x);
    }

    // Where the centre of a place of the result lies among those of the axis.
    private static float Centre(int place, float step) => (float)((float)((place + 0.5f) * step) - 0.5f);

    private static int Clamp(int place, int size) => Math.Min(Math.Max(place, 0), size - 1);
}
