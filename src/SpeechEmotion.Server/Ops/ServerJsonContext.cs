using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Server.Access;
using SpeechEmotion.Server.Live;
using SpeechEmotion.Server.Models;
using SpeechEmotion.Server.Recognitions;

namespace SpeechEmotion.Server.Ops;

/// <summary>What REST clients read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RecognitionResource))]
[JsonSerializable(typeof(RecognitionList))]
[JsonSerializable(typeof(WaveformPeaks))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(OfferResource))]
[JsonSerializable(typeof(HubRequest))]
[JsonSerializable(typeof(DownloadRequest))]
[JsonSerializable(typeof(SystemResource))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(SessionResource))]
[JsonSerializable(typeof(LoginAnswer))]
[JsonSerializable(typeof(LoginRefusal))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(TimelineResource))]
[JsonSerializable(typeof(LiveMessage))]
[JsonSerializable(typeof(LiveStart))]
internal sealed partial class ServerJsonContext : JsonSerializerContext;
