using System.Net.Http.Headers;

namespace SpeechEmotion.Downloads.Hubs;

/// <summary>The user's access token for a hub. It is sent to that hub only.</summary>
/// <param name="Value">The token as the user set it.</param>
/// <param name="Cookie">The cookie that carries it; null for a bearer token.</param>
internal sealed record HubToken(string Value, string? Cookie = null)
{
    /// <summary>Whether the token is valid in an HTTP header.</summary>
    public bool IsSendable => Value.All(c => c is > ' ' and < '\u007f' and not ';' and not ',');

    /// <summary>Adds the token to a request.</summary>
    public void Apply(HttpRequestHeaders headers)
    {
        if (Cookie is null)
            headers.Authorization = new("Bearer", Value);
        else
            headers.TryAddWithoutValidation("Cookie", $"{Cookie}={Value}");
    }

    /// <summary>Hides the token, so that no log contains it.</summary>
    public override string ToString() => "***";
}
