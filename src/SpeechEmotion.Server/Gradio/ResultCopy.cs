using System.IO.Pipelines;
using System.Text.Json;

namespace SpeechEmotion.Server.Gradio;

/// <summary>
/// Copies <c>result.json</c> without its raw frames, which are hundreds of megabytes for a long recording. It holds one block in
/// memory at a time.
/// </summary>
internal sealed class ResultCopy(Stream file, Utf8JsonWriter json, PipeWriter pipe)
{
    private const int BlockBytes = 1 << 16;
    private const string LeftOut = "frames";

    private readonly byte[] _block = new byte[BlockBytes];
    private JsonReaderState _state;
    private bool _leaving;

    /// <summary>Writes the result as one JSON value.</summary>
    public async Task WriteAsync(CancellationToken ct)
    {
        for (var filled = 0; ;)
        {
            var read = await file.ReadAsync(_block.AsMemory(filled), ct);
            filled += read;
            var taken = Copy(_block.AsSpan(0, filled), last: read == 0);
            if (read == 0)
                return;
            _block.AsSpan(taken..filled).CopyTo(_block);
            filled -= taken;
            await json.FlushAsync(ct);
            if (pipe.UnflushedBytes > BlockBytes)
                await pipe.FlushAsync(ct);
        }
    }

    private int Copy(ReadOnlySpan<byte> block, bool last)
    {
        var reader = new Utf8JsonReader(block, last, _state);
        while (reader.Read())
        {
            if (_leaving)
                _leaving = reader.TokenType != JsonTokenType.EndArray || reader.CurrentDepth != 1;
            else if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals(LeftOut))
                _leaving = true;
            else
                Copy(in reader);
        }
        _state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    private void Copy(in Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                json.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                json.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                json.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                json.WriteEndArray();
                break;
            case JsonTokenType.PropertyName:
                json.WritePropertyName(reader.GetString()!);
                break;
            case JsonTokenType.String:
                json.WriteStringValue(reader.GetString());
                break;
            case JsonTokenType.Null:
                json.WriteNullValue();
                break;
            default:
                json.WriteRawValue(reader.ValueSpan);
                break;
        }
    }
}
