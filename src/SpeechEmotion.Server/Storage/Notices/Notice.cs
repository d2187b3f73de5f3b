using System.Globalization;

namespace SpeechEmotion.Server.Storage.Notices;

/// <summary>A message from one program to all that share its database. It can be lost, so each receiver also looks now and then.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Subject">The identifier of what it is about, without spaces; empty if unknown.</param>
/// <param name="Value">The progress in [0, 1], or a number; null for none.</param>
public readonly record struct Notice(NoticeKind Kind, string Subject, double? Value = null)
{
    /// <summary>The name of the program that sent it; null if unknown.</summary>
    public string? Sender { get; init; }

    /// <summary>The message as text.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sender} {Kind} {Subject} {Value}").TrimEnd();

    /// <summary>Reads a message; one that this version does not know is <see cref="NoticeKind.Unknown"/>.</summary>
    public static Notice Parse(string text) =>
        text.Split(' ') is [var sender, var name, .. var rest]
        && Enum.TryParse<NoticeKind>(name, out var kind) && Enum.IsDefined(kind)
            ? new(
                kind, rest is [var subject, ..] ? subject : "",
                rest is [_, var number] && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                    ? value
                    : null)
            { Sender = sender }
            : default;
}
