using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace SpeechEmotion.Tests.Checkpoints;

/// <summary>Writes pickles opcode by opcode, valid and hostile ones.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> _bytes = [];

    public static PickleWriter Protocol2() => new PickleWriter().Raw(0x80, 2);

    public byte[] Stop() => [.. Raw('.')._bytes];

    public PickleWriter Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public PickleWriter Raw(char opcode) => Raw((byte)opcode);

    public PickleWriter Repeat(int times, params byte[] bytes)
    {
        for (var i = 0; i < times; i++)
            _bytes.AddRange(bytes);
        return this;
    }

    public PickleWriter Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Raw('X').Int32(bytes.Length).Raw(bytes);
    }

    public PickleWriter Integer(BigInteger value)
    {
        var bytes = value.ToByteArray();
        return Raw(0x8a, (byte)bytes.Length).Raw(bytes);
    }

    public PickleWriter Int32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return Raw(bytes);
    }

    public PickleWriter Global(string module, string name) => Raw('c').Raw(Encoding.ASCII.GetBytes($"{module}\n{name}\n"));

    public PickleWriter OrderedDict() => Global("collections", "OrderedDict").Raw(')').Raw('R');

    public PickleWriter Integers(params long[] values)
    {
        Raw('(');
        foreach (var value in values)
            Integer(value);
        return Raw('t');
    }

    public PickleWriter Storage(string type, string key, long count) =>
        Raw('(').Text("storage").Global("torch", type).Text(key).Text("cuda:0").Integer(count).Raw('t').Raw('Q');

    public PickleWriter Tensor(string type, string key, long count, long offset, long[] shape, long[] strides) =>
        Global("torch._utils", "_rebuild_tensor_v2").Raw('(').Storage(type, key, count).Integer(offset)
            .Integers(shape).Integers(strides).Raw(0x89).OrderedDict().Raw('t').Raw('R');

    /// <summary>Writes a state dictionary with one tensor, called t.</summary>
    public static byte[] OneTensor(string type, string key, long count, long offset, long[] shape, long[] strides) =>
        Protocol2().OrderedDict().Text("t").Tensor(type, key, count, offset, shape, strides).Raw('s').Stop();
}
