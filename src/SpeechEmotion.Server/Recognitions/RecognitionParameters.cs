using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Errors;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>What a REST request asks for beside the recording, as it stands in the address or in a form.</summary>
internal sealed record RecognitionParameters
{
    private const int MostRoles = 8;
    private const int LongestRole = 64;

    [FromQuery(Name = "name"), Description("File name of a recording that is the whole body.")]
    public string? Name { get; init; }

    [FromQuery(Name = "granularity"), Description("Default utterance: one result for the recording. frame: also one for every 20 ms.")]
    public string? Granularity { get; init; }

    [FromQuery(Name = "embedding"), Description("true: also write embedding.npy.")]
    public string? Embedding { get; init; }

    [FromQuery(Name = "model"), Description("Name of a model on the server; default: the active one.")]
    public string? Model { get; init; }

    [FromQuery(Name = "segments"), Description("Default auto: up to 30 s at once, longer recordings by segments of speech.")]
    public string? Segments { get; init; }

    [FromQuery(Name = "silence"), Description("Whether the model processes the silence around the speech. Default auto: as the model prefers.")]
    public string? Silence { get; init; }

    [FromQuery(Name = "channels"), Description("Default mix: average all channels. split: process each one separately.")]
    public string? Channels { get; init; }

    [FromQuery(Name = "roles"), Description("Who speaks on each channel, separated by commas: customer,agent.")]
    public string? Roles { get; init; }

    /// <summary>The same, overridden by the fields of a form.</summary>
    public RecognitionParameters With(IReadOnlyDictionary<string, string> fields) => this with
    {
        Granularity = fields.GetValueOrDefault("granularity", Granularity ?? ""),
        Embedding = fields.GetValueOrDefault("embedding", Embedding ?? ""),
        Model = fields.GetValueOrDefault("model", Model ?? ""),
        Segments = fields.GetValueOrDefault("segments", Segments ?? ""),
        Silence = fields.GetValueOrDefault("silence", Silence ?? ""),
        Channels = fields.GetValueOrDefault("channels", Channels ?? ""),
        Roles = fields.GetValueOrDefault("roles", Roles ?? ""),
    };

    /// <summary>Name of the model; null for the server's own.</summary>
    public string? ModelName => string.IsNullOrWhiteSpace(Model) ? null : Model;

    /// <summary>How it is to be recognised.</summary>
    /// <exception cref="RequestException"><c>request.invalid</c>.</exception>
    public RecognitionOptions ToOptions()
    {
        var options = new RecognitionOptions
        {
            Granularity = string.IsNullOrEmpty(Granularity) ? default
                : GranularityNames.FromKey(Granularity) ?? throw RequestErrors.NotOneOf("granularity", Granularity, "utterance", "frame"),
            Embedding = RecognitionUpload.FlagOf("embedding", Embedding),
            Segments = ChoiceOf<RecordingSegments>("segments", Segments),
            Silence = ChoiceOf<RecordingSilence>("silence", Silence),
            Channels = ChoiceOf<RecordingChannels>("channels", Channels),
            Roles = RolesOf(Roles),
        };
        return options is not { Granularity: Results.Granularity.Frame, Channels: RecordingChannels.Split } ? options : throw RequestErrors.Invalid(
            "granularity=frame gives one row of frames, so it does not go with channels=split. Leave one of them out.",
            "granularity=frame 只输出一行帧，不能与 channels=split 同时使用，请去掉其中一项。");
    }

    private static T ChoiceOf<T>(string name, string? text)
        where T : struct, Enum
    {
        if (string.IsNullOrEmpty(text))
            return default;
        // By its name only: a number is none, although Enum would take it.
        var at = Array.FindIndex(Enum.GetNames<T>(), known => known.Equals(text, StringComparison.OrdinalIgnoreCase));
        return at >= 0 ? Enum.GetValues<T>()[at] : throw RequestErrors.NotOneOf(name, text, Array.ConvertAll(Enum.GetNames<T>(), known => known.ToLowerInvariant()));
    }

    private static string[] RolesOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];
        var roles = text.Split(',', StringSplitOptions.TrimEntries);
        if (roles.Length > MostRoles)
            throw RequestErrors.Invalid($"roles names at most {MostRoles} channels.", $"roles 最多包含 {MostRoles} 个名称。");
        if (roles.Any(role => role.Length is 0 or > LongestRole || role.Any(char.IsControl)))
        {
            throw RequestErrors.Invalid(
                $"roles are names of 1 to {LongestRole} characters with commas between, without control characters.",
                $"roles 为以逗号分隔的名称，每个 1 到 {LongestRole} 个字符，且不含控制字符。");
        }
        return roles.Distinct().Count() == roles.Length ? roles : throw RequestErrors.Invalid(
            "roles names somebody twice.", "roles 中有重复的名称。");
    }
}
