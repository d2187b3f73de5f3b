namespace SpeechEmotion.Server.Storage;

/// <summary>
/// The row that connects a shared database with its folder of files: a server or worker with other files would not find the recordings.
/// </summary>
public sealed class Installation
{
    /// <summary>Always 1: there is one row.</summary>
    public int Id { get; set; } = 1;

    /// <summary>A random name, which the folder has as well.</summary>
    public required string Name { get; set; }

    /// <summary>Time of the creation in milliseconds since 1970.</summary>
    public required long Created { get; set; }
}
