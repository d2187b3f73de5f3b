using SpeechEmotion.Audio;

namespace SpeechEmotion.Tests.Audio;

/// <summary>A reader as a user of the library may write it: its format and samples are not validated.</summary>
internal sealed class ForeignReader(int sampleRate, int channels, ForeignReader.Decoding decode) : IAudioReader
{
    public delegate int Decoding(Span<float> samples);

    public AudioFormat Format { get; } = new("foreign", "foreign", sampleRate, channels, null, "foreign");

    public bool Disposed { get; private set; }

    public int Read(Span<float> interleaved) => decode(interleaved);

    public void Dispose() => Disposed = true;
}
