using System.CommandLine;
using System.CommandLine.Parsing;
using SpeechEmotion.Options;
using SpeechEmotion.Outputs.Timelines;

namespace SpeechEmotion.Cli;

/// <summary>The options of <c>ser recognize</c> that have to do with segments, silence, channels and timelines.</summary>
internal static class TimelineOptions
{
    private static readonly Option<SegmentationMode?> Segments = new("--segments")
    {
        Description = "By segments of speech: over 30 s, always or never / 按语音段识别",
        HelpName = "auto|always|never",
    };

    private static readonly Option<SilenceMode> Silence = new("--silence")
    {
        Description = "The silence around speech: as the model says, keep, skip / 语音之外的静音",
        HelpName = "auto|keep|skip",
    };

    private static readonly Option<ChannelMode> Channels = new("--channels")
    {
        Description = "Average the channels, or a timeline for each / 声道：混合或分开",
        HelpName = "mix|split",
    };

    private static readonly Option<string?> Roles = new("--roles")
    {
        Description = "Who speaks on each channel, with commas between / 各声道的角色",
        HelpName = "customer,agent",
    };

    private static readonly Option<string?> Export = new("--export")
    {
        Description = "Also write the timeline as srt, vtt, textgrid, audacity / 另存时间线",
        HelpName = "srt,vtt,...",
    };

    /// <summary>All of them, checked as they are parsed.</summary>
    public static IEnumerable<Option> All()
    {
        // Otherwise any number would do for a name too.
        Segments.AcceptOnlyFromAmong("auto", "always", "never");
        Silence.AcceptOnlyFromAmong("auto", "keep", "skip");
        Channels.AcceptOnlyFromAmong("mix", "split");
        Roles.Validators.Add(UsageErrors.RefuseEmpty);
        Export.Validators.Add(result =>
        {
            foreach (var name in result.Tokens.SelectMany(token => Names(token.Value)))
            {
                if (TimelineFormatNames.FromKey(name) is null)
                    result.AddError($"--export takes {string.Join(", ", TimelineFormatNames.All.Select(format => format.Key()))}, not {name}.");
            }
        });
        return [Segments, Silence, Channels, Roles, Export];
    }

    /// <summary>Whether the channels are to be split.</summary>
    public static bool AreSplit(CommandResult result) => UsageErrors.Says(result, Channels, "split");

    /// <summary>The files of a timeline that are asked for.</summary>
    public static IReadOnlyList<TimelineFormat> ExportsOf(ParseResult parsed) =>
        [.. Names(parsed.GetValue(Export)).Select(name => TimelineFormatNames.FromKey(name)!.Value).Distinct()];

    /// <summary>The options with what the command line says of segments and channels.</summary>
    public static RecognitionOptions Apply(RecognitionOptions options, ParseResult parsed) => options with
    {
        // Whoever asks for the files of a timeline wants one of a short recording too.
        Segments = parsed.GetValue(Segments) ?? (ExportsOf(parsed).Count > 0 ? SegmentationMode.Always : SegmentationMode.Auto),
        Silence = parsed.GetValue(Silence),
        Channels = parsed.GetValue(Channels),
        Roles = [.. Names(parsed.GetValue(Roles))],
    };

    private static string[] Names(string? list) => list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
