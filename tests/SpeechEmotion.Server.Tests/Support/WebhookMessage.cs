using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>A webhook as its receiver sees it.</summary>
/// <param name="Path">Path and query of the request.</param>
/// <param name="Headers">The headers by their lower-case names.</param>
/// <param name="Body">The body.</param>
internal sealed record WebhookMessage(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Id => Headers["webhook-id"];

    public JsonElement Json => JsonElement.Parse(Body);

    public JsonElement Data => Json.GetProperty("data");

    public string? Type => Json.GetProperty("type").GetString();

    /// <summary>Verifies the signature as https://www.standardwebhooks.com describes it, and the body by its contract.</summary>
    public void ShouldBeSignedWith(byte[] key)
    {
        Contract.WebhookEvent.ShouldAccept(Body, "A webhook");
        var signed = Encoding.UTF8.GetBytes($"{Id}.{Headers["webhook-timestamp"]}.{Body}");
        using var hmac = new HMACSHA256(key);
        Headers["webhook-signature"].ShouldBe("v1," + Convert.ToBase64String(hmac.ComputeHash(signed)));
    }
}
