using SpeechEmotion.Errors;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>The errors of batches, each with its code and its English and Chinese text.</summary>
internal static class BatchErrors
{
    /// <summary>The code of <see cref="SourceLost"/>, which pauses a batch instead of failing its recordings.</summary>
    public const string SourceLostCode = "batch.source_lost";

    public static RequestException WorkerCrashed() => new(
        500, "worker.crashed",
        "The program crashed three times while it processed this recording, so it was skipped. "
            + "Convert the recording to WAV, then retry it.",
        "程序在处理该录音时连续三次崩溃，因此已跳过。请将录音转换为 WAV 后重试。");

    public static RequestException OtherOptions(string output) => new(
        409, "batch.other_options",
        $"{output} has a batch with other options. Use the same options, choose another folder with --output, "
            + "or discard that batch with --restart.",
        $"{output} 中已有选项不同的批次。请使用相同选项，用 --output 指定其他目录，或用 --restart 放弃原批次。");

    public static RequestException OtherModel(string output, string before, string now) => new(
        409, "batch.other_model",
        $"The batch in {output} was begun with the model {before}, but the model is now {now}. Give that model with --model, "
            + "choose another folder with --output, or discard the batch with --restart.",
        $"{output} 中的批次由模型 {before} 开始处理，而当前模型为 {now}。请用 --model 指定原模型，用 --output 指定其他目录，或用 --restart 放弃原批次。");

    public static RequestException SourceLost(string name) => new(
        503, SourceLostCode,
        $"The folder of '{name}' has disappeared, as a network drive does when its connection is lost. "
            + "Make it available again, then resume the batch.",
        $"“{name}”所在的文件夹已不可用，例如网络驱动器断开。请恢复后继续该批次。");

    /// <summary>The outcome of an item with an error.</summary>
    public static BatchOutcomeEntry OutcomeOf(int batch, int item, SpeechEmotionException error, long now) => new()
    {
        BatchId = batch,
        Number = item,
        Succeeded = false,
        Code = error.Code,
        Message = error.Message,
        MessageZh = error.MessageZh,
        Completed = now,
    };
}
