using System.Runtime.InteropServices;
using Shouldly;
using SpeechEmotion.Checkpoints.Torch;
using SpeechEmotion.Errors;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Checkpoints;

/// <summary>Writes and opens checkpoints for the tests.</summary>
internal static class CheckpointFile
{
    public static byte[] Floats(params float[] values) => MemoryMarshal.AsBytes<float>(values).ToArray();

    public static float[] Read(this TorchCheckpoint checkpoint, string name)
    {
        var tensor = checkpoint.Tensors[name];
        var values = new float[tensor.Shape.Aggregate(1L, (product, size) => product * size)];
        checkpoint.Read(tensor, values);
        return values;
    }

    /// <summary>Opens the bytes as a checkpoint and reads the tensor t.</summary>
    public static float[] ReadT(byte[] bytes)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.pt");
        File.WriteAllBytes(path, bytes);
        using var checkpoint = TorchCheckpoint.Open(path);
        return checkpoint.Read("t");
    }

    /// <summary>Opens the bytes, reads t and returns the exception, which must name the file.</summary>
    public static CheckpointException Fails(byte[] bytes)
    {
        var failure = Should.Throw<CheckpointException>(() => ReadT(bytes));
        failure.Message.ShouldContain("model.pt");
        failure.MessageZh.ShouldContain("model.pt");
        return failure;
    }
}
