namespace SpeechEmotion.Server.Models;

/// <summary>All models that are here or that the product knows where to get.</summary>
/// <param name="Active">Name of the one that answers where a request names none; null while it is being loaded.</param>
/// <param name="Models">Those that are here first.</param>
public sealed record ModelList(string? Active, IReadOnlyList<ModelResource> Models);
