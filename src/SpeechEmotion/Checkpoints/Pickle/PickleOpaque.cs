namespace SpeechEmotion.Checkpoints.Pickle;

/// <summary>A pickled object that the reader does not need. It accepts every operation and stores nothing.</summary>
internal sealed class PickleOpaque
{
    public static readonly PickleOpaque Instance = new();

    private PickleOpaque()
    {
    }
}
