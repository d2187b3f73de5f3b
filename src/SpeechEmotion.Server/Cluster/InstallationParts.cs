using SpeechEmotion.Server.Broker;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Cluster;

/// <summary>Reports which parts of the installation can be used from this program.</summary>
internal sealed class InstallationParts(
    HistoryDatabase database, HistoryCheck history, IFileStore files, FilesCheck filesCheck, MessageBroker broker)
{
    /// <summary>Checks the database, and returns what is known about the others; an installation without broker has two parts.</summary>
    public async Task<IReadOnlyList<InstallationPart>> CheckAsync()
    {
        List<InstallationPart> parts =
        [
            new(PartKind.Database, database.IsShared ? "postgresql" : "sqlite", await history.RunAsync()),
            new(PartKind.Files, files.IsElsewhere ? "bucket" : "folder", filesCheck.Failure),
        ];
        if (broker.IsGiven)
            parts.Add(new(PartKind.Broker, "rabbitmq", broker.Failure));
        return parts;
    }
}
