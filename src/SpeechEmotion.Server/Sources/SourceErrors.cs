using System.Globalization;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Server.Sources;

/// <summary>The errors of sources, each with its code and its English and Chinese text.</summary>
internal static class SourceErrors
{
    public static SourceException NotFound(string source) => new(
        "source.not_found",
        $"'{source}' does not exist. Check the path; quote a name with spaces.",
        $"“{source}”不存在。请检查路径；含空格的名称请加引号。");

    public static SourceException OutsideRoot(string path) => new(
        "source.outside_root",
        $"'{Shown(path)}' is outside the folder that the server reads (--batch-root). Move it there, or send the recordings themselves.",
        $"“{Shown(path)}”不在服务器可读取的目录（--batch-root）内。请将其移入该目录，或直接上传录音。");

    public static SourceException NotReadable(string source, Exception inner) => new(
        "source.not_readable",
        $"'{source}' cannot be read: {Sentence.End(inner.Message)} Check that you have permission to read it and that its disk works.",
        $"无法读取“{source}”：{Sentence.End(inner.Message)} 请检查读取权限和磁盘。",
        inner);

    public static SourceException Manifest(string manifest, string why, string whyZh) => new(
        "source.manifest",
        $"'{manifest}' is not a list of recordings: {why}. Begin a CSV or TSV file with a row of column names, one of them path or url.",
        $"“{manifest}”不是录音清单：{whyZh}。CSV 或 TSV 文件的首行应为列名，其中一列为 path 或 url。");

    public static SourceException Row(string manifest, long line, string why, string whyZh, Exception? inner = null) => new(
        "source.row",
        $"'{manifest}', line {Number(line)}: {why}. Correct this row.",
        $"“{manifest}”第 {Number(line)} 行：{whyZh}。请改正该行。",
        inner);

    public static SourceException Pipe(string manifest, long line) => new(
        "source.pipe",
        $"'{manifest}', line {Number(line)} is a command, and commands of a list are never executed. "
        + "Run it yourself, and list the file that it writes.",
        $"“{manifest}”第 {Number(line)} 行是一条命令，清单中的命令不会被执行。请自行运行，并列出其输出文件。");

    public static SourceException Offset(string manifest, long line) => new(
        "source.offset",
        $"'{manifest}', line {Number(line)} is an offset in a Kaldi archive, which is not read. "
        + "Extract the recordings, and list their files.",
        $"“{manifest}”第 {Number(line)} 行是 Kaldi 归档中的偏移，无法读取。请先导出录音，再列出文件。");

    public static SourceException Url(string manifest, long line, string address) => new(
        "source.url",
        $"'{manifest}', line {Number(line)}: {Shown(address)} is not an address that begins with http:// or https://. "
        + "Download the recording, and list its file.",
        $"“{manifest}”第 {Number(line)} 行：{Shown(address)} 不是以 http:// 或 https:// 开头的地址。请下载该录音，再列出文件。");

    public static SourceException UrlNotAllowed(string manifest, long line, string address) => new(
        "source.url_not_allowed",
        $"'{manifest}', line {Number(line)}: {Shown(address)} is on the network, and nothing is downloaded. "
        + "Download the recording, and list its file.",
        $"“{manifest}”第 {Number(line)} 行：{Shown(address)} 在网络上，不会自动下载。请自行下载，再列出文件。");

    public static SourceException NotTar(string archive) => new(
        "source.not_tar",
        $"'{archive}' is compressed, but it is not a tar archive. Decompress it first.",
        $"“{archive}”是压缩文件，但不是 tar 归档。请先解压。");

    public static SourceException ArchiveDamaged(string archive, Exception inner) => new(
        "source.archive_damaged",
        $"The archive '{archive}' is damaged or incomplete: {Sentence.End(inner.Message)} "
        + "Recordings before the damage were taken. Copy or pack the archive again.",
        $"归档“{archive}”已损坏或不完整：{Sentence.End(inner.Message)} 损坏处之前的录音已读取。请重新复制或打包。",
        inner);

    public static SourceException ArchiveBomb(string archive) => new(
        "source.archive_bomb",
        $"The archive '{archive}' expands more than a thousandfold, as only attacks on a disk do. Pack the recordings again.",
        $"归档“{archive}”膨胀超过一千倍，只有针对磁盘的攻击才会如此。请重新打包录音。");

    public static SourceException TooManyEntries(string archive, long limit) => new(
        "source.too_many_entries",
        $"The archive '{archive}' has more than {Number(limit)} entries. Split it.",
        $"归档“{archive}”的条目超过 {Number(limit)} 个。请拆分。");

    public static SourceException EntryDamaged(string name, string why, string whyZh, Exception? inner = null) => new(
        "source.entry_damaged",
        $"'{name}' cannot be extracted: {why}. Pack the archive again.",
        $"无法解出“{name}”：{whyZh}。请重新打包。",
        inner);

    public static SourceException EntryBomb(string name) => new(
        "source.archive_bomb",
        $"'{name}' expands more than a thousandfold, as only attacks on a disk do, and was not extracted. Pack the recording by itself.",
        $"“{name}”膨胀超过一千倍，只有针对磁盘的攻击才会如此，未解出。请单独打包该录音。");

    public static SourceException TooLarge(string name, long limit) => new(
        "source.too_large",
        $"'{name}' is larger than the limit of {Megabytes(limit)} MB. Cut it, or compress it.",
        $"“{name}”超过大小上限 {Megabytes(limit)} MB。请切分或压缩。");

    public static SourceException Encrypted(string name) => new(
        "source.encrypted",
        $"'{name}' is encrypted. Extract the archive with its password, and use the folder.",
        $"“{name}”已加密。请用密码解压归档，再使用该文件夹。");

    public static SourceException Compression(string name, int method) => new(
        "source.compression",
        $"'{name}' is compressed with method {Number(method)}, which is not supported. Extract the archive, and use the folder.",
        $"“{name}”使用不支持的压缩方法 {Number(method)}。请解压归档，再使用该文件夹。");

    public static SourceException MetadataTooLarge(string path, string limit, string limitZh) => new(
        "source.metadata_too_large",
        $"'{path}' is larger than {limit}. Write the columns into the manifest itself, or split the batch.",
        $"“{path}”超过 {limitZh}。请将这些列写入清单本身，或拆分任务。");

    private static string Shown(string address) => address.Length <= 200 ? address : $"{address.AsSpan(0, 200)}…";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.#", CultureInfo.InvariantCulture);
}
