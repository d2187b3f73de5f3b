using System.Diagnostics.CodeAnalysis;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Server.Http;

/// <summary>The reason why there is no result.</summary>
/// <param name="Code">Stable code for programs.</param>
/// <param name="Message">Text for people, in the requested language.</param>
public sealed record ErrorResource(string Code, string Message)
{
    [return: NotNullIfNotNull(nameof(error))]
    internal static ErrorResource? Of(SpeechEmotionException? error, string language) =>
        error is null ? null : new(error.Code, error.TextIn(language));
}
