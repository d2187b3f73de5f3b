using System.Security.Cryptography;
using System.Text;
using Shouldly;
using SpeechEmotion.Client.Webhooks;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Client.Webhooks;

public sealed class WebhookSignatureTests
{
    private const string Secret = "whsec_c3BlZWNoLWVtb3Rpb24tc2VjcmV0";
    private const string Id = "msg_1";
    private const string Timestamp = "1704407400";
    private const string Body = """{"type":"batch.done"}""";

    // printf '%s' 'msg_1.1704407400.{"type":"batch.done"}' | openssl dgst -sha256 -hmac 'speech-emotion-secret' -binary | base64
    private const string Signature = "v1,OWDOcRbv/aP5zAcexQq8mamE/bUyIiToA3ui0GaNNaM=";

    private readonly ManualTime _time = new();

    [Fact]
    public void Verify_RightSignature_ReturnsTrue() => Verify().ShouldBeTrue();

    [Fact]
    public void Verify_SecretWithoutPrefix_IsTheKeyItself() => Verify(secret: "speech-emotion-secret").ShouldBeTrue();

    [Fact]
    public void Verify_OneOfSeveralSignatures_ReturnsTrue()
    {
        var old = "v1," + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

        Verify(signature: $"{old} v1a,AAAA v1,not-base64 v1,AAAA {Signature}").ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("v1,")]
    [InlineData("v2,OWDOcRbv/aP5zAcexQq8mamE/bUyIiToA3ui0GaNNaM=")]
    [InlineData("OWDOcRbv/aP5zAcexQq8mamE/bUyIiToA3ui0GaNNaM=")]
    public void Verify_NoSignatureOfItsVersion_ReturnsFalse(string signature) => Verify(signature: signature).ShouldBeFalse();

    [Fact]
    public void Verify_SomethingChanged_ReturnsFalse()
    {
        Verify(body: Body + " ").ShouldBeFalse();
        Verify(id: "msg_2").ShouldBeFalse();
        Verify(timestamp: "1704407401").ShouldBeFalse();
        Verify(secret: "whsec_AAAA").ShouldBeFalse();
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public void Verify_SomeTimeLater_DependsOnTheTolerance(int seconds, bool expected)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));

        Verify().ShouldBe(expected);
    }

    [Fact]
    public void Verify_LargerTolerance_AcceptsAnOlderWebhook()
    {
        _time.Advance(TimeSpan.FromHours(1));

        WebhookSignature.Verify(Headers(), Encoding.UTF8.GetBytes(Body), Secret, TimeSpan.FromHours(1), _time).ShouldBeTrue();
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-1704407400")]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999999")]
    public void Verify_TimestampThatIsNone_ReturnsFalse(string timestamp) => Verify(timestamp: timestamp).ShouldBeFalse();

    [Fact]
    public void Verify_HeaderMissing_ReturnsFalse()
    {
        foreach (var missing in (string[])["webhook-id", "webhook-timestamp", "webhook-signature"])
        {
            var headers = Headers();
            WebhookSignature.Verify(name => name == missing ? null : headers(name), Encoding.UTF8.GetBytes(Body), Secret, time: _time)
                .ShouldBeFalse();
        }
    }

    [Fact]
    public void Verify_SecretNotBase64_Throws() => Should.Throw<FormatException>(() => Verify(secret: "whsec_not base64!"));

    private static Func<string, string?> Headers(string id = Id, string timestamp = Timestamp, string signature = Signature) =>
        name => name switch
        {
            "webhook-id" => id,
            "webhook-timestamp" => timestamp,
            "webhook-signature" => signature,
            _ => null,
        };

    private bool Verify(
        string id = Id, string timestamp = Timestamp, string signature = Signature, string body = Body, string secret = Secret) =>
        WebhookSignature.Verify(Headers(id, timestamp, signature), Encoding.UTF8.GetBytes(body), secret, time: _time);
}
