namespace SpeechEmotion.Client.Options;

/// <summary>A recording on this machine that belongs to a batch, or an archive (zip, tar, tar.gz, tar.zst) of recordings.</summary>
/// <param name="Path">The path of the file.</param>
/// <param name="Name">The name of the recording in the batch, for example <c>calls/a.wav</c>.</param>
public sealed record BatchRecording(string Path, string Name);
