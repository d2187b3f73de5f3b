namespace SpeechEmotion.Server.Cluster;

/// <summary>What an installation consists of besides its programs.</summary>
public enum PartKind
{
    /// <summary>The database.</summary>
    Database,

    /// <summary>The place of results and recordings.</summary>
    Files,

    /// <summary>The broker.</summary>
    Broker,
}
