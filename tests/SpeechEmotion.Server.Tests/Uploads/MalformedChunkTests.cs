using System.Text;
using Shouldly;
using SpeechEmotion.Server.Tests.Access;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Uploads;

/// <summary>A body with malformed chunks is a client error on every route that reads it: 400, and one line in the log.</summary>
public sealed class MalformedChunkTests
{
    private const string Multipart = "multipart/form-data; boundary=x";
    private const string Part = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\nRIFF";

    [Theory]
    [InlineData("/api/v1/recognitions", "audio/wav", "RIFF")]
    [InlineData("/api/v1/recognitions", Multipart, Part)]
    [InlineData("/api/v1/models/compact/offer", "application/json", "{")]
    [InlineData("/login", "application/x-www-form-urlencoded", "username=a")]
    [InlineData("/gradio_api/upload", Multipart, Part)]
    [InlineData("/gradio_api/queue/join", "application/json", "{\"data\": [\"data:audio/wav;base64,AAAA")]
    [InlineData("/gradio_api/call/predict", "application/json", "{\"data\":")]
    [InlineData("/api/predict/", "application/json", "{\"data\":")]
    [InlineData("/run/predict", Multipart, Part)]
    [InlineData("/cancel", "application/json", "{")]
    public async Task Body_MalformedChunk_Is400AndOneLogLine(string path, string type, string begin)
    {
        string[] endings =
        [
            "ZZ\r\nRIFF\r\n", "-1\r\nRIFF\r\n", "FFFFFFFFFFFFFFFFFF\r\n", "4\r\nRIFFRIFF\r\n0\r\n\r\n", "0\r\nX: \xFF\r\n\r\n",
        ];
        foreach (var bad in endings)
        {
            await using var server = await GuardedServer.OpenAsync();
            using var connection = await RawConnection.OpenAsync(server);

            // Latin-1 makes each character a byte; the last ending is a trailer that is not UTF-8.
            await connection.SendAsync(Encoding.Latin1.GetBytes(
                $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\n"
                + $"{begin.Length:x}\r\n{begin}\r\n{bad}"));
            var answer = await connection.AnswerAsync();

            answer.ShouldStartWith("HTTP/1.1 400", customMessage: $"{path} {bad}");
            var log = await ServerLogText.ReadAsync(server);
            log.Split('\n')
                .Count(line => line.Contains("WARNING", StringComparison.Ordinal) || line.Contains("ERROR", StringComparison.Ordinal))
                .ShouldBe(1, log);
            log.ShouldContain($"Malformed request: POST {path}");
            log.ShouldNotContain("   at ");
            server.Uploads.ShouldBeEmpty();
        }
    }
}
