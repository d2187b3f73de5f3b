using System.Globalization;
using System.Text.RegularExpressions;

namespace SpeechEmotion.Server.Gradio.Early;

/// <summary>The features of a generation of Gradio clients. They differ only among old Python clients.</summary>
/// <param name="Protocol">The protocol of the queue.</param>
/// <param name="FileMeta">Whether clients recognize files by <c>meta</c>; older clients would not upload a file that has it.</param>
/// <param name="FileStream">Whether files have the field <c>is_stream</c>.</param>
internal sealed partial record ClientGeneration(string Protocol, bool FileMeta, bool FileStream)
{
    /// <summary>The version of Gradio that the clients expect.</summary>
    public string Version { get; init; } = "5.49.1";

    /// <summary>Whether clients require the serializer of each value.</summary>
    public bool Serializers { get; init; }

    /// <summary>The current generation: Python 0.13 and newer, and every JavaScript client.</summary>
    public static ClientGeneration Current { get; } = new("sse_v3", FileMeta: true, FileStream: true);

    /// <summary>Returns the generation of a client by its User-Agent; the current one if it is not recognized.</summary>
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
