using System.Buffers;
using System.Text;
using System.Text.Json;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Gradio.Files;

/// <summary>
/// Reads a JSON body that may contain recordings as base64 texts of a hundred megabytes. It streams the recordings to the disk, so
/// that only the small rest is in memory.
/// </summary>
internal sealed class BodyReader(Stream body, UploadStore? uploads)
{
    private const int MaxJsonBytes = 256 * 1024;
    private const int MaxDepth = 32;
    private const int MaxRecordings = 8;
    private const int MaxHeaderBytes = 200;
    private const int BlockBytes = 1 << 16;

    private readonly BodyBytes _bytes = new(body, new byte[BlockBytes]);
    private readonly ArrayBufferWriter<byte> _json = new();
    private readonly List<UploadedRecording> _recordings = [];

    /// <summary>Reads the whole body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="uploads">The store for the recordings; null if none are expected, so that nothing is written to the disk.</param>
    /// <param name="ct">Cancels the read and removes the recordings.</param>
    /// <exception cref="RequestException">The body is not JSON, or too large.</exception>
    public static async Task<GradioBody> ReadAsync(Stream body, UploadStore? uploads, CancellationToken ct)
    {
        var reader = new BodyReader(body, uploads);
        var complete = false;
        try
        {
            await reader.ReadAsync(ct);
            var read = new GradioBody(Parse(reader._json.WrittenMemory), reader._recordings);
            complete = true;
            return read;
        }
        finally
        {
            if (!complete)
                reader._recordings.ForEach(recording => recording.Release());
        }
    }

    /// <summary>Parses JSON in memory.</summary>
    /// <exception cref="RequestException">The text is not JSON.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = MaxDepth });
            CheckTexts(json.Span);
            return document.RootElement.Clone();
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException)
        {
            throw RequestErrors.Invalid($"The body is not valid JSON: {bad.Message}", "请求体不是有效的 JSON。");
        }
    }

    /// <summary>Reads all texts, because only that detects lone surrogates and bytes that are not UTF-8.</summary>
    private static void CheckTexts(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                _ = reader.GetString();
        }
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        while (await _bytes.NextAsync(ct) is { } next)
        {
            Keep(next);
            if (next == (byte)'"')
                await ReadTextAsync(ct);
        }
    }

    /// <summary>Reads a text after its opening quote.</summary>
    private async Task ReadTextAsync(CancellationToken ct)
    {
        var start = _json.WrittenCount;
        while (await _bytes.NextAsync(ct) is { } next)
        {
            Keep(next);
            if (next == (byte)'"')
                return;
            if (next == (byte)'\\' && await _bytes.NextAsync(ct) is { } escaped)
                Keep(escaped);
            else if (next == (byte)',' && uploads is { } store && IsDataHeader(_json.WrittenSpan[start..]))
            {
                await ReadRecordingAsync(store, start, ct);
                return;
            }
        }
    }

    /// <summary>Returns whether a text is <c>data:...;base64,</c>; the slash of the media type may be escaped.</summary>
    private static bool IsDataHeader(ReadOnlySpan<byte> text) =>
        text.Length <= MaxHeaderBytes && text.StartsWith("data:"u8) && text.EndsWith(";base64,"u8);

    private async Task ReadRecordingAsync(UploadStore store, int start, CancellationToken ct)
    {
        if (_recordings.Count == MaxRecordings)
            throw RequestErrors.Invalid($"The body contains more than {MaxRecordings} recordings.", $"请求体包含超过 {MaxRecordings} 段录音。");
        var text = new Base64TextStream(_bytes);
        await using (text)
            _recordings.Add(await store.SaveAsync(text, null, temporary: true, length: null, ct));
        // A WebSocket message has no limit of its own.
        if (_recordings.Sum(recording => recording.Size) > store.MaxBytes)
            throw RequestErrors.UploadTooLarge(store.MaxBytes);
        var kept = _json.WrittenSpan[..start].ToArray();
        _json.ResetWrittenCount();
        _json.Write(kept);
        _json.Write(Encoding.ASCII.GetBytes($"{GradioBody.Reference}{_recordings.Count - 1}\""));
    }

    private void Keep(byte value)
    {
        if (_json.WrittenCount == MaxJsonBytes)
            throw new RequestException(
                413, "request.too_large", $"Without its recordings, the JSON is larger than {MaxJsonBytes >> 10} kB.",
                $"除录音外，JSON 超过 {MaxJsonBytes >> 10} kB。");
        _json.GetSpan(1)[0] = value;
        _json.Advance(1);
    }
}
