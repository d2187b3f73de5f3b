using Microsoft.Extensions.DependencyInjection;
using SpeechEmotion.Inference;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary><see cref="CompactModel"/> shared by all servers of the test program: loading it takes longer than starting a server.</summary>
internal sealed class SharedModel : IEmotionModel
{
    private static IEmotionModel Loaded => CompactModel.Recognizer.Model;

    public ModelIdentity Identity => Loaded.Identity;

    public LabelSet? Labels => Loaded.Labels;

    public int Dimension => Loaded.Dimension;

    public int MinSamples => Loaded.MinSamples;

    public int? MaxSamples => Loaded.MaxSamples;

    public bool SpeechOnly => Loaded.SpeechOnly;

    public ComputeDevice Device => Loaded.Device;

    public string? Runtime => Loaded.Runtime;

    /// <summary>Replaces the default model of a program; it loads named ones itself.</summary>
    public static void Share(IServiceCollection services)
    {
        var own = services.Last(service => service.ServiceType == typeof(RecognizerLoader));
        services.AddSingleton<RecognizerLoader>(provider =>
        {
            var load = (RecognizerLoader)(own.ImplementationInstance ?? own.ImplementationFactory!(provider));
            return (name, progress, ct) => name is null ? new(new SharedModel()) : load(name, progress, ct);
        });
    }

    public ModelFrames Run(ReadOnlyMemory<float> waveform, CancellationToken ct = default) => Loaded.Run(waveform, ct);

    public ModelFrames RunSpeech(ReadOnlyMemory<float> waveform, CancellationToken ct = default) => Loaded.RunSpeech(waveform, ct);

    public void ReleaseMemory() => Loaded.ReleaseMemory();

    /// <summary>Does nothing: other servers still use the model.</summary>
    public void Dispose()
    {
    }
}
