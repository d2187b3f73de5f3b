using Shouldly;
using SpeechEmotion.Inference;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Engine;

/// <summary>When an idle model releases its working memory.</summary>
public sealed class LoadedRecognizerTests : IDisposable
{
    private readonly RestingModel _model = new();
    private readonly LoadedRecognizer _loaded;

    public LoadedRecognizerTests() => _loaded = new(new(_model));

    [Fact]
    public void Rest_NeverUsed_ReleasesTheMemoryOfLoadingOnce()
    {
        _loaded.Rest().ShouldBeFalse();
        _loaded.Rest().ShouldBeTrue();
        _loaded.Rest().ShouldBeFalse();

        _model.Releases.ShouldBe(1);
    }

    [Fact]
    public void Rest_AWholeIntervalAfterTheLastUse_ReleasesOnce()
    {
        _loaded.Rent().Dispose();

        _loaded.Rest().ShouldBeFalse();
        _loaded.Rest().ShouldBeTrue();
        _loaded.Rest().ShouldBeFalse();
        _model.Releases.ShouldBe(1);

        _loaded.Rent().Dispose();
        _loaded.Rest().ShouldBeFalse();
        _loaded.Rest().ShouldBeTrue();
        _model.Releases.ShouldBe(2);
    }

    [Fact]
    public void Rest_InUse_WaitsForAWholeIntervalWithoutUse()
    {
        var lease = _loaded.Rent();
        for (var i = 0; i < 3; i++)
            _loaded.Rest().ShouldBeFalse();
        lease.Dispose();

        _loaded.Rest().ShouldBeFalse();
        _loaded.Rest().ShouldBeTrue();
    }

    [Fact]
    public void Rest_Retired_DoesNothing()
    {
        _loaded.Rent().Dispose();
        _loaded.Retire();

        _loaded.Rest().ShouldBeFalse();
        _loaded.Rest().ShouldBeFalse();
        _model.Releases.ShouldBe(0);
    }

    public void Dispose() => _model.Dispose();

    private sealed class RestingModel : IEmotionModel
    {
        public int Releases { get; private set; }

        public ModelIdentity Identity => Some.Model;

        public LabelSet? Labels => null;

        public int Dimension => 64;

        public int MinSamples => 400;

        public int? MaxSamples => null;

        public ModelFrames Run(ReadOnlyMemory<float> waveform, CancellationToken ct = default) => throw new NotSupportedException();

        public void ReleaseMemory() => Releases++;

        public void Dispose()
        {
        }
    }
}
