namespace SpeechEmotion.Tests.Downloads;

/// <summary>What a hub was asked.</summary>
internal sealed record HubRequest(string File, bool Storage, long? From, long? To, string Authorization, string Cookie)
{
    public int Status { get; set; }

    public long Length => From is { } from && To is { } to ? to - from + 1 : 0;
}
