using SpeechEmotion.Errors;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>The errors of batches, each with its code and its English and Chinese text.</summary>
internal static class BatchErrors
{
    private const string SourceLostCode = "batch.source_lost";
    private const string OtherModelCode = "batch.other_model";
    private const string NoModelCode = "batch.no_model";

    public static RequestException OtherOptions(string output) => new(
        409, "batch.other_options",
        $"{output} has a batch with other options. Use the same options, choose another folder with --output, "
            + "or discard that batch with --restart.",
        $"{output} 中已有选项不同的批次。请使用相同选项，用 --output 指定其他目录，或用 --restart 放弃原批次。");

    public static RequestException OtherModel(string output, string before, string now) => new(
        409, OtherModelCode,
        $"The batch in {output} was begun with the model {before}, but the model is now {now}. Give that model with --model, "
            + "choose another folder with --output, or discard the batch with --restart.",
        $"{output} 中的批次由模型 {before} 开始处理，而当前模型为 {now}。请用 --model 指定原模型，用 --output 指定其他目录，或用 --restart 放弃原批次。");

    /// <summary>Reports that the server has another model than the one that began a batch.</summary>
    public static RequestException ModelChanged(string before, string now) => new(
        409, OtherModelCode,
        $"The batch was begun with the model {before}, but the server now has {now}. Restore that model or its precision and resume "
            + "the batch, or create a new batch: results of two models are not mixed.",
        $"该批次由模型 {before} 开始处理，而服务现在的模型为 {now}。请恢复原模型或精度后继续该批次，或新建批次：同一批次不混合两个模型的结果。");

    /// <summary>Reports that the model of a batch cannot be loaded.</summary>
    public static RequestException NoModel(SpeechEmotionException cause) => new(
        503, NoModelCode, $"The model of the batch cannot be loaded: {cause.Message} Then resume the batch.",
        $"无法加载该批次的模型：{cause.MessageZh}之后继续该批次。", cause);

    public static RequestException SourceLost(string name) => new(
        503, SourceLostCode,
        $"The folder of '{name}' has disappeared, as a network drive does when its connection is lost. "
            + "Make it available again, then resume the batch.",
        $"“{name}”所在的文件夹已不可用，例如网络驱动器断开。请恢复后继续该批次。");

    /// <summary>Whether an error pauses the batch instead of failing the recording: it is not the fault of the recording.</summary>
    public static bool Pauses(Exception error) => error is RequestException { Code: SourceLostCode or OtherModelCode or NoModelCode };

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
