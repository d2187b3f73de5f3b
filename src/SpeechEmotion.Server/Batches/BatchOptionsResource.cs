using SpeechEmotion.Options;
using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Batches;

/// <summary>How all recordings of a batch are recognized.</summary>
/// <param name="Model">Name of the model; null if the server's active model was not known yet.</param>
/// <param name="Granularity">One result for a recording, or also one for every 20 ms.</param>
/// <param name="Embedding">Whether the export contains the embedding of each recording.</param>
/// <param name="Segments">Whether the model processes a recording as a whole or by segments of speech.</param>
/// <param name="Silence">Whether the model processes the silence around the speech.</param>
/// <param name="Channels">Whether the channels are mixed or processed separately.</param>
/// <param name="Roles">Who speaks on each channel; empty if the request named no roles.</param>
public sealed record BatchOptionsResource(
    string? Model, Granularity Granularity, bool Embedding, SegmentationMode Segments, SilenceMode Silence, ChannelMode Channels,
    IReadOnlyList<string> Roles)
{
    internal static BatchOptionsResource Of(BatchOptions options) => new(
        options.Model, options.Granularity, options.Embedding, options.Segments, options.Silence, options.Channels, options.Roles);
}
