using SpeechEmotion.Server.Storage.Programs;

namespace SpeechEmotion.Server.Cluster;

/// <summary>Why a server or worker processes less than it should.</summary>
/// <param name="Code">Stable code for programs.</param>
/// <param name="Message">Text for people, in the requested language.</param>
/// <param name="Batch">Number of the batch that it leaves to others; null if the problem concerns all work.</param>
public sealed record ProblemResource(string Code, string Message, int? Batch)
{
    internal static ProblemResource Of(ProgramProblem problem, string language) =>
        new(problem.Code, language == "zh" ? problem.MessageZh : problem.Message, problem.Batch);
}
