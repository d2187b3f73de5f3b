using Shouldly;
using SpeechEmotion.Server.Cluster;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Programs;
using Xunit;

namespace SpeechEmotion.Server.Tests.Cluster;

public sealed class StandstillCauseTests
{
    private static readonly WorkDepth None = new(0, 0, TimeSpan.Zero, TimeSpan.Zero);
    private static readonly WorkDepth Stalled = new(3, 0, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2));
    private static readonly ProgramStatus Able = new() { Model = "compact", Batches = true };

    [Fact]
    public void Find_NothingWaitsOrSomeRunsOrItBeganJustNow_IsNull()
    {
        Find([], None).ShouldBeNull();
        Find([], Stalled with { Running = 1 }).ShouldBeNull();
        Find([], Stalled with { Idle = TimeSpan.FromSeconds(5) }).ShouldBeNull();
    }

    [Fact]
    public void Find_NoProgramForBatches_SaysSo()
    {
        var (silent, leaves) = (Program(ProgramState.Silent, Able), Program(ProgramState.Working, Able with { Batches = false }));

        Find([], Stalled).ShouldBe("cluster.no_program");
        Find([silent, leaves], Stalled).ShouldBe("cluster.no_program");
        // A server that leaves batches to others still processes recognitions.
        Find([silent, leaves], None, Stalled).ShouldBe("cluster.stalled");
    }

    [Fact]
    public void Find_AllDrained_SaysSo() =>
        Find([Program(ProgramState.Drained, Able), Program(ProgramState.Draining, Able)], Stalled).ShouldBe("cluster.all_drained");

    [Fact]
    public void Find_AllHaveProblems_NamesTheFirst()
    {
        var problem = Able with { Problems = [new("model.not_found", "No model.", "没有模型。", 7)] };

        Find([Program(ProgramState.Working, problem), Program(ProgramState.Drained, Able)], Stalled).ShouldBe("model.not_found");
        Find([Program(ProgramState.Working, problem), Program(ProgramState.Working, Able)], Stalled).ShouldBe("cluster.stalled");
        // A batch that cannot be processed does not explain recognitions that wait; a missing broker explains nothing.
        Find([Program(ProgramState.Working, problem)], None, Stalled).ShouldBe("cluster.stalled");
        var broker = Able with { Problems = [new("broker.unreachable", "No broker.", "没有消息队列。")] };
        Find([Program(ProgramState.Working, broker)], Stalled).ShouldBe("cluster.stalled");
    }

    [Fact]
    public void Find_NoModelLoaded_SaysSo() =>
        Find([Program(ProgramState.Working, Able with { Model = null })], Stalled).ShouldBe("cluster.no_model");

    [Fact]
    public void Find_FilesMissing_NamesThem()
    {
        var files = new InstallationPart(PartKind.Files, "folder", RequestErrors.NoModel("x"));
        var broker = new InstallationPart(PartKind.Broker, "rabbitmq", RequestErrors.Crashed());

        StandstillCause.Find([broker, files], [Program(ProgramState.Working, Able)], None, Stalled)!.Code.ShouldBe("model.not_found");
        StandstillCause.Find([broker], [Program(ProgramState.Working, Able)], None, Stalled)!.Code.ShouldBe("cluster.stalled");
    }

    [Fact]
    public void Find_ProgramOfAnOlderVersion_CountsAsAble() =>
        Find([Program(ProgramState.Working, null)], Stalled).ShouldBe("cluster.stalled");

    private static string? Find(KnownProgram[] programs, WorkDepth chunks, WorkDepth? recognitions = null) =>
        StandstillCause.Find([], programs, recognitions ?? None, chunks)?.Code;

    private static KnownProgram Program(ProgramState state, ProgramStatus? status)
    {
        var entry = new ProgramEntry
        {
            Name = "a",
            Kind = ProgramKind.Worker,
            Host = "host",
            Version = "1",
            Started = 0,
            LeasedUntil = 0,
        };
        return new(entry, status, state, TimeSpan.Zero);
    }
}
