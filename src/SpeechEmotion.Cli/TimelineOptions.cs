using System.CommandLine;
using System.CommandLine.Parsing;
using SpeechEmotion.Options;
using SpeechEmotion.Outputs.Timelines;

namespace SpeechEmotion.Cli;

/// <summary>The options of <c>ser recognize</c> for segments, silence, channels and timelines.</summary>
internal static class TimelineOptions
{
    private static readonly Option<SegmentationMode?> Segments = ChoiceOption.CreateOptional<SegmentationMode>(
        "--segments", "By segments of speech: over 30 s, always or never / 按语音段识别");

    private static readonly Option<SilenceMode> Silence = ChoiceOption.Create<SilenceMode>(
        "--silence", "The silence around speech: as the model requires, keep, skip / 语音之外的静音");

    private static readonly Option<ChannelMode> Channels = ChoiceOption.Create<ChannelMode>(
        "--channels", "Average the channels, or a timeline for each / 声道：混合或分开");

    private static readonly Option<string?> Roles = CreateRoles();

    /// <summary>The options without those of files.</summary>
    public static IReadOnlyList<Option> All { get; } = [Segments, Silence, Channels, Roles];

    /// <summary>The formats of a timeline's files.</summary>
    public static Option<string?> Export { get; } = CreateExport();

    /// <summary>Whether the channels are to be split.</summary>
    public static bool AreSplit(CommandResult result) => UsageErrors.Says(result, Channels, "split");

    /// <summary>The requested timeline formats.</summary>
    public static IReadOnlyList<TimelineFormat> ExportsOf(ParseResult parsed) =>
        [.. Names(parsed.GetValue(Export)).Select(name => TimelineFormatNames.FromKey(name)!.Value).Distinct()];

    /// <summary>Adds the segment and channel options of the command line.</summary>
    public static BatchOptions Apply(BatchOptions options, ParseResult parsed) => options with
    {
        // A request for timeline files implies a timeline for a short recording too.
        Segments = parsed.GetValue(Segments) ?? (ExportsOf(parsed).Count > 0 ? SegmentationMode.Always : SegmentationMode.Auto),
        Silence = parsed.GetValue(Silence),
        Channels = parsed.GetValue(Channels),
        Roles = [.. Names(parsed.GetValue(Roles))],
    };

    private static Option<string?> CreateRoles()
    {
        var roles = new Option<string?>("--roles")
        {
            Description = "Who speaks on each channel, with commas between / 各声道的角色",
            HelpName = "customer,agent",
        };
        roles.Validators.Add(UsageErrors.RefuseEmpty);
        return roles;
    }

    private static Option<string?> CreateExport()
    {
        var export = new Option<string?>("--export")
        {
            Description = "Also write the timeline as srt, vtt, textgrid, audacity / 另存时间线",
            HelpName = "srt,vtt,...",
        };
        export.Validators.Add(result =>
        {
            foreach (var name in result.Tokens.SelectMany(token => Names(token.Value)))
            {
                if (TimelineFormatNames.FromKey(name) is null)
                {
                    var formats = string.Join(", ", TimelineFormatNames.All.Select(format => format.Key()));
                    result.AddError($"--export takes {formats}, not {name}.");
                }
            }
        });
        return export;
    }

    private static string[] Names(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
