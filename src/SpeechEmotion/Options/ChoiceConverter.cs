using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpeechEmotion.Options;

/// <summary>Writes a value of an enumeration under the name that commands and requests use (<see cref="Choices"/>).</summary>
internal sealed class ChoiceConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Choices.Find<T>(reader.GetString() ?? "") ?? throw new JsonException($"There is no such {typeof(T).Name}.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString().ToLowerInvariant());
}
