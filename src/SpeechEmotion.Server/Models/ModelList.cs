namespace SpeechEmotion.Server.Models;

/// <summary>All models that are installed or in the catalog.</summary>
/// <param name="Active">Name of the default model, which processes requests that name no model; null while it is being loaded.</param>
/// <param name="Models">The models, the installed ones first.</param>
public sealed record ModelList(string? Active, IReadOnlyList<ModelResource> Models);
