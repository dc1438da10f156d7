using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using CompiledNets.Files;
using CompiledNets.Tests.Training;

namespace CompiledNets.Tests.Files;

/// <summary>
/// A hundred thousand damaged files of each form: each is read or refused by the exception that is documented, in bounded time and memory,
/// and nothing is taken over of one that is refused.
/// </summary>
public sealed class DamagedFileTests
{
    private const int Times = 100_000;

    [Fact]
    public void A_damaged_file_of_a_model_leaves_it_as_it_is()
    {
        using TemporaryFolder folder = new();
        ClassNet saved = new(3);
        saved.Compile("adam", "sparse_categorical_crossentropy");
        saved.Save(folder["a.safetensors"]);
        Check([File.ReadAllBytes(folder["a.safetensors"])], () =>
        {
            ClassNet model = new(4);
            model.Compile("adam", "sparse_categorical_crossentropy");
            byte[] before = Bits(model);
            return bytes =>
            {
                try
                {
                    model.LoadWeights(new MemoryStream(bytes));
                    before = Bits(model);
                }
                catch (InvalidDataException)
                {
                    Assert.Equal(before, Bits(model));
                    throw;
                }
            };
        });
    }

    [Fact]
    public void Tensors_of_damaged_safetensors_have_their_shapes_or_are_refused()
    {
        using TemporaryFolder folder = new();
        SafetensorsFile.Write(folder["a"], [new("x", Tensor.Create([1f, 2, 3, 4, 5, 6], [2, 3])), new("y", Tensor.Create([4f], [1]))],
            new Dictionary<string, string> { ["a"] = "b" });
        Check([File.ReadAllBytes(folder["a"])], () => bytes =>
        {
            using var file = SafetensorsFile.Read(new MemoryStream(bytes));
            long numbers = 0;
            foreach (string name in file.Names)
            {
                float[] values = new float[(int)file.ShapeOf(name).ToArray().Aggregate(1, (size, axis) => checked(size * axis))];
                file.CopyTo(name, values);
                numbers += values.Length;
            }

            // Each number takes a byte at least.
            Assert.InRange(numbers, 0, bytes.Length);
        });
    }

    [Fact]
    public void Tensors_of_damaged_npy_and_npz_files_have_their_shapes_or_are_refused()
    {
        using TemporaryFolder folder = new();
        Tensor<float> x = Tensor.Create([.. Enumerable.Range(0, 60).Select(i => (float)i)], [3, 4, 5]);
        KeyValuePair<string, Tensor<float>>[] tensors = [new("x0", x), new("y0", Tensor.Create([4f, 2], [2, 1]))];
        NpyFile.Write(folder["a.npy"], x);
        NpzFile.Write(folder["a.npz"], tensors);
        NpzFile.Write(folder["b.npz"], tensors, compress: true);
        Check([File.ReadAllBytes(folder["a.npy"])], () => bytes => Fits(NpyFile.Read(new MemoryStream(bytes)), bytes));
        Check([File.ReadAllBytes(folder["a.npz"]), File.ReadAllBytes(folder["b.npz"])], () => bytes =>
        {
            foreach (Tensor<float> tensor in NpzFile.Read(new MemoryStream(bytes)).Values) Fits(tensor, bytes);
        });

        static void Fits(Tensor<float> tensor, byte[] bytes)
        {
            Assert.Equal(tensor.Lengths.ToArray().Aggregate((nint)1, (size, axis) => size * axis), tensor.FlattenedLength);
            // A compressed byte is a thousand numbers at most.
            Assert.InRange(tensor.FlattenedLength, 0, bytes.Length * 1100);
        }
    }

    private static void Check(IReadOnlyList<byte[]> files, Func<Action<byte[]>> open)
    {
        IReadOnlyList<string> problems = Damage.Judge(files, Times, open, static exception => exception is InvalidDataException);
        Assert.True(problems.Count == 0, string.Join('\n', problems.Take(5)));
    }

    private static byte[] Bits(Model model) =>
        [.. model.Weights.SelectMany(weight => MemoryMarshal.AsBytes(weight.Values).ToArray())];
}
