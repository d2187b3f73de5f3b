using Shouldly;
using SpeechEmotion.Server.Http;
using Xunit;

namespace SpeechEmotion.Server.Tests.Http;

/// <summary>A message for clients contains file names but no paths.</summary>
public sealed class ClientTextTests
{
    [Theory]
    [InlineData("/srv/ser/outputs cannot be written: No space left.", "outputs cannot be written: No space left.")]
    [InlineData("Access to the path '/srv/my outputs/a.json' is denied.", "Access to the path 'a.json' is denied.")]
    [InlineData("Could not find file '/srv/ser/.ser/uploads/01'.", "Could not find file '01'.")]
    [InlineData("m is not in the store but in /srv/models/x. Remove it there.", "m is not in the store but in x. Remove it there.")]
    [InlineData("无法写入 /srv/ser/outputs：磁盘已满。", "无法写入 outputs：磁盘已满。")]
    [InlineData("请确认 /srv/ser。", "请确认 ser。")]
    [InlineData("C:\\ser\\outputs\\a.wav is locked", "a.wav is locked")]
    [InlineData("(/var/lib/ser/history.db)", "(history.db)")]
    [InlineData("FFmpeg said /tmp/x/in.mp3: Invalid data", "FFmpeg said in.mp3: Invalid data")]
    public void Hide_ServerPath_KeepsItsLastName(string text, string hidden)
    {
        var shown = ClientText.Hide(text);

        shown.ShouldBe(hidden);
    }

    [Theory]
    [InlineData("GET /api/v1/models lists the available models.")]
    [InlineData("Supported: WAV, OGG (Vorbis), M4A/MP4/MOV/3GP, WebM/MKV.")]
    [InlineData("no host: https://huggingface.co/iic/model / 中文")]
    [InlineData("File /tmp/gradio/0123/a.wav is not in the cache folder")]
    [InlineData("The body is not multipart/form-data.")]
    [InlineData("an address or network (10.0.0.1, 10.0.0.0/8)")]
    [InlineData("one thing / 另一个")]
    public void Hide_NoServerPath_IsUnchanged(string text) => ClientText.Hide(text).ShouldBe(text);
}
