using System.Collections.ObjectModel;
using System.Globalization;

namespace CompiledNets.Constraints;

/// <summary>
/// A constraint on norms: numbers of a weight that differ in their place on some axes alone form a vector, whose norm is brought to what
/// it may be. For a dense kernel (inputs, units) and axis 0, a vector is what leads to one unit.
/// </summary>
public abstract class NormConstraint : Constraint
{
    /// <summary>Vectors that are worked at a time.</summary>
    private const int Tile = 64;

    /// <summary>Added to the norm that is divided by (Keras's epsilon).</summary>
    private const double Epsilon = 1e-7;

    private readonly int[] axes;

    /// <summary>Makes the constraint.</summary>
    /// <param name="axes">The axes along which norms are taken, from the last where they are negative.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    private protected NormConstraint(ReadOnlySpan<int> axes)
    {
        if (axes.IsEmpty) throw new ArgumentException("Argument `axis` must name one axis at least. Received: axis=[]", "axis");
        this.axes = axes.ToArray();
        Axis = new(this.axes);
    }

    /// <summary>The axes along which norms are taken.</summary>
    public ReadOnlyCollection<int> Axis { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The weight does not have the axes.</exception>
    public sealed override void Apply(Span<float> weight, ReadOnlySpan<int> shape)
    {
        uint along = 0;
        foreach (int axis in axes)
        {
            if (axis < -shape.Length || axis >= shape.Length || shape.Length > 32)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"{GetType().Name} takes norms along axis {axis}, which a weight of shape {ShapeText.Of(shape)} does not have."),
                    nameof(shape));
            }

            along |= 1u << (axis < 0 ? axis + shape.Length : axis);
        }

        // Vectors whose first numbers lie side by side are worked together, up to a tile of them.
        int inner = 1, last = shape.Length - 1;
        for (; last >= 0 && (along >> last & 1) == 0; last--) inner *= shape[last];
        if (last < 0) return;
        Span<double> factors = stackalloc double[Math.Min(inner, Tile)];
        Span<int> index = stackalloc int[last + 1];
        index.Clear();
        do
        {
            int first = Place(index, shape) * inner;
            for (int from = 0; from < inner; from += Tile)
                Bring(weight, shape, along, index, first + from, inner, factors[..Math.Min(Tile, inner - from)]);
        }
        while (Next(index, shape, ~along));
    }

    /// <summary>What the norm of a vector becomes.</summary>
    private protected abstract double Wanted(double norm);

    private void Bring(Span<float> weight, ReadOnlySpan<int> shape, uint along, Span<int> index, int first, int inner, Span<double> sums)
    {
        int start = Place(index, shape) * inner;
        sums.Clear();
        do
        {
            ReadOnlySpan<float> numbers = weight.Slice(first - start + (Place(index, shape) * inner), sums.Length);
            for (int i = 0; i < numbers.Length; i++) sums[i] += (double)numbers[i] * numbers[i];
        }
        while (Next(index, shape, along));

        for (int i = 0; i < sums.Length; i++)
        {
            double norm = Math.Sqrt(sums[i]);
            sums[i] = Wanted(norm) / (Epsilon + norm);
        }

        do
        {
            Span<float> numbers = weight.Slice(first - start + (Place(index, shape) * inner), sums.Length);
            for (int i = 0; i < numbers.Length; i++) numbers[i] = (float)(numbers[i] * sums[i]);
        }
        while (Next(index, shape, along));
    }

    // The place of an index among the axes that it has.
    private static int Place(ReadOnlySpan<int> index, ReadOnlySpan<int> shape)
    {
        int place = 0;
        for (int axis = 0; axis < index.Length; axis++) place = (place * shape[axis]) + index[axis];
        return place;
    }

    // Counts on along some axes; false, and all of them at 0 again, after the last.
    private static bool Next(Span<int> index, ReadOnlySpan<int> shape, uint along)
    {
        for (int axis = index.Length - 1; axis >= 0; axis--)
        {
            if ((along >> axis & 1) == 0) continue;
            if (++index[axis] < shape[axis]) return true;
            index[axis] = 0;
        }

        return false;
    }
}
