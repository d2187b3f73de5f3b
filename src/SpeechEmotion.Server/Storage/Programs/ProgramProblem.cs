using SpeechEmotion.Errors;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Storage.Programs;

/// <summary>Why a server or worker processes less than it should.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Message">The English text.</param>
/// <param name="MessageZh">The same text in Chinese.</param>
/// <param name="Batch">The batch that it leaves to others; null if the problem concerns all work.</param>
public sealed record ProgramProblem(string Code, string Message, string MessageZh, int? Batch = null)
{
    internal static ProgramProblem Of(SpeechEmotionException failure, int? batch = null) =>
        new(failure.Code, failure.TextIn("en"), failure.TextIn("zh"), batch);
}
