using System.Buffers.Binary;
using System.Text;

namespace CompiledNets.Data;

/// <summary>SipHash-2-4 (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012): TensorFlow's hash with a key.</summary>
internal static class SipHash
{
    /// <summary>The hash of a text's UTF-8.</summary>
    public static ulong Hash64(string text, ulong key0, ulong key1) => Hash64(Encoding.UTF8.GetBytes(text), key0, key1);

    /// <summary>The hash of bytes.</summary>
    public static ulong Hash64(ReadOnlySpan<byte> bytes, ulong key0, ulong key1)
    {
        ulong v0 = key0 ^ 0x736f6d6570736575, v1 = key1 ^ 0x646f72616e646f6d;
        ulong v2 = key0 ^ 0x6c7967656e657261, v3 = key1 ^ 0x7465646279746573;
        ReadOnlySpan<byte> rest = bytes;
        for (; rest.Length >= 8; rest = rest[8..]) Take(BinaryPrimitives.ReadUInt64LittleEndian(rest));

        // What is left, and the length modulo 256 in the last byte.
        ulong last = (ulong)bytes.Length << 56;
        for (int i = 0; i < rest.Length; i++) last |= (ulong)rest[i] << (8 * i);
        Take(last);
        v2 ^= 0xff;
        for (int round = 0; round < 4; round++) Round();
        return v0 ^ v1 ^ v2 ^ v3;

        void Take(ulong word)
        {
            v3 ^= word;
            Round();
            Round();
            v0 ^= word;
        }

        void Round()
        {
            v0 += v1;
            v2 += v3;
            v1 = ulong.RotateLeft(v1, 13) ^ v0;
            v3 = ulong.RotateLeft(v3, 16) ^ v2;
            v0 = ulong.RotateLeft(v0, 32) + v3;
            v2 += v1;
            v3 = ulong.RotateLeft(v3, 21) ^ v0;
            v1 = ulong.RotateLeft(v1, 17) ^ v2;
            v2 = ulong.RotateLeft(v2, 32);
        }
    }
}
