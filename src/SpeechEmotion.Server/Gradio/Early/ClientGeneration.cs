using System.Globalization;
using System.Text.RegularExpressions;

namespace SpeechEmotion.Server.Gradio.Early;

/// <summary>What a generation of Gradio clients understands. All but old Python clients understand the same.</summary>
/// <param name="Protocol">How the queue is spoken.</param>
/// <param name="FileMeta">Files are known by <c>meta</c>; with it, older clients would not upload.</param>
/// <param name="FileStream">Files have the field <c>is_stream</c>.</param>
internal sealed partial record ClientGeneration(string Protocol, bool FileMeta, bool FileStream)
{
    /// <summary>The version of Gradio whose ways it knows.</summary>
    public string Version { get; init; } = "5.49.1";

    /// <summary>It wants to be told how each value is written.</summary>
    public bool Serializers { get; init; }

    /// <summary>Python 0.13 and newer, and every JavaScript client.</summary>
    public static ClientGeneration Current { get; } = new("sse_v3", FileMeta: true, FileStream: true);

    /// <summary>The generation of a client that says who it is; the current one for all others.</summary>
    public static ClientGeneration Of(string? userAgent)
    {
        var match = OldPython().Match(userAgent ?? "");
        if (!match.Success)
            return Current;
        return int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) switch
        {
            <= 6 => new("ws", FileMeta: false, FileStream: false) { Version = "3.50.2", Serializers = true },
            7 => new("sse", FileMeta: false, FileStream: false),
            8 => new("sse_v1", FileMeta: false, FileStream: false),
            >= 9 and <= 11 => new("sse_v1", FileMeta: false, FileStream: true),
            12 => new("sse_v1", FileMeta: true, FileStream: true),
            _ => Current,
        };
    }

    [GeneratedRegex(@"^gradio_client/0\.(\d{1,3})\.")]
    private static partial Regex OldPython();
}
