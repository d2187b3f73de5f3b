using System.Net;
using System.Text;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Server.Uploads;
using Xunit;

namespace SpeechEmotion.Server.Tests.Uploads;

/// <summary>A file name from a client is text, never a path or markup.</summary>
public sealed class UploadNameTests
{
    [Theory]
    [InlineData("a.wav", "a.wav")]
    [InlineData("../../x.wav", "x.wav")]
    [InlineData("/etc/passwd", "passwd")]
    [InlineData("C:\\Users\\me\\x.wav", "x.wav")]
    [InlineData("..", "audio")]
    [InlineData(".", "audio")]
    [InlineData("x/", "audio")]
    [InlineData("", "audio")]
    [InlineData(null, "audio")]
    [InlineData("  a.wav ", "a.wav")]
    [InlineData("a\r\n[2024-01-04 22:30:05] INFO: forged.wav", "a[2024-01-04 22:30:05] INFO: forged.wav")]
    [InlineData("a\u2028b\u2029c\u0085d.wav", "abcd.wav")]
    [InlineData("\u001b[31mred\u0000.wav", "[31mred.wav")]
    [InlineData("\u202Evaw.exe", "vaw.exe")]
    [InlineData("a\u200F\u2067b.wav", "ab.wav")]
    [InlineData("测试 😀.wav", "测试 😀.wav")]
    [InlineData("<img src=x onerror=alert(1)>.wav", "<img src=x onerror=alert(1)>.wav")]
    public void Clean_AnyName_IsSafeToShow(string? name, string expected) => UploadName.Clean(name).ShouldBe(expected);

    [Fact]
    public void Clean_LongName_IsCutBetweenCharacters()
    {
        UploadName.Clean(new string('a', 10_000)).Length.ShouldBe(200);
        UploadName.Clean("a" + string.Concat(Enumerable.Repeat("😀", 5000))).ShouldBe("a" + string.Concat(Enumerable.Repeat("😀", 99)));
    }

    [Theory]
    [InlineData("filename=\"../../../x.wav\"", "x.wav")]
    [InlineData("filename=\"C:\\Users\\x.wav\"", "x.wav")]
    [InlineData("filename=\"测试😀.wav\"", "测试😀.wav")]
    [InlineData("filename=\"a.wav\"; filename*=UTF-8''%E6%B5%8B%E8%AF%95.wav", "测试.wav")]
    [InlineData("filename*=UTF-8''..%2F..%2Fx.wav", "x.wav")]
    [InlineData("filename*=UTF-8''a%0D%0Ab%00.wav", "ab.wav")]
    [InlineData("filename=\"=?utf-8?B?5rWL6K+VLndhdg==?=\"", "测试.wav")]
    [InlineData("filename=\"say \\\"hi\\\".wav\"", "say \"hi\".wav")]
    [InlineData("filename=a.wav", "a.wav")]
    public async Task Post_FileName_IsShownAndNeverAPath(string disposition, string expected)
    {
        await using var server = await RunningServer.StartAsync(model: () =>
        {
            var model = new SlowModel();
            model.Go();
            return model;
        });
        using var body = new ByteArrayContent(
        [
            .. Encoding.UTF8.GetBytes($"--x\r\nContent-Disposition: form-data; name=\"file\"; {disposition}\r\n\r\n"),
            .. Recordings.Speech,
            .. "\r\n--x--\r\n"u8,
        ]);
        body.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");

        using var response = await server.PostAsync("/api/v1/recognitions", body);

        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.TextAsync());
        var json = await response.JsonAsync();
        json.GetProperty("file_name").GetString().ShouldBe(expected);
        json.GetProperty("log")[0].GetString()!.ShouldEndWith($"INFO: Received audio file: {expected}");
        using var result = await server.GetAsync(json.GetProperty("links").GetProperty("result").GetString()!);
        (await result.JsonAsync()).GetProperty("source").GetString().ShouldBe(expected);
        Directory.GetFileSystemEntries(server.Output).Select(Path.GetFileName).Order()
            .ShouldBe([".ser", json.GetProperty("folder").GetString(), "ser.log"]);
    }

    [Fact]
    public async Task Post_NameInTheAddress_IsShownAndNeverAPath()
    {
        await using var server = await RunningServer.StartAsync(model: () => new SlowModel());

        using var response = await server.SendAsync(new(HttpMethod.Post, "/api/v1/recognitions?name=..%2F..%2F%0A%E6%B5%8B.wav")
        {
            Content = new ByteArrayContent(Recordings.Speech),
            Headers = { { "Prefer", "respond-async" } },
        });

        (await response.JsonAsync()).GetProperty("file_name").GetString().ShouldBe("测.wav");
    }
}
