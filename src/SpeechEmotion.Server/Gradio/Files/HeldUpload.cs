using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Gradio.Files;

/// <summary>An upload that a Gradio client may name any number of times.</summary>
internal sealed class HeldUpload(UploadedRecording recording)
{
    public UploadedRecording Recording { get; } = recording;

    /// <summary>When it was last uploaded, named or read.</summary>
    public DateTimeOffset LastUsed { get; set; }

    /// <summary>Recognitions that need it; while there are any, it stays.</summary>
    public int Users { get; set; }
}
