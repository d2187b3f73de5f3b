using Shouldly;
using SpeechEmotion.Checkpoints.Torch;
using SpeechEmotion.Errors;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Checkpoints;

/// <summary>A damaged file causes a <see cref="CheckpointException"/> and no other exception.</summary>
public sealed class CheckpointRobustnessTests
{
    // tiny-f16 is a zip file, tiny-h6post uses the legacy container.
    private static readonly string[] Models = ["tiny-f16", "tiny-h6post"];

    public static TheoryData<string> Containers() => [.. Models];

    [Theory]
    [MemberData(nameof(Containers))]
    public void Open_CutAnywhere_IsAnError(string model)
    {
        var bytes = Golden(model);
        using var folder = new TemporaryFolder();
        var path = folder.File("model.pt");
        File.WriteAllBytes(path, bytes);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);

        // The pickles of the legacy container are in the first 20 kB; only elements follow.
        for (var length = bytes.Length - 1; length >= 0; length -= length > 20_000 ? 4093 : 64)
        {
            file.SetLength(length);
            Should.Throw<CheckpointException>(() => TorchCheckpoint.Open(path), $"{length} bytes");
        }
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public void ReadAll_FlippedBytes_GivesTensorsOrACheckpointError(string model)
    {
        var original = Golden(model);
        var random = new Random(20261123);
        using var folder = new TemporaryFolder();
        var path = folder.File("model.pt");
        var failures = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        const int Rounds = 600;
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = (byte[])original.Clone();
            for (var flips = random.Next(1, 5); flips > 0; flips--)
            {
                // Most of a file is elements, which accept any value: flip bytes before and after them.
                var place = random.Next(2) == 0 ? random.Next(20_000) : bytes.Length - 1 - random.Next(9_000);
                bytes[place] ^= (byte)random.Next(1, 256);
            }
            File.WriteAllBytes(path, bytes);
            failures += TryReadAll(path) ? 0 : 1;
        }

        failures.ShouldBeInRange(1, Rounds - 1);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(Rounds * (4L << 20));
    }

    private static bool TryReadAll(string path)
    {
        try
        {
            using var checkpoint = TorchCheckpoint.Open(path);
            foreach (var tensor in checkpoint.Tensors.Values)
            {
                checkpoint.Check(tensor);
                var count = tensor.Shape.Aggregate(1L, (product, size) => product * size);
                // A flipped stride of 0 can turn a small storage into a large tensor; the expected shape of a weight prevents that.
                if (count < 1 << 20)
                    checkpoint.Read(tensor, new float[count]);
            }
            return true;
        }
        catch (CheckpointException)
        {
            return false;
        }
    }

    private static byte[] Golden(string model) =>
        File.ReadAllBytes(Path.Combine(Repository.Golden("emotion2vec"), "models", model, "model.pt"));
}
