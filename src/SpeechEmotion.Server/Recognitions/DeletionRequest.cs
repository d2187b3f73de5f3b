using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>Which recognitions to delete: either <c>ids</c> or <c>filter</c>.</summary>
/// <param name="Ids">Up to 1000 identifiers.</param>
/// <param name="Filter">All recognitions that match; an empty filter matches all.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DeletionRequest(IReadOnlyList<string>? Ids = null, FilterRequest? Filter = null);
