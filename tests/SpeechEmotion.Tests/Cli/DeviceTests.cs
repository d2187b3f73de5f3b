using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli;

/// <summary><c>--device</c> in a program built without ONNX Runtime's GPU package.</summary>
public sealed class DeviceTests(SerProgram ser) : IClassFixture<SerProgram>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("en", "⚠ CUDA is not used: this program was built without ONNX Runtime's GPU package")]
    [InlineData("zh", "⚠ 未使用 CUDA：本程序构建时未包含 ONNX Runtime 的 GPU 包")]
    public void Recognize_Cuda_ReportsThatTheCpuComputes(string language, string sentence)
    {
        var run = ser.Run(_folder, "recognize", "--json", "--device", "cuda", "--lang", language, Recordings.Speech);

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Lines.Single().GetProperty("emotion").GetString().ShouldBe("neutral");
        run.Errors.ShouldContain(sentence);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("cpu")]
    public void Recognize_AutoOrCpu_PrintsNoNotice(string device) =>
        ser.Run(_folder, "recognize", "--json", "--device", device, Recordings.Speech).Errors.ShouldNotContain("CUDA");

    [Fact]
    public void Recognize_UnknownDevice_IsWrongUsage() =>
        ser.Run(_folder, "recognize", "--device", "1", Recordings.Speech).ExitCode.ShouldBe(2);

    public void Dispose() => _folder.Dispose();
}
