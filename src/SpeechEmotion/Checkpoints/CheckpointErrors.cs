using SpeechEmotion.Errors;

namespace SpeechEmotion.Checkpoints;

/// <summary>The errors of reading a checkpoint: one code each, in both languages, always with the file and the remedy.</summary>
internal static class CheckpointErrors
{
    public static CheckpointException NotFound(string path, string what, string whatZh) => new(
        "checkpoint.not_found",
        $"{path}: {what} does not exist. Check the path, or download the model folder again.",
        $"{path}：找不到{whatZh}。请检查路径，或重新下载模型文件夹。");

    public static CheckpointException Unreadable(string path, Exception inner) => new(
        "checkpoint.unreadable",
        $"{path}: cannot be opened: {Sentence.End(inner.Message)} Check the permissions of the file.",
        $"{path}：无法打开（{inner.Message}）。请检查文件权限。",
        inner);

    public static CheckpointException NotACheckpoint(string path, string what, string whatZh) => new(
        "checkpoint.not_a_checkpoint",
        $"{path}: this is not a PyTorch checkpoint: {what}.",
        $"{path}：这不是 PyTorch 检查点：{whatZh}。");

    public static CheckpointException Damaged(string path, string what, string whatZh, Exception? inner = null) => new(
        "checkpoint.damaged",
        $"{path}: the checkpoint is damaged: {what}. Download it again and compare its size or hash with the source.",
        $"{path}：检查点已损坏：{whatZh}。请重新下载，并与来源核对文件大小或哈希值。",
        inner);

    public static CheckpointException DamagedAt(string path, long offset, string what, string whatZh) =>
        Damaged(path, $"{what} (at byte {offset})", $"{whatZh}（位于第 {offset} 字节）");

    public static CheckpointException Unsupported(string path, string what, string whatZh) => new(
        "checkpoint.unsupported",
        $"{path}: {what}. This model cannot be used; use a released emotion2vec model.",
        $"{path}：{whatZh}。无法使用该模型，请换用已发布的 emotion2vec 模型。");

    public static CheckpointException BadConfig(string path, string what, string whatZh, Exception? inner = null) => new(
        "checkpoint.bad_config",
        $"{path}: {what}. Restore the file from the source of the model.",
        $"{path}：{whatZh}。请从模型来源恢复该文件。",
        inner);

    public static CheckpointException BadTokens(string path, string what, string whatZh, Exception? inner = null) => new(
        "checkpoint.bad_tokens",
        $"{path}: {what}. Restore the token list from the source of the model.",
        $"{path}：{whatZh}。请从模型来源恢复词表文件。",
        inner);

    public static CheckpointException MissingTensor(string path, string name) => new(
        "checkpoint.missing_tensor",
        $"{path}: the tensor {name} is missing. Download model.pt and config.yaml again from the same model.",
        $"{path}：缺少张量 {name}。请从同一个模型重新下载 model.pt 和 config.yaml。");

    public static CheckpointException MisshapenTensor(
        string path, string name, ReadOnlySpan<long> found, ReadOnlySpan<long> expected)
    {
        var (actual, wanted) = (Shape(found), Shape(expected));
        return new(
            "checkpoint.misshapen_tensor",
            $"{path}: the tensor {name} has the shape {actual}, but config.yaml and the token list require {wanted}. " +
            "Download model.pt, config.yaml and tokens.txt again from the same model.",
            $"{path}：张量 {name} 的形状为 {actual}，而 config.yaml 与词表要求 {wanted}。" +
            "请从同一个模型重新下载 model.pt、config.yaml 和 tokens.txt。");
    }

    private static string Shape(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray())}]";
}
