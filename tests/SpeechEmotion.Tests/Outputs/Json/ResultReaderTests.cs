using System.Text;
using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Outputs.Json;

/// <summary>Reads back written results and rejects everything else.</summary>
public sealed class ResultReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Granularity.Utterance)]
    [InlineData(Granularity.Frame)]
    public void Read_WhatWasWritten_IsTheSame(Granularity granularity)
    {
        var recognition = SomeRecognition.With(granularity) with { Timeline = SomeTimeline.With("客户") };

        var read = Read(Written(recognition));

        read.Emotion.ShouldBe(recognition.Emotion);
        read.Thousandths.ShouldBe(recognition.Scores.ToThousandths());
        read.Confidence.ShouldBe(853);
        read.Labels.ShouldBe(recognition.Labels);
        (read.ModelId, read.Precision, read.ModelHash).ShouldBe(("emotion2vec_plus_large", "fp32", "0123456789abcdef"));
        read.Provenance.ShouldBe(recognition.Provenance);
    }

    [Theory]
    [InlineData("\"happy\"", "\"gleeful\"")]
    [InlineData("\"confidence\": 0.853", "\"confidence\": NaN")]
    [InlineData("\"confidence\": 0.853", "\"confidence\": \"NaN\"")]
    [InlineData("\"confidence\": 0.853", "\"confidence\": 1e999")]
    [InlineData("\"confidence\": 0.853", "\"confidence\": -0.1")]
    [InlineData("\"confidence\": 0.853", "\"confidence\": 0.8531")]
    [InlineData("\"angry\": 0.012", "\"angry\": null")]
    [InlineData("\"angry\": 0.012", "\"rage\": 0.012")]
    [InlineData("\"scores\": {", "\"scores\": [], \"other\": {")]
    [InlineData("\"id\": \"emotion2vec_plus_large\"", "\"id\": 7")]
    [InlineData("\"id\": \"emotion2vec_plus_large\"", "\"id\": \"\\u001b[2J\"")]
    [InlineData("\"hash\": \"0123456789abcdef\"", "\"hush\": \"0123456789abcdef\"")]
    [InlineData("\"score\": 0.85312", "\"score\": 1e39")]
    [InlineData("\"score\": 0.85312", "\"score\": -1")]
    [InlineData("\"label\": \"<unk>\"", "\"label\": null")]
    [InlineData("\"labels\": [", "\"labels\": [null, ")]
    [InlineData("\"labels\": [", "\"labels\": [], \"labels\": [")]
    [InlineData("\"device\": \"cpu\"", "\"device\": null")]
    [InlineData("\"device\": \"cpu\"", "\"device\": \"cpu\", \"device\": \"cuda\"")]
    [InlineData("\"device\": \"cpu\",", "")]
    [InlineData("\"runtime\": \"ONNX Runtime 1.31.1\"", "\"runtime\": \"\\u0007\"")]
    [InlineData("\"bytes\": 4321", "\"bytes\": -4321")]
    [InlineData("\"bytes\": 4321", "\"bytes\": 1e30")]
    [InlineData("\"sha256\": \"aaaa", "\"sha256\": \"../a")]
    [InlineData("\"options\": {", "\"options\": [], \"choices\": {")]
    [InlineData("\"provenance\": {", "\"provenance\": [")]
    [InlineData("\"provenance\": {", "\"provenance\": 1, \"x\": {")]
    public void Read_Damaged_IsRefused(string part, string other)
    {
        var text = Encoding.UTF8.GetString(Written(SomeRecognition.With()));
        text.ShouldContain(part);
        var first = text.IndexOf(part, StringComparison.Ordinal);

        Refused(Encoding.UTF8.GetBytes(text[..first] + other + text[(first + part.Length)..]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("RIFF....WAVEfmt ")]
    [InlineData("{\"emotion\":")]
    [InlineData("{\"emotion\":\"happy\"} {}")]
    public void Read_NoResult_IsRefused(string text) => Refused(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Read_NestedTooDeep_IsRefused()
    {
        var deep = new string('[', 100_000);

        Refused(Encoding.UTF8.GetBytes("{\"frames\":" + deep));
        Refused(Encoding.UTF8.GetBytes("{\"labels\":" + deep));
        Refused(Encoding.UTF8.GetBytes(
            "{\"provenance\":{\"options\":" + string.Concat(Enumerable.Repeat("{\"a\":", 20)) + "1" + new string('}', 22)));
    }

    [Fact]
    public void Read_FieldThatIsTooLarge_IsRefused() =>
        Refused(Encoding.UTF8.GetBytes("{\"emotion\":\"" + new string('a', 3 << 20) + "\"}"));

    [Fact]
    public void Read_TooManyLabels_IsRefused()
    {
        var text = Encoding.UTF8.GetString(Written(SomeRecognition.With()));
        var labels = string.Concat(Enumerable.Repeat("{\"label\":\"a\",\"score\":0.001},", 1001));

        Refused(Encoding.UTF8.GetBytes(text.Replace("\"labels\": [", "\"labels\": [" + labels, StringComparison.Ordinal)));
    }

    [Fact]
    public void Read_FileLargerThanAnyResult_IsRefusedUnread()
    {
        var path = _folder.File("huge.json");
        using (var huge = File.Create(path))
            huge.SetLength(ResultReader.MostBytes + 1);
        using var file = File.OpenRead(path);

        Should.Throw<OutputException>(() => ResultReader.Read(file, "huge.json", Ct)).Code.ShouldBe("output.damaged");
        file.Position.ShouldBe(0);
    }

    [Fact]
    public void Read_OlderResult_HasNoProvenance()
    {
        var text = Encoding.UTF8.GetString(Written(SomeRecognition.With()));

        Read(Encoding.UTF8.GetBytes(text.Replace("\"provenance\"", "\"elsewhere\"", StringComparison.Ordinal))).Provenance.ShouldBeNull();
    }

    public void Dispose() => _folder.Dispose();

    private static StoredResult Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return ResultReader.Read(stream, "result.json", Ct);
    }

    private static void Refused(byte[] bytes) => Should.Throw<OutputException>(() => Read(bytes)).Code.ShouldBe("output.damaged");

    private byte[] Written(Recognition recognition)
    {
        var path = _folder.File($"{Guid.NewGuid():N}.json");
        ResultJson.Write(path, recognition, DateTimeOffset.UnixEpoch, "a.wav");
        return File.ReadAllBytes(path);
    }
}
