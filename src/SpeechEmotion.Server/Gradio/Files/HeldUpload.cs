using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Gradio.Files;

/// <summary>An upload that a Gradio client may use in any number of calls.</summary>
internal sealed class HeldUpload(UploadedRecording recording)
{
    public UploadedRecording Recording { get; } = recording;

    /// <summary>The time of the upload or of the last use.</summary>
    public DateTimeOffset LastUsed { get; set; }

    /// <summary>The number of recognitions that need the upload; it stays until there are none.</summary>
    public int Users { get; set; }
}
