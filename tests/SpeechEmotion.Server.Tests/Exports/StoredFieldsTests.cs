using System.Text;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Exports;
using Xunit;

namespace SpeechEmotion.Server.Tests.Exports;

public sealed class StoredFieldsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Copy_SomeFields_KeepsTheirTextWithoutIndentation()
    {
        var copied = await CopyAsync(
            """
            {
              "emotion": "happy",
              "timeline": { "a": [1.0, 2.50, 1e-7, { }], "b": "说\"\n", "c": null, "timeline": true },
              "other": { "frames": [1] },
              "frames": [
                { "start": 0.02, "scores": null }
              ],
              "source": "a.wav"
            }
            """);

        copied.ShouldBe(
            ",\"timeline\":{\"a\":[1.0,2.50,1e-7,{}],\"b\":\"说\\\"\\n\",\"c\":null,\"timeline\":true}"
                + ",\"frames\":[{\"start\":0.02,\"scores\":null}]");
    }

    [Fact]
    public async Task Copy_MoreThanABlock_CopiesAll()
    {
        var frames = string.Join(
            ",\n  ", Enumerable.Range(0, 20_000).Select(i => $"{{ \"start\": {i}, \"text\": \"{new string('x', i % 90)}\" }}"));

        var copied = await CopyAsync($"{{ \"skipped\": [{frames}], \"frames\": [{frames}] }}");

        copied.ShouldBe($",\"frames\":[{frames}]".Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{\"frames\":[1,2")]
    [InlineData("{\"frames\":[1]} x")]
    [InlineData("{\"frames\":[01]}")]
    public async Task Copy_Damaged_Throws(string result)
    {
        var thrown = await Should.ThrowAsync<Exception>(() => CopyAsync(result));

        (thrown is JsonException or FormatException).ShouldBeTrue(thrown.ToString());
    }

    private static async Task<string> CopyAsync(string result)
    {
        var body = new ResponseBody();
        await using var output = new BlockStream(body);
        using var fields = new StoredFields(["timeline", "frames"], output);
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(result));
        await fields.CopyAsync(file, Ct);
        await output.CompleteAsync(Ct);
        return Encoding.UTF8.GetString(body.Written);
    }
}
