using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

public sealed class PickleReaderTests
{
    // pickle.dumps({"a": [1, -2, 300, 70000, 2**40, 1.5, None, True], b"k": (1, "é", b"x")}, protocol) of Python 3.
    [Theory]
    [InlineData("KGRwMApWYQpwMQoobHAyCkkxCmFJLTIKYUkzMDAKYUk3MDAwMAphTDEwOTk1MTE2Mjc3NzZMCmFGMS41CmFOYUkwMQphc2NfY29kZWNzCmVuY29k" +
        "ZQpwMwooVmsKcDQKVmxhdGluMQpwNQp0cDYKUnA3CihJMQpW6QpwOApnMwooVngKcDkKZzUKdHAxMApScDExCnRwMTIKcy4=")]
    [InlineData("fXEAKFgBAAAAYXEBXXECKEsBSv7///9NLAFKcBEBAEwxMDk5NTExNjI3Nzc2TApHP/gAAAAAAABOSTAxCmVjX2NvZGVjcwplbmNvZGUKcQMoWAEA" +
        "AABrcQRYBgAAAGxhdGluMXEFdHEGUnEHKEsBWAIAAADDqXEIaAMoWAEAAAB4cQloBXRxClJxC3RxDHUu")]
    [InlineData("gAJ9cQAoWAEAAABhcQFdcQIoSwFK/v///00sAUpwEQEAigYAAAAAAAFHP/gAAAAAAABOiGVjX2NvZGVjcwplbmNvZGUKcQNYAQAAAGtxBFgGAAAA" +
        "bGF0aW4xcQWGcQZScQdLAVgCAAAAw6lxCGgDWAEAAAB4cQloBYZxClJxC4dxDHUu")]
    [InlineData("gAN9cQAoWAEAAABhcQFdcQIoSwFK/v///00sAUpwEQEAigYAAAAAAAFHP/gAAAAAAABOiGVDAWtxA0sBWAIAAADDqXEEQwF4cQWHcQZ1Lg==")]
    [InlineData("gASVQAAAAAAAAAB9lCiMAWGUXZQoSwFK/v///00sAUpwEQEAigYAAAAAAAFHP/gAAAAAAABOiGVDAWuUSwGMAsOplEMBeJSHlHUu")]
    [InlineData("gAWVQAAAAAAAAAB9lCiMAWGUXZQoSwFK/v///00sAUpwEQEAigYAAAAAAAFHP/gAAAAAAABOiGVDAWuUSwGMAsOplEMBeJSHlHUu")]
    public void What_Python_pickles_is_read(string pickle)
    {
        var read = (Dictionary<object, object?>)PickleReader.Read(Convert.FromBase64String(pickle))!;
        Assert.Equal([1L, -2L, 300L, 70000L, 1L << 40, 1.5, null, true], (List<object?>)read["a"]!);
        object?[] tuple = (object?[])read.Single(entry => PickleReader.Key(entry.Key) == "k").Value!;
        Assert.Equal([1L, "é"], tuple[..2]);
        Assert.Equal("x"u8.ToArray(), (byte[])tuple[2]!);
    }

    [Fact]
    public void Arrays_of_NumPy_are_read()
    {
        var read = (PickledArray)PickleReader.Read(Pickles.Framed(Pickles.Bytes([1, 2, 3, 4, 5, 6], 2, 3)))!;
        Assert.Equal([2, 3], read.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], read.Bytes());
        var lists = (PickledArray)PickleReader.Read(Pickles.Framed(Pickles.Lists([[1, 2], [], [70000]])))!;
        Assert.Equal([[1, 2], [], [70000]], ((List<object?>)lists.Data!).Select(PickledArray.WholeNumbers));
    }

    [Fact]
    public void Other_classes_are_refused()
    {
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => PickleReader.Read("cos\nsystem\n(S'ls'\ntR."u8.ToArray()));
        Assert.Contains("the class os.system", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_damaged_is_refused()
    {
        byte[] whole = Pickles.Dictionary(("data", Pickles.Bytes(new byte[12], 3, 4)), ("labels", Pickles.Numbers([1, 2, 3])));
        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<InvalidDataException>(() => PickleReader.Read(whole[..length]));
        for (int i = 0; i < whole.Length; i++)
        {
            foreach (byte other in (byte[])[0, 0x28, 0x2e, 0x52, 0x62, 0x80, 0xff])
            {
                byte[] damaged = [.. whole];
                damaged[i] = other;
                try
                {
                    PickleReader.Read(damaged);
                }
                catch (InvalidDataException)
                {
                }
            }
        }
    }
}
