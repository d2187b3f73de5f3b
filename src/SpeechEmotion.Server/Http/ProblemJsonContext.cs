using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace SpeechEmotion.Server.Http;

/// <summary>The JSON types of errors.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ProblemDetails))]
internal sealed partial class ProblemJsonContext : JsonSerializerContext;
