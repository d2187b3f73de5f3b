namespace SpeechEmotion.Server.Batches;

/// <summary>How to recognize each recording of a batch. What is null has the default of a single recognition.</summary>
/// <param name="Model">Name of a model on the server; default: the active one.</param>
/// <param name="Granularity">utterance: one result for each recording. frame: also one for every 20 ms.</param>
/// <param name="Embedding">true: the export contains the embedding of each recording.</param>
/// <param name="Segments">auto, always or never: whether to process by segments of speech.</param>
/// <param name="Silence">auto, keep or skip: whether the model processes the silence around the speech.</param>
/// <param name="Channels">mix: average all channels. split: process each one separately.</param>
/// <param name="Roles">Who speaks on each channel.</param>
public sealed record BatchOptionsRequest(
    string? Model = null, string? Granularity = null, bool? Embedding = null, string? Segments = null, string? Silence = null,
    string? Channels = null, IReadOnlyList<string>? Roles = null);
