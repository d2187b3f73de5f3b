using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>The parameters of a recognition request, from the query string or from a form.</summary>
internal sealed record RecognitionParameters
{
    /// <summary>The valid choices of each parameter with a fixed set; the first choice is the default.</summary>
    public static IReadOnlyDictionary<string, string[]> KnownValues { get; } = new Dictionary<string, string[]>
    {
        ["granularity"] = Choices.Of<Granularity>(),
        ["segments"] = Choices.Of<SegmentationMode>(),
        ["silence"] = Choices.Of<SilenceMode>(),
        ["channels"] = Choices.Of<ChannelMode>(),
    };

    private const int MaxRoles = 8;
    private const int MaxRoleLength = 64;

    [FromQuery(Name = "name"), Description("File name of the recording if it is the whole request body.")]
    public string? Name { get; init; }

    [FromQuery(Name = "granularity")]
    [Description("Default utterance: one result for the recording. frame: also one result for every 20 ms.")]
    public string? Granularity { get; init; }

    [FromQuery(Name = "embedding"), Description("true: also write embedding.npy.")]
    public string? Embedding { get; init; }

    [FromQuery(Name = "model"), Description("Name of a model on the server; default: the active one.")]
    public string? Model { get; init; }

    [FromQuery(Name = "segments"), Description("Default auto: process up to 30 s at once, and longer recordings by segments of speech.")]
    public string? Segments { get; init; }

    [FromQuery(Name = "silence")]
    [Description("Whether the model processes the silence around the speech. Default auto: as the model prefers.")]
    public string? Silence { get; init; }

    [FromQuery(Name = "channels"), Description("Default mix: average all channels. split: process each one separately.")]
    public string? Channels { get; init; }

    [FromQuery(Name = "roles"), Description("Who speaks on each channel, separated by commas: customer,agent.")]
    public string? Roles { get; init; }

    [FromQuery(Name = "webhook"), Description("URL that receives a signed POST when the recognition is done, failed or cancelled.")]
    public string? Webhook { get; init; }

    /// <summary>Returns these parameters, overridden by the fields of a form.</summary>
    public RecognitionParameters With(IReadOnlyDictionary<string, string> fields) => this with
    {
        Granularity = fields.GetValueOrDefault("granularity", Granularity ?? ""),
        Embedding = fields.GetValueOrDefault("embedding", Embedding ?? ""),
        Model = fields.GetValueOrDefault("model", Model ?? ""),
        Segments = fields.GetValueOrDefault("segments", Segments ?? ""),
        Silence = fields.GetValueOrDefault("silence", Silence ?? ""),
        Channels = fields.GetValueOrDefault("channels", Channels ?? ""),
        Roles = fields.GetValueOrDefault("roles", Roles ?? ""),
        Webhook = fields.GetValueOrDefault("webhook", Webhook ?? ""),
    };

    /// <summary>Name of the model; null for the server's active model.</summary>
    public string? ModelName => string.IsNullOrWhiteSpace(Model) ? null : Model;

    /// <summary>Converts the parameters to recognition options.</summary>
    /// <exception cref="RequestException"><c>request.invalid</c>.</exception>
    public RecognitionOptions ToOptions()
    {
        var options = new RecognitionOptions
        {
            Granularity = RequestErrors.ChoiceIn<Granularity>("granularity", Granularity) ?? default,
            Embedding = RequestErrors.FlagIn("embedding", Embedding),
            Segments = RequestErrors.ChoiceIn<SegmentationMode>("segments", Segments) ?? default,
            Silence = RequestErrors.ChoiceIn<SilenceMode>("silence", Silence) ?? default,
            Channels = RequestErrors.ChoiceIn<ChannelMode>("channels", Channels) ?? default,
            Roles = RolesOf(Roles),
        };
        return options is not { Granularity: Results.Granularity.Frame, Channels: ChannelMode.Split }
            ? options
            : throw RequestErrors.Invalid(
                "granularity=frame produces one sequence of frames and cannot be combined with channels=split. Remove one of them.",
                "granularity=frame 只输出一个帧序列，不能与 channels=split 同时使用，请去掉其中一项。");
    }

    private static string[] RolesOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];
        var roles = text.Split(',', StringSplitOptions.TrimEntries);
        if (roles.Length > MaxRoles)
            throw RequestErrors.Invalid($"roles must name at most {MaxRoles} channels.", $"roles 最多包含 {MaxRoles} 个名称。");
        if (roles.Any(role => role.Length is 0 or > MaxRoleLength || role.Any(char.IsControl)))
        {
            throw RequestErrors.Invalid(
                $"roles must be names of 1 to {MaxRoleLength} characters without control characters, separated by commas.",
                $"roles 为以逗号分隔的名称，每个 1 到 {MaxRoleLength} 个字符，且不含控制字符。");
        }
        return roles.Distinct().Count() == roles.Length ? roles : throw RequestErrors.Invalid(
            "roles contains a duplicate name.", "roles 中有重复的名称。");
    }
}
