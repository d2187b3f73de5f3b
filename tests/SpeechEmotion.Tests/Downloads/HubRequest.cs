namespace SpeechEmotion.Tests.Downloads;

/// <summary>A request to a hub.</summary>
internal sealed record HubRequest(string File, bool Storage, long? From, long? To, string Authorization, string Cookie)
{
    public int Status { get; set; }

    public long Length => From is { } from && To is { } to ? to - from + 1 : 0;
}
