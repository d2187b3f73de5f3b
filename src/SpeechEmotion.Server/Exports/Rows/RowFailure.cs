namespace SpeechEmotion.Server.Exports.Rows;

/// <summary>Why a recording has no result.</summary>
/// <param name="Code">The stable code of the error.</param>
/// <param name="Message">What is wrong and what to do, in English.</param>
/// <param name="MessageZh">The same text in Chinese.</param>
internal sealed record RowFailure(string Code, string Message, string MessageZh)
{
    /// <summary>The message in the requested language: <c>zh</c> (or any tag that begins so), otherwise English.</summary>
    public string MessageIn(string language) =>
        language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? MessageZh : Message;
}
