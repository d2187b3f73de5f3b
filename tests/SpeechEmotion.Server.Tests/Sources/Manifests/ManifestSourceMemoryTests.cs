using System.Globalization;
using Shouldly;
using SpeechEmotion.Server.Sources;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Sources.Manifests;

/// <summary>Measures the memory of the process, so nothing may run beside it.</summary>
[Collection(Alone.Name)]
public sealed class ManifestSourceMemoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_ManyRows_KeepsOnlyOne()
    {
        const int rows = 200_000;
        var path = _folder.File("list.csv");
        using (var file = new StreamWriter(path))
        {
            file.WriteLine("path,speaker,text");
            for (var i = 0; i < rows; i++)
                file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"/nowhere/{i / 1000}/{i}.wav,speaker {i % 10},\"one, {i}\""));
        }
        using var items = RecordingSource.Read([path], SourceReading.Options(_folder)).GetEnumerator();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var count = 0;
        long most = 0;
        for (; items.MoveNext(); count++)
        {
            if (count % 50_000 == 49_999)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        count.ShouldBe(rows);
        most.ShouldBeLessThan(8 << 20);
    }
}
