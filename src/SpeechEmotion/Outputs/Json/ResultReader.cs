using System.Text.Json;
using SpeechEmotion.Errors;
using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Json;

/// <summary>
/// Reads an answer back from a <c>result.json</c> of unknown origin: sizes and depth are bounded, and content that the product does
/// not write is refused.
/// </summary>
internal static class ResultReader
{
    /// <summary>The largest accepted file: 4 GiB, more than the frames of the 37 hours that a WAV file can hold.</summary>
    public const long MostBytes = 1L << 32;

    private const int MostFieldBytes = 1 << 20;

    private const int MostLabels = 1000;

    private const int MostText = 200;

    private static readonly string[] Fields = ["emotion", "confidence", "scores", "model", "labels", "provenance"];

    /// <summary>Reads the answer.</summary>
    /// <param name="result">The file, read synchronously and seekable; not closed.</param>
    /// <param name="name">The name of the file in error messages.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="OutputException"><c>output.damaged</c>: the file is not what the product wrote.</exception>
    public static StoredResult Read(Stream result, string name, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            if (result.Length > MostBytes)
                throw new FormatException("It is larger than any result.");
            using var fields = ResultFields.Read(result, Fields, MostFieldBytes, ct: ct);
            return Parse(fields);
        }
        // A field that is missing, of another kind, or not a number, as the JSON classes report it.
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw new OutputException(
                "output.damaged",
                $"{name} is not a result that this program wrote: it is damaged, or was changed."
                + " Take it from a copy, or recognize the recording again.",
                $"{name} 不是本程序写出的结果：文件已损坏或被改动。请使用备份，或重新识别录音。", e);
        }
    }

    private static StoredResult Parse(ResultFields fields)
    {
        var scores = Field(fields, "scores");
        var model = Field(fields, "model");
        return new()
        {
            Emotion = EmotionNames.FromKey(Text(Field(fields, "emotion"))) ?? throw new FormatException("There is no such emotion."),
            Confidence = Thousandths(Field(fields, "confidence")),
            Thousandths = [.. EmotionNames.All.Select(emotion => Thousandths(scores.GetProperty(emotion.Key())))],
            Labels = LabelsOf(Field(fields, "labels")),
            ModelId = Text(model.GetProperty("id")),
            Precision = Text(model.GetProperty("precision")),
            ModelHash = Text(model.GetProperty("hash")),
            Provenance = fields["provenance"] is { ValueKind: not JsonValueKind.Null } provenance ? ProvenanceOf(provenance) : null,
        };
    }

    private static JsonElement Field(ResultFields fields, string name) => fields[name] ?? throw new FormatException($"There is no {name}.");

    /// <summary>Text that is safe to show on a terminal.</summary>
    private static string Text(JsonElement element) => Shown(element.GetString());

    private static string Shown(string? text) => text is { Length: > 0 and <= MostText } && !text.Any(char.IsControl)
        ? text
        : throw new FormatException("A name is empty, too long, or holds control characters.");

    /// <summary>Whole thousandths, as the product writes them.</summary>
    private static int Thousandths(JsonElement element) => element.GetDecimal() switch
    {
        >= 0 and <= 1 and var score when decimal.IsInteger(score * 1000) => (int)(score * 1000),
        _ => throw new FormatException("A score is not in thousandths of 1."),
    };

    private static LabelScore[] LabelsOf(JsonElement element)
    {
        var labels = element.Deserialize(ProvenanceJsonContext.Default.LabelScoreArray);
        return labels is { Length: > 0 and <= MostLabels } && labels.All(label => label is { Score: >= 0 and <= 1 })
            ? labels
            : throw new FormatException("The labels are no probabilities.");
    }

    private static Provenance ProvenanceOf(JsonElement element)
    {
        var provenance = element.Deserialize(ProvenanceJsonContext.Default.Provenance)!;
        foreach (var text in (string?[])[provenance.Version, provenance.Device, provenance.Runtime ?? "-"])
            Shown(text);
        if (provenance is { Source.Bytes: < 0 } or { ProcessedAudio.Samples: < 0 }
            || !double.IsFinite(provenance.ProcessedAudio?.RoundingSnr ?? 0))
        {
            throw new FormatException("A size is negative, or not finite.");
        }
        foreach (var hash in (string?[])[provenance.Source?.Sha256, provenance.ProcessedAudio?.Sha256])
        {
            if (hash is not null && (hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower)))
                throw new FormatException("A hash is not one.");
        }
        return provenance;
    }
}
