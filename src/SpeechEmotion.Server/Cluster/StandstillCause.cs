using SpeechEmotion.Errors;
using SpeechEmotion.Server.Broker;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Programs;

namespace SpeechEmotion.Server.Cluster;

/// <summary>Finds out why the queue does not move.</summary>
internal static class StandstillCause
{
    /// <summary>Work that has waited for less will begin by itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Returns the most probable cause; null if no work waits, or some was taken recently.</summary>
    public static SpeechEmotionException? Find(
        IReadOnlyList<InstallationPart> parts, IReadOnlyList<KnownProgram> programs, WorkDepth recognitions, WorkDepth chunks)
    {
        var (recognitionsStand, chunksStand) = (Stands(recognitions), Stands(chunks));
        if (!recognitionsStand && !chunksStand)
            return null;
        // Without the broker, work goes on.
        if (parts.FirstOrDefault(part => part.Kind != PartKind.Broker && part.Failure is not null) is { } missing)
            return missing.Failure;
        var living = programs.Where(program => program.State != ProgramState.Silent).ToList();
        // Programs of an older version report nothing, but process.
        var able = recognitionsStand ? living : [.. living.Where(program => program.Status?.Batches != false)];
        if (able.Count == 0)
            return ClusterErrors.NoProgram();
        var active = able.Where(program => program.State == ProgramState.Working).ToList();
        if (active.Count == 0)
            return ClusterErrors.AllDrained();
        var problems = active.Select(program => ProblemOf(program, recognitionsStand)).ToList();
        if (problems.TrueForAll(problem => problem is not null))
            return ClusterErrors.AllTroubled(problems[0]!);
        if (active.All(program => program.Status is { Model: null }))
            return ClusterErrors.NoModel();
        return ClusterErrors.Unexplained();
    }

    /// <summary>Why a program does not process the work; null if it could. Without the broker it could.</summary>
    private static ProgramProblem? ProblemOf(KnownProgram program, bool isOfRecognitions) => program.Status?.Problems.FirstOrDefault(
        problem => !problem.Code.StartsWith(BrokerErrors.Prefix, StringComparison.Ordinal)
            && (problem.Batch is null || !isOfRecognitions));

    private static bool Stands(WorkDepth depth) => depth is { Waiting: > 0, Running: 0 } && depth.Idle >= Patience;
}
