using System.Globalization;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Exports;

/// <summary>The errors of exports, each with its code and its English and Chinese text.</summary>
internal static class ExportErrors
{
    /// <summary>There is no such batch.</summary>
    public static RequestException NotFound(int batch) => new(
        404, "batch.not_found",
        string.Create(CultureInfo.InvariantCulture, $"There is no batch {batch}. List the batches, and use the id of one of them."),
        string.Create(CultureInfo.InvariantCulture, $"没有编号为 {batch} 的批次。请查看批次列表，并使用其中的编号。"));

    /// <summary>What the database holds of the batch itself is not what the product wrote.</summary>
    public static RequestException DamagedBatch(string name, Exception cause) => new(
        500, "batch.damaged",
        $"The options or columns of the batch {name} cannot be read: the database is damaged. Create the batch again.",
        $"无法读取批次 {name} 的选项或列：数据库已损坏。请重新创建该批次。", cause);

    /// <summary>The stored result of one recording is not what the product wrote.</summary>
    public static RequestException DamagedResult(string file, Exception? cause = null) => new(
        500, "batch.damaged",
        $"The stored result of {file} cannot be read: the database is damaged. Create the batch again.",
        $"无法读取 {file} 的已存结果：数据库已损坏。请重新创建该批次。", cause);
}
