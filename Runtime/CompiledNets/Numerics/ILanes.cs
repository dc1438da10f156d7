using System.ComponentModel;

namespace CompiledNets.Numerics;

/// <summary>
/// A vector of float lanes of one width. Generated code and the kernels of the runtime are generic over it: written once,
/// specialized by the compiler for 512, 256 and 128 bits.
/// </summary>
/// <remarks>
/// <para>
/// A lane holds one sample. A <em>lane block</em> is <see cref="Count"/> samples; a value of n features is n consecutive vectors.
/// </para>
/// <para>Memory is addressed by a reference and an offset in floats, so that the user's project needs no unsafe code.</para>
/// <para>Comparing and choosing are one operation: a mask that passes through a struct costs two extra moves.</para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILanes<T> where T : struct, ILanes<T>
{
    /// <summary>Floats in one vector: 16, 8 or 4.</summary>
    static abstract int Count { get; }

    /// <summary>Vector registers of this width on this machine: 32 or 16. Tiles are chosen by it.</summary>
    static abstract int Registers { get; }

    /// <summary>All lanes zero.</summary>
    static abstract T Zero { get; }

    /// <summary>0, 1, 2, ... , Count - 1.</summary>
    static abstract T Indices { get; }

    /// <summary>Reads Count floats at <paramref name="offset"/> behind <paramref name="start"/>.</summary>
    static abstract T Load(ref float start, int offset);

    /// <summary>Writes Count floats at <paramref name="offset"/> behind <paramref name="start"/>.</summary>
    void Store(ref float start, int offset);

    /// <summary>All lanes <paramref name="value"/>.</summary>
    static abstract T Splat(float value);

    /// <summary>All lanes the float at <paramref name="offset"/> behind <paramref name="start"/>.</summary>
    static abstract T Broadcast(ref float start, int offset);

    /// <summary>a * b + c; fused where the machine can, and never by a slow software fallback.</summary>
    static abstract T Fma(T a, T b, T c);

    /// <summary>
    /// The number at <paramref name="offset"/> behind <paramref name="number"/>, times the vector at <paramref name="vectorOffset"/>
    /// behind <paramref name="vector"/>, plus c. Two instructions, where operands that are loaded apart would take four.
    /// </summary>
    static abstract T FmaFrom(ref float number, int offset, ref float vector, int vectorOffset, T c);

    /// <summary>
    /// The number at <paramref name="offset"/> behind <paramref name="number"/>, times b plus c: one instruction with AVX-512, two
    /// elsewhere, where a number that is loaded apart would take three.
    /// </summary>
    static abstract T FmaOf(ref float number, int offset, T b, T c);

    /// <summary>Lane by lane.</summary>
    static abstract T operator +(T a, T b);

    /// <summary>Lane by lane.</summary>
    static abstract T operator -(T a, T b);

    /// <summary>Lane by lane.</summary>
    static abstract T operator *(T a, T b);

    /// <summary>Lane by lane; true division, correctly rounded.</summary>
    static abstract T operator /(T a, T b);

    /// <summary>Sign flipped.</summary>
    static abstract T operator -(T a);

    /// <summary>The larger; where either is not a number, <paramref name="b"/>, so that Max(Zero, x) passes NaN on.</summary>
    static abstract T Max(T a, T b);

    /// <summary>The smaller; where either is not a number, <paramref name="b"/>.</summary>
    static abstract T Min(T a, T b);

    /// <summary>Sign cleared.</summary>
    static abstract T Abs(T a);

    /// <summary>Correctly rounded square root.</summary>
    static abstract T Sqrt(T a);

    /// <summary>Asks for the cache line of an element that will be read soon. Any offset is allowed, also one behind the end.</summary>
    static abstract void Prefetch(ref float start, int offset);

    /// <summary>Rounded to the nearest integer, ties to even.</summary>
    static abstract T Round(T a);

    /// <summary>a &gt; b ? yes : no.</summary>
    static abstract T SelectGreater(T a, T b, T yes, T no);

    /// <summary>a &gt;= b ? yes : no.</summary>
    static abstract T SelectGreaterOrEqual(T a, T b, T yes, T no);

    /// <summary>a == b ? yes : no.</summary>
    static abstract T SelectEqual(T a, T b, T yes, T no);

    /// <summary>a * 2^n for integral n; a normal and n so small that the result is normal.</summary>
    static abstract T Scale(T a, T n);

    /// <summary>e of a = m * 2^e with m in [sqrt(1/2), sqrt(2)), for positive normal a.</summary>
    static abstract T Exponent(T a);

    /// <summary>m of a = m * 2^e with m in [sqrt(1/2), sqrt(2)), for positive normal a.</summary>
    static abstract T Mantissa(T a);

    /// <summary>The magnitude of <paramref name="magnitude"/> with the sign of <paramref name="sign"/>.</summary>
    static abstract T CopySign(T magnitude, T sign);

    /// <summary>
    /// a, or zero where it is below the smallest normal number: state that decays would stay among denormals, which are many times slower.
    /// </summary>
    static abstract T Flush(T a);

    /// <summary>Sum of the lanes: halves are added to halves, so the order is the same on every machine of one width.</summary>
    static abstract float Sum(T a);

    /// <summary>Largest lane.</summary>
    static abstract float MaxAcross(T a);

    /// <summary>
    /// Reads Count rows of Count floats, <paramref name="sourceStride"/> floats apart, and writes them turned: row i of the source becomes
    /// column i of the target.
    /// </summary>
    static abstract void Transpose(ref float source, int sourceOffset, int sourceStride, ref float target, int targetOffset,
        int targetStride);

    /// <summary>
    /// Reads Count rows of a row-major matrix, those that the indices behind <paramref name="row"/> name, and writes them turned: row i
    /// becomes lane i of <paramref name="rowLength"/> consecutive vectors. Rows have four floats or more.
    /// </summary>
    static abstract void GatherRows(ref float source, ref int row, int rowLength, ref float target, int targetOffset);

    /// <summary>
    /// Four vectors of uniform numbers in [0, 1) with 24 bits, by Philox 4x32-10. The counter of lane i is (c0, c1, c2 + i, c3), so the
    /// numbers do not depend on the width.
    /// </summary>
    static abstract void Uniform(uint c0, uint c1, uint c2, uint c3, uint key0, uint key1, out T r0, out T r1, out T r2, out T r3);
}
