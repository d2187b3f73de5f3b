namespace SpeechEmotion.Server.Storage.Programs;

/// <summary>What a program of the installation does.</summary>
public enum ProgramKind
{
    /// <summary>It answers requests, and processes recordings.</summary>
    Server,

    /// <summary>It only processes recordings.</summary>
    Worker,
}
