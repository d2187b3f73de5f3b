using Shouldly;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Inference;

/// <summary>The device that computes in a program built without ONNX Runtime's GPU package.</summary>
public sealed class ModelSessionTests
{
    [Theory]
    [InlineData(ComputeDevice.Cuda, true)]
    [InlineData(ComputeDevice.Auto, false)]
    public void Open_CudaThatIsNotBuiltIn_ComputesOnTheCpuAndExplainsWhy(ComputeDevice device, bool demanded)
    {
        using var recognizer = EmotionRecognizer.Load(new() { Model = ModelCatalogue.Compact, Load = new() { Device = device } });

        recognizer.Device.ShouldBe(ComputeDevice.Cpu);
        recognizer.DeviceFault!.Demanded.ShouldBe(demanded);
        recognizer.DeviceFault.SentenceIn("en").ShouldMatch("^CUDA is not used: .*GPU package.*The model runs on the CPU.$");
        recognizer.DeviceFault.SentenceIn("zh").ShouldMatch("^未使用 CUDA：.*GPU 包.*改由 CPU 计算。$");
        Answer(recognizer).ShouldBe(Answer(CompactModel.Recognizer));
        recognizer.ReleaseMemory();
        Answer(recognizer).ShouldBe(Answer(CompactModel.Recognizer));
    }

    [Fact]
    public void Open_Cpu_HasNoFault()
    {
        CompactModel.Recognizer.Device.ShouldBe(ComputeDevice.Cpu);
        CompactModel.Recognizer.DeviceFault.ShouldBeNull();
    }

    private static float[] Answer(EmotionRecognizer recognizer) =>
        recognizer.Recognize(Sounds.Sentence, Some.Rate, ct: TestContext.Current.CancellationToken).Scores.Values.ToArray();
}
