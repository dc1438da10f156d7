using System.Buffers.Binary;
using System.Text;

namespace CompiledNets.Tests.Data;

/// <summary>Pickles as Python 2 wrote them for the sets of Keras, protocol 2.</summary>
internal static class Pickles
{
    /// <summary>A dictionary with texts as keys, each value a pickle without its frame.</summary>
    public static byte[] Dictionary(params (string Key, byte[] Value)[] entries) =>
        Framed([(byte)'}', (byte)'(', .. entries.SelectMany(entry => (byte[])[.. Text(entry.Key), .. entry.Value]), (byte)'u']);

    /// <summary>An array of objects: lists of numbers.</summary>
    public static byte[] Lists(int[][] lists) => Array("O8", [lists.Length], List(lists.Select(Numbers)));

    /// <summary>An array of bytes.</summary>
    public static byte[] Bytes(byte[] bytes, params int[] shape) => Array("u1", shape, Long(bytes));

    /// <summary>A list of numbers.</summary>
    public static byte[] Numbers(int[] numbers) => List(numbers.Select(Number));

    /// <summary>A pickle with its start and its end.</summary>
    public static byte[] Framed(byte[] value) => [0x80, 2, .. value, (byte)'.'];

    private static byte[] Array(string type, int[] shape, byte[] data) =>
    [
        .. "cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n"u8, (byte)'K', 0, 0x85, .. Text("b"), 0x87, (byte)'R', (byte)'(',
        (byte)'K', 1, (byte)'(', .. shape.SelectMany(Number), (byte)'t', .. "cnumpy\ndtype\n"u8, .. Text(type), (byte)'K', 0, (byte)'K', 1,
        0x87, (byte)'R', (byte)'(', (byte)'K', 3, .. Text("|"), .. State,
        (byte)'t', (byte)'b', 0x89, .. data, (byte)'t', (byte)'b',
    ];

    // Three times None, -1 twice, and 0.
    private static byte[] State =>
        [.. "NNNJ"u8, 0xff, 0xff, 0xff, 0xff, (byte)'J', 0xff, 0xff, 0xff, 0xff, (byte)'K', 0];

    private static byte[] List(IEnumerable<byte[]> items) => [(byte)']', (byte)'(', .. items.SelectMany(item => item), (byte)'e'];

    private static byte[] Text(string text) => [(byte)'U', (byte)text.Length, .. Encoding.Latin1.GetBytes(text)];

    private static byte[] Long(byte[] bytes) => [(byte)'T', .. Little(bytes.Length), .. bytes];

    private static byte[] Number(int number) => [(byte)'J', .. Little(number)];

    private static byte[] Little(int number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}
