using System.Net.Http.Headers;

namespace SpeechEmotion.Downloads.Hubs;

/// <summary>What tells a hub who asks. It is sent to the hub itself and to nobody else.</summary>
/// <param name="Value">As the user set it.</param>
/// <param name="Cookie">The cookie that carries it; null for a bearer token.</param>
internal sealed record HubToken(string Value, string? Cookie = null)
{
    /// <summary>Whether it can be sent at all.</summary>
    public bool IsSendable => Value.All(c => c is > ' ' and < '\u007f' and not ';' and not ',');

    /// <summary>Puts it on a request.</summary>
    public void Apply(HttpRequestHeaders headers)
    {
        if (Cookie is null)
            headers.Authorization = new("Bearer", Value);
        else
            headers.TryAddWithoutValidation("Cookie", $"{Cookie}={Value}");
    }

    /// <summary>Nothing of it in a log.</summary>
    public override string ToString() => "***";
}
