using System.Numerics.Tensors;
using CompiledNets;
using CompiledNets.Samples;

// Two networks against each other: one makes points out of noise, the other tells them from points of a ring. The loop is our own.
const int Rows = 1024, BatchSize = 64, Noise = 4, Judged = 1000;
const double Width = 0.05;
SampleOptions options = SampleOptions.Parse(args, data: [], epochs: 300);
List<double> distances = [];

foreach (int seed in options.Seeds)
{
    Random random = new(seed);
    float[][] ring = [.. Enumerable.Range(0, Rows).Select(_ => PointOfRing(random))];
    Generator generator = new(seed);
    Discriminator discriminator = new(seed + 1);
    generator.Compile(new Adam(learningRate: 0.001, beta1: 0.5));
    discriminator.Compile(new Adam(learningRate: 0.001, beta1: 0.5));
    BinaryCrossentropy loss = new(fromLogits: true);
    var (real, made) = (Answers(1), Answers(0));

    for (int epoch = 1; epoch <= options.Epochs; epoch++)
    {
        random.Shuffle(ring);
        for (int row = 0; row < Rows; row += BatchSize)
        {
            var points = generator.Forward(NoiseOf(random, BatchSize), training: true);

            // The discriminator learns to call points of the ring real, and the others made.
            discriminator.Backward(loss.Gradient(real, discriminator.Forward(ring[row..(row + BatchSize)], training: true)));
            discriminator.Backward(loss.Gradient(made, discriminator.Forward(points, training: true)), accumulate: true);
            discriminator.ApplyGradients();

            // The generator learns what would have the discriminator call its points real.
            var gradient = discriminator.Backward(loss.Gradient(real, discriminator.Forward(points, training: true)));
            generator.Backward(gradient);
            generator.ApplyGradients();
        }

        if (options.Verbose != Verbose.Silent && epoch % 50 == 0)
            Console.WriteLine($"Epoch {epoch}: {Distance(generator, seed):F3} from the ring");
    }

    double distance = Distance(generator, seed);
    Console.WriteLine($"The points of the ring lie {ring.Average(Apart):F3} from its line, those that are made {distance:F3}.");
    distances.Add(distance);
}

options.PrintMean("distance", distances);

static double Distance(Generator generator, int seed)
{
    var points = generator.Predict(NoiseOf(new(seed), Judged));
    return Enumerable.Range(0, Judged).Average(i => Apart([points[i, 0], points[i, 1]]));
}

// How far a point lies from the circle of radius 1.
static double Apart(float[] point) => Math.Abs(Math.Sqrt((point[0] * point[0]) + (point[1] * point[1])) - 1);

static float[] PointOfRing(Random random)
{
    double angle = 2 * Math.PI * random.NextDouble(), radius = 1 + (Width * ((2 * random.NextDouble()) - 1));
    return [(float)(radius * Math.Cos(angle)), (float)(radius * Math.Sin(angle))];
}

static float[,] NoiseOf(Random random, int rows)
{
    float[,] noise = new float[rows, Noise];
    for (int i = 0; i < rows; i++)
        for (int n = 0; n < Noise; n++) noise[i, n] = (2 * random.NextSingle()) - 1;
    return noise;
}

static Tensor<float> Answers(float answer)
{
    float[] answers = new float[BatchSize];
    Array.Fill(answers, answer);
    return Tensor.Create(answers, [BatchSize, 1]);
}

[Network]
[Input(4)]
[Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu)]
[Dense(2)]
public sealed partial class Generator;

[Network]
[Input(2)]
[Dense(32, Activation.LeakyRelu)]
[Dense(32, Activation.LeakyRelu)]
[Dense(1)]
public sealed partial class Discriminator;
