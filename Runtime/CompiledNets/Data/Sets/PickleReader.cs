using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CompiledNets.Data;

/// <summary>
/// Reads data that Python pickled, protocols 0 to 5: numbers, texts, bytes, lists, tuples, dictionaries and NumPy arrays. Nothing of what a
/// pickle may ask to be called is called: any class but NumPy's arrays and their types is refused.
/// </summary>
internal sealed partial class PickleReader
{
    // Lists of words are made of few different small numbers.
    private static readonly object[] SmallNumbers = [.. Enumerable.Range(0, 1 << 16).Select(number => (object)(long)number)];

    private readonly byte[] bytes;
    private readonly Stack<object?> stack = new();
    private readonly Dictionary<int, object?> memo = [];
    private int at;

    private PickleReader(byte[] bytes) => this.bytes = bytes;

    /// <summary>
    /// Reads the object: null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="string"/>, <c>byte[]</c>,
    /// <c>List&lt;object?&gt;</c>, <c>object?[]</c> for a tuple, <c>Dictionary&lt;object, object?&gt;</c>, <see cref="PickledArray"/>.
    /// </summary>
    /// <exception cref="InvalidDataException">It is no pickle, damaged, cut off, or holds something else.</exception>
    public static object? Read(byte[] bytes)
    {
        PickleReader reader = new(bytes);
        try
        {
            return reader.Run();
        }
        catch (Exception exception) when (exception is IndexOutOfRangeException or ArgumentException or InvalidOperationException
            or KeyNotFoundException or FormatException or OverflowException)
        {
            throw reader.Damaged("something that cannot be", exception);
        }
    }

    /// <summary>A key of a dictionary, which is bytes where Python 2 wrote it, as text.</summary>
    public static string Key(object key) => key is byte[] bytes ? Encoding.Latin1.GetString(bytes) : key as string ?? "";

