using Shouldly;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using Xunit;

namespace SpeechEmotion.Tests.Inference;

public sealed class FlushedDenormalsTests
{
    private static readonly float[] Half = [0.5f];

    [Fact]
    public void Begin_OnLinux_FlushesUntilItsEnd()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Requires Linux.");
        Assert.SkipUnless(
            System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64,
            "Requires an x64 processor.");

        Below().ShouldBeGreaterThan(0);
        using (FlushedDenormals.Begin())
        {
            Below().ShouldBe(0);
            using (FlushedDenormals.Begin())
                Below().ShouldBe(0);
            Below().ShouldBe(0);
        }
        Below().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Run_OfAModel_LeavesTheCallersArithmeticAsItWas()
    {
        using var model = OnnxEmotionModel.Load(ModelSearch.Default.Resolve(ModelCatalogue.Compact), new());

        model.Run(new float[16000], TestContext.Current.CancellationToken);

        Below().ShouldBeGreaterThan(0);
    }

    /// <summary>Half of the smallest normal number, computed at each access.</summary>
    private static float Below() => 1.17549435e-38f * Half[0];
}
