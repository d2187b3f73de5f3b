namespace SpeechEmotion.Bench;

/// <summary>A machine of a <see cref="TrialNetwork"/>.</summary>
/// <param name="Name">Its namespace.</param>
/// <param name="Address">Its address.</param>
internal sealed record NetworkPlace(string Name, string Address)
{
    /// <summary>The command that starts a program there.</summary>
    public string[] Launcher => ["ip", "netns", "exec", Name];
}
