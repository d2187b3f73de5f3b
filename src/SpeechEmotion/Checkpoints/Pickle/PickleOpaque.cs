namespace SpeechEmotion.Checkpoints.Pickle;

/// <summary>A pickled thing that does not matter here. It takes whatever is done to it and remembers nothing.</summary>
internal sealed class PickleOpaque
{
    public static readonly PickleOpaque Instance = new();

    private PickleOpaque()
    {
    }
}
