namespace SpeechEmotion.Server.Access;

/// <summary>Who asks, proven by a password, a key, or a login.</summary>
/// <param name="Name">The user; <see cref="KeyName"/> for whoever has a key.</param>
/// <param name="Quota">Whose share of the rate limit the request takes.</param>
/// <param name="Ambient">
/// True where a browser sends the proof by itself (cookie, Basic), so that a page of somebody else could make it ask.
/// </param>
internal sealed record Caller(string Name, string Quota, bool Ambient)
{
    /// <summary>The name of whoever shows a key.</summary>
    public const string KeyName = "api_key";
}
