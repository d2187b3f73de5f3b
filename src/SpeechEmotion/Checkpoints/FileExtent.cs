namespace SpeechEmotion.Checkpoints;

/// <summary>A range of bytes in a file.</summary>
internal readonly record struct FileExtent(long Start, long Length);
