namespace SpeechEmotion.Server.Uploads;

/// <summary>A recording that was uploaded and lies on the disk.</summary>
/// <param name="Path">Where; a name of our own, never one from outside.</param>
/// <param name="Name">What its sender calls it, without folders; only ever shown.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Temporary">Deleted as soon as it was recognised; otherwise its age decides.</param>
public sealed record UploadedRecording(string Path, string Name, long Size, bool Temporary)
{
    /// <summary>Removes it where it is temporary.</summary>
    public void Release()
    {
        if (Temporary)
            File.Delete(Path);
    }
}
