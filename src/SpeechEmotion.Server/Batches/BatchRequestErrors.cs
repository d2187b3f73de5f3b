using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Sources;

namespace SpeechEmotion.Server.Batches;

/// <summary>The errors that refuse requests of batches, each with its code and both texts.</summary>
internal static class BatchRequestErrors
{
    public static RequestException NotFound(string id) => new(
        404, "batch.not_found", $"There is no batch {RequestErrors.Shown(id)}. It may have been deleted.",
        $"没有批次 {RequestErrors.Shown(id)}，可能已被删除。");

    public static RequestException NoItem(string number) => new(
        404, "batch.no_item", $"The batch has no recording {RequestErrors.Shown(number)}.", $"该批次没有录音 {RequestErrors.Shown(number)}。");

    public static RequestException NoAudio(string name) => new(
        404, "batch.no_audio", $"The file of '{name}' is no longer available.", $"“{name}”的文件已不可用。");

    public static RequestException NotOpen(int id) => new(
        409, "batch.not_open", $"Batch {id} accepts no more recordings. Create another batch; with open=true it accepts recordings later.",
        $"批次 {id} 不再接收录音。请新建批次；open=true 的批次可继续添加。");

    public static RequestException NothingFailed(int id) => new(
        409, "batch.nothing_failed", $"Batch {id} has no such failed recording that can be retried.", $"批次 {id} 没有可重试的失败录音。");

    public static RequestException Empty() => new(
        400, "batch.empty",
        "The request contains no recordings. Send them as parts `file`, a list as `manifest`, or name a folder; "
            + "or create an open batch with open=true.",
        "请求中没有录音。请以 file 部分发送录音，以 manifest 发送清单，或指定 folder；也可用 open=true 创建开放批次。");

    public static RequestException NoRoot() => new(
        403, "batch.no_root", "This server reads no folders. Send the recordings, or start the server with --batch-root FOLDER.",
        "该服务不读取本机目录。请上传录音，或用 --batch-root 目录 启动服务。");

    public static RequestException ListFormat(string name, IEnumerable<string> known) => new(
        400, "batch.list_format",
        $"The list '{RequestErrors.Shown(name)}' is of no known kind. Its name must end with one of: {string.Join(", ", known)}.",
        $"无法识别清单“{RequestErrors.Shown(name)}”的类型。文件扩展名应为：{string.Join("、", known)}。");

    /// <summary>Refuses a part of a form that has no meaning.</summary>
    /// <param name="part">Name of the part.</param>
    /// <param name="fields">Names of the known fields; empty for a form that adds recordings.</param>
    public static RequestException UnknownPart(string part, IReadOnlyList<string> fields)
    {
        string[] known = fields.Count > 0 ? ["file", BatchUploads.Manifest, BatchUploads.Metadata, .. fields] : ["file"];
        return new(
            400, "batch.unknown_part",
            $"The form has an unknown part {RequestErrors.Shown(part)}. The known parts are: {string.Join(", ", known)}.",
            $"表单中有未知的部分 {RequestErrors.Shown(part)}。可用的部分：{string.Join("、", known)}。");
    }

    /// <summary>Reports why a source of a request is refused.</summary>
    public static RequestException Refused(SourceException error) => new(
        error.Code == "source.not_found" ? 404 : 400, error.Code, error.Message, error.MessageZh, error);
}
