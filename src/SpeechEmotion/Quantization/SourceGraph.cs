using System.Globalization;
using System.Runtime.InteropServices;
using Onnx;

namespace SpeechEmotion.Quantization;

/// <summary>A finished graph from which another one is created: the producer of each value, and the content of its constants.</summary>
internal sealed class SourceGraph : IDisposable
{
    private readonly string _directory;
    private readonly Dictionary<string, NodeProto> _producers;
    private readonly ILookup<string, NodeProto> _consumers;
    private readonly Dictionary<string, TensorProto> _constants;
    private readonly Dictionary<string, FileStream> _files = [];

    private SourceGraph(GraphProto graph, string directory)
    {
        (Graph, _directory) = (graph, directory);
        _producers = graph.Node.SelectMany(node => node.Output, (node, output) => (node, output))
            .ToDictionary(pair => pair.output, pair => pair.node);
        _consumers = graph.Node.SelectMany(node => node.Input, (node, input) => (node, input))
            .ToLookup(pair => pair.input, pair => pair.node);
        _constants = graph.Initializer.ToDictionary(tensor => tensor.Name);
    }

    public GraphProto Graph { get; }

    /// <summary>Reads a graph; its large tensors stay in their file until they are requested.</summary>
    /// <exception cref="InvalidDataException">The file is not a graph.</exception>
    public static SourceGraph Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var graph = ModelProto.Parser.ParseFrom(file).Graph ?? throw new InvalidDataException($"{path} has no graph.");
            return new(graph, Path.GetDirectoryName(path)!);
        }
        catch (Exception e) when (e is Google.Protobuf.InvalidProtocolBufferException or ArgumentException)
        {
            throw new InvalidDataException($"{path} is not a graph: {e.Message}", e);
        }
    }

    /// <summary>The node that produces a value; null for inputs and constants.</summary>
    public NodeProto? Producer(string value) => _producers.GetValueOrDefault(value);

    /// <summary>The node that produces a value, if it is the given operation.</summary>
    public NodeProto? Producer(string value, string op) => Producer(value) is { } node && node.OpType == op ? node : null;

    /// <summary>Whether only one node reads the value.</summary>
    public bool HasOneReader(string value) => _consumers[value].Count() == 1;

    /// <summary>A constant; null if the value is not one.</summary>
    public TensorProto? Constant(string value) => _constants.GetValueOrDefault(value);

    /// <summary>The bytes of a constant, wherever they are stored.</summary>
    /// <exception cref="InvalidDataException">The file is too short.</exception>
    public byte[] Bytes(TensorProto tensor)
    {
        if (tensor.DataLocation != TensorProto.Types.DataLocation.External)
            return tensor.RawData.ToByteArray();
        var place = tensor.ExternalData.ToDictionary(entry => entry.Key, entry => entry.Value);
        // The file is beside the graph, whatever path the name contains.
        var name = Path.GetFileName(place["location"]);
        if (!_files.TryGetValue(name, out var file))
            _files[name] = file = File.OpenRead(Path.Combine(_directory, name));
        var offset = long.Parse(place["offset"], CultureInfo.InvariantCulture);
        var length = long.Parse(place["length"], CultureInfo.InvariantCulture);
        if (offset < 0 || length < 0 || length > file.Length - offset)
            throw new InvalidDataException($"{name} ends before {tensor.Name}.");
        var bytes = new byte[length];
        file.Position = offset;
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The numbers of a float32 constant.</summary>
    public float[] Floats(TensorProto tensor) => MemoryMarshal.Cast<byte, float>(Bytes(tensor)).ToArray();

    public void Dispose()
    {
        foreach (var file in _files.Values)
            file.Dispose();
    }
}