    private object? Run()
    {
        while (true)
        {
            byte code = bytes[at++];
            switch ((char)code)
            {
                case '.': return stack.Pop();
                case '\u0080': at++; break;
                case '\u0095': at += 8; break;
                case '(': stack.Push(Mark.Here); break;
                case '0': stack.Pop(); break;
                case '1': ToMark(); break;
                case '2': stack.Push(stack.Peek()); break;
                case 'N': stack.Push(null); break;
                case '\u0088': stack.Push(true); break;
                case '\u0089': stack.Push(false); break;
                case 'J': Push(BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
                case 'K': Push(Take(1)[0]); break;
                case 'M': Push(BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
                case 'I': PushDecimal(Line()); break;
                case 'L': PushDecimal(Line().TrimEnd('L')); break;
                case '\u008a': Push(Little(Take(Take(1)[0]))); break;
                case '\u008b': Push(Little(Take(Length(4)))); break;
                case 'G': stack.Push(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
                case 'F': stack.Push(double.Parse(Line(), CultureInfo.InvariantCulture)); break;
                case 'S': stack.Push(Quoted(Line())); break;
                case 'T' or 'B': stack.Push(Take(Length(4)).ToArray()); break;
                case 'U' or 'C': stack.Push(Take(Take(1)[0]).ToArray()); break;
                case '\u008e' or '\u0096': stack.Push(Take(Length(8)).ToArray()); break;
                case 'V': stack.Push(Unescaped(Line())); break;
                case 'X': stack.Push(Encoding.UTF8.GetString(Take(Length(4)))); break;
                case '\u008c': stack.Push(Encoding.UTF8.GetString(Take(Take(1)[0]))); break;
                case '\u008d': stack.Push(Encoding.UTF8.GetString(Take(Length(8)))); break;
                case ')': stack.Push(Array.Empty<object?>()); break;
                case 't': stack.Push(ToMark()); break;
                case '\u0085': PushTuple(1); break;
                case '\u0086': PushTuple(2); break;
                case '\u0087': PushTuple(3); break;
                case ']': stack.Push(new List<object?>()); break;
                case 'l': stack.Push(new List<object?>(ToMark())); break;
                case 'a': Append([stack.Pop()]); break;
                case 'e': Append(ToMark()); break;
                case '}': stack.Push(new Dictionary<object, object?>()); break;
                case 'd': PushDictionary(ToMark()); break;
                case 's': SetItems([.. PopTuple(2)]); break;
                case 'u': SetItems(ToMark()); break;
                case 'p': memo[int.Parse(Line(), CultureInfo.InvariantCulture)] = stack.Peek(); break;
                case 'q': memo[Take(1)[0]] = stack.Peek(); break;
                case 'r': memo[Length(4)] = stack.Peek(); break;
                case '\u0094': memo[memo.Count] = stack.Peek(); break;
                case 'g': stack.Push(memo[int.Parse(Line(), CultureInfo.InvariantCulture)]); break;
                case 'h': stack.Push(memo[Take(1)[0]]); break;
                case 'j': stack.Push(memo[Length(4)]); break;
                case 'c': stack.Push(Global(Line(), Line())); break;
                case '\u0093': object?[] names = PopTuple(2); stack.Push(Global(As<string>(names[0]), As<string>(names[1]))); break;
                case 'R': Call(); break;
                case 'b': Build(); break;
                default: throw Damaged(string.Create(CultureInfo.InvariantCulture, $"the code {code:x2}"));
            }
        }
    }

    private static PickledCall Known(string module, string name) => (module, name) switch
    {
        ("numpy.core.multiarray" or "numpy._core.multiarray", "_reconstruct") => PickledCall.Reconstruct,
        ("numpy", "ndarray") => PickledCall.Array,
        ("numpy", "dtype") => PickledCall.Type,
        ("_codecs", "encode") => PickledCall.Encode,
        _ => PickledCall.None,
    };

    private object Global(string module, string name) =>
        Known(module, name) is not PickledCall.None and PickledCall call ? call : throw Damaged($"the class {module}.{name}");

    private void Call()
    {
        object?[] arguments = As<object?[]>(stack.Pop());
        object made = stack.Pop() switch
        {
            PickledCall.Reconstruct when arguments is [PickledCall.Array, ..] => new PickledArray(),
            PickledCall.Type => new PickledType(arguments[0] is byte[] name ? Encoding.Latin1.GetString(name) : As<string>(arguments[0])),
            PickledCall.Encode when arguments is [string text, "latin1"] => Encoding.Latin1.GetBytes(text),
            _ => throw Damaged("a call that is not that of an array"),
        };
        stack.Push(made);
    }

    // The states of numpy.ndarray (version, shape, type, is Fortran, data) and numpy.dtype (version, byte order, ...).
    private void Build()
    {
        object?[] state = As<object?[]>(stack.Pop());
        switch (stack.Peek())
        {
            case PickledArray array:
                if (As<bool>(state[3])) throw Damaged("an array in Fortran order");
                array.Shape = Array.ConvertAll(As<object?[]>(state[1]), axis => checked((int)As<long>(axis)));
                array.Type = As<PickledType>(state[2]);
                array.Data = state[4];
                break;
            case PickledType type:
                type.IsBigEndian = (state[1] is byte[] order ? Encoding.Latin1.GetString(order) : As<string>(state[1])) == ">";
                break;
            default:
                throw Damaged("the state of something else than an array");
        }
    }

    private void Append(object?[] items) => As<List<object?>>(stack.Peek()).AddRange(items);

    private void PushDictionary(object?[] items)
    {
        stack.Push(new Dictionary<object, object?>());
        SetItems(items);
    }

    private void SetItems(object?[] items)
    {
        Dictionary<object, object?> dictionary = As<Dictionary<object, object?>>(stack.Peek());
        for (int i = 0; i < items.Length; i += 2) dictionary[items[i]!] = items[i + 1];
    }

    private void PushTuple(int count) => stack.Push(PopTuple(count));

    private object?[] PopTuple(int count)
    {
        object?[] items = new object?[count];
        for (int i = count - 1; i >= 0; i--) items[i] = stack.Pop();
        return items;
    }

    private object?[] ToMark()
    {
        List<object?> items = [];
        object? item;
        while ((item = stack.Pop()) is not Mark) items.Add(item);
        items.Reverse();
        return [.. items];
    }

    private void Push(long number) => stack.Push(number >= 0 && number < SmallNumbers.Length ? SmallNumbers[number] : number);

    // 00 and 01 are false and true in protocol 0.
    private void PushDecimal(string text)
    {
        if (text is "00" or "01") stack.Push(text == "01");
        else Push(long.Parse(text, CultureInfo.InvariantCulture));
    }

    private long Little(ReadOnlySpan<byte> number)
    {
        if (number.Length > 8) throw Damaged("a number of more than 8 bytes");
        long value = number.Length > 0 && number[^1] >= 0x80 ? -1 : 0;
        for (int i = number.Length - 1; i >= 0; i--) value = (value << 8) | number[i];
        return value;
    }

    private byte[] Quoted(string text)
    {
        if (text.Length < 2 || text[0] is not ('\'' or '"') || text[^1] != text[0] || text.Contains('\\', StringComparison.Ordinal))
            throw Damaged("a text that is not quoted, or with signs that are written otherwise");
        return Encoding.Latin1.GetBytes(text[1..^1]);
    }

    private int Length(int size)
    {
        ReadOnlySpan<byte> length = Take(size);
        ulong value = size == 8 ? BinaryPrimitives.ReadUInt64LittleEndian(length) : BinaryPrimitives.ReadUInt32LittleEndian(length);
        return value <= int.MaxValue ? (int)value : throw Damaged("a length of more than 2 GB");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - at) throw Damaged("an end in the middle");
        at += count;
        return bytes.AsSpan(at - count, count);
    }

    private string Line()
    {
        int length = bytes.AsSpan(at).IndexOf((byte)'\n');
        if (length < 0) throw Damaged("an end in the middle");
        string line = Encoding.Latin1.GetString(bytes, at, length);
        at += length + 1;
        return line;
    }

    // Signs that Latin-1 does not have are \uXXXX in protocol 0.
    private static string Unescaped(string line) => EscapedSign().Replace(
        line, sign => ((char)ushort.Parse(sign.ValueSpan[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    private T As<T>(object? value) => value is T it ? it : throw Damaged("something that cannot be");

    private InvalidDataException Damaged(string what, Exception? inner = null) => new(
        string.Create(
            CultureInfo.InvariantCulture, $"Expected pickled numbers, lists and arrays. Received: {what}, before byte {at}."), inner);

    [GeneratedRegex(@"\\u[0-9a-fA-F]{4}", RegexOptions.None, 1000)]
    private static partial Regex EscapedSign();

    private sealed class Mark
    {
        public static readonly Mark Here = new();
    }

    private enum PickledCall
    {
        None,
        Reconstruct,
        Array,
        Type,
        Encode,
    }
}
