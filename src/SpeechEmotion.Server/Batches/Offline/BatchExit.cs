using SpeechEmotion.Errors;

namespace SpeechEmotion.Server.Batches.Offline;

/// <summary>The exit codes of <c>ser batch</c>: those of <c>ser recognize</c>.</summary>
internal static class BatchExit
{
    /// <summary>Every recording was recognized.</summary>
    public const int Success = 0;

    /// <summary>Some recording could not be recognized, or the batch could not go on.</summary>
    public const int SomeFailed = 1;

    /// <summary>There is no usable model.</summary>
    public const int ModelTrouble = 3;

    /// <summary>Stopped by a signal.</summary>
    public const int Interrupted = 130;

    /// <summary>The exit code for an error that ends the batch.</summary>
    public static int Of(SpeechEmotionException error) =>
        error is ModelException or CheckpointException ? ModelTrouble : SomeFailed;
}
