using System.Buffers.Binary;
using System.Text;

namespace CompiledNets.Data;

/// <summary>
/// The fingerprint of a text by FarmHash (Pike and Alakuijala, github.com/google/farmhash, <c>farmhashna::Hash64</c>), which is the same on
/// every machine and in every version: TensorFlow's <c>Fingerprint64</c>.
/// </summary>
internal static class FarmHash
{
    private const ulong K0 = 0xc3a5c85c97cb3127, K1 = 0xb492b66fbe98f273, K2 = 0x9ae16a3b2f90404f;

    /// <summary>The fingerprint of a text's UTF-8.</summary>
    public static ulong Hash64(string text) => Hash64(Encoding.UTF8.GetBytes(text));

    /// <summary>The fingerprint of bytes.</summary>
    public static ulong Hash64(ReadOnlySpan<byte> s) => s.Length switch
    {
        <= 16 => UpTo16(s),
        <= 32 => UpTo32(s),
        <= 64 => UpTo64(s),
        _ => Longer(s),
    };

    private static ulong UpTo16(ReadOnlySpan<byte> s)
    {
        ulong length = (ulong)s.Length, mul = K2 + (length * 2);
        if (length >= 8)
        {
            ulong a = Fetch(s) + K2, b = Fetch(s[^8..]);
            return Mix((Rotate(b, 37) * mul) + a, (Rotate(a, 25) + b) * mul, mul);
        }

        if (length >= 4) return Mix(length + ((ulong)Fetch32(s) << 3), Fetch32(s[^4..]), mul);
        if (length == 0) return K2;
        uint y = s[0] + ((uint)s[s.Length >> 1] << 8), z = (uint)length + ((uint)s[^1] << 2);
        return ShiftMix((y * K2) ^ (z * K0)) * K2;
    }

    private static ulong UpTo32(ReadOnlySpan<byte> s)
    {
        ulong mul = K2 + ((ulong)s.Length * 2);
        ulong a = Fetch(s) * K1, b = Fetch(s[8..]), c = Fetch(s[^8..]) * mul, d = Fetch(s[^16..]) * K2;
        return Mix(Rotate(a + b, 43) + Rotate(c, 30) + d, a + Rotate(b + K2, 18) + c, mul);
    }

    private static ulong UpTo64(ReadOnlySpan<byte> s)
    {
        ulong mul = K2 + ((ulong)s.Length * 2);
        ulong a = Fetch(s) * K2, b = Fetch(s[8..]), c = Fetch(s[^8..]) * mul, d = Fetch(s[^16..]) * K2;
        ulong y = Rotate(a + b, 43) + Rotate(c, 30) + d, z = Mix(y, a + Rotate(b + K2, 18) + c, mul);
        ulong e = Fetch(s[16..]) * mul, f = Fetch(s[24..]), g = (y + Fetch(s[^32..])) * mul, h = (z + Fetch(s[^24..])) * mul;
        return Mix(Rotate(e + f, 43) + Rotate(g, 30) + h, e + Rotate(f + a, 18) + g, mul);
    }

    private static ulong Longer(ReadOnlySpan<byte> s)
    {
        const ulong seed = 81;
        ulong x = seed, y = unchecked((seed * K1) + 113), z = ShiftMix((y * K2) + 113) * K2;
        (ulong First, ulong Second) v = (0, 0), w = (0, 0);
        x = (x * K2) + Fetch(s);
        ReadOnlySpan<byte> last64 = s[^64..];
        int end = (s.Length - 1) / 64 * 64;
        for (int at = 0; at != end; at += 64) Round(s[at..], K1, 1);
        ulong mul = K1 + ((z & 0xff) << 1);
        w.First += (ulong)((s.Length - 1) & 63);
        v.First += w.First;
        w.First += v.First;
        Round(last64, mul, 9);
        return Mix(Mix(v.First, w.First, mul) + (ShiftMix(y) * K0) + z, Mix(v.Second, w.Second, mul) + x, mul);

        void Round(ReadOnlySpan<byte> part, ulong k, ulong nine)
        {
            x = Rotate(x + y + v.First + Fetch(part[8..]), 37) * k;
            y = Rotate(y + v.Second + Fetch(part[48..]), 42) * k;
            x ^= w.Second * nine;
            y += (v.First * nine) + Fetch(part[40..]);
            z = Rotate(z + w.First, 33) * k;
            v = Weak(part, v.Second * k, x + w.First);
            w = Weak(part[32..], z + w.Second, y + Fetch(part[16..]));
            (z, x) = (x, z);
        }
    }

    private static (ulong First, ulong Second) Weak(ReadOnlySpan<byte> s, ulong a, ulong b)
    {
        ulong w = Fetch(s), x = Fetch(s[8..]), y = Fetch(s[16..]), z = Fetch(s[24..]);
        a += w;
        b = Rotate(b + a + z, 21);
        ulong c = a;
        a += x;
        a += y;
        b += Rotate(a, 44);
        return (a + z, b + c);
    }

    private static ulong Mix(ulong u, ulong v, ulong mul)
    {
        ulong a = ShiftMix((u ^ v) * mul);
        return ShiftMix((v ^ a) * mul) * mul;
    }

    private static ulong ShiftMix(ulong value) => value ^ (value >> 47);

    private static ulong Rotate(ulong value, int by) => ulong.RotateRight(value, by);

    private static ulong Fetch(ReadOnlySpan<byte> s) => BinaryPrimitives.ReadUInt64LittleEndian(s);

    private static uint Fetch32(ReadOnlySpan<byte> s) => BinaryPrimitives.ReadUInt32LittleEndian(s);
}
