using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpeechEmotion.Client.Results;

/// <summary>Reads and writes the members of an enumeration as the server names them: in lower case.</summary>
internal sealed class LowerCaseNames<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
