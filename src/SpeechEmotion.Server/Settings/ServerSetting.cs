using System.CommandLine;
using System.CommandLine.Parsing;

namespace SpeechEmotion.Server.Settings;

/// <summary>One setting of <see cref="ServerOptions"/> as people write it.</summary>
/// <param name="Key">The name of the property.</param>
/// <param name="Kind">The kind of its values.</param>
/// <param name="Help">The text for <c>--help</c>, in both languages.</param>
internal sealed record ServerSetting(string Key, SettingKind Kind, string Help)
{
    /// <summary>The flag on the command line, for example <c>--max-upload</c>.</summary>
    public string Flag { get; } = "--" + Dashed(Key);

    /// <summary>The environment variable, for example <c>SER_MAX_UPLOAD</c>.</summary>
    public string Variable { get; } = "SER_" + Dashed(Key).Replace('-', '_').ToUpperInvariant();

    /// <summary>All settings, in the order of the help text.</summary>
    public static IReadOnlyList<ServerSetting> All { get; } =
    [
        new(nameof(ServerOptions.Host), SettingKind.Value, "Address to listen on (localhost) / 监听地址"),
        new(nameof(ServerOptions.Port), SettingKind.Value, "Port (7860) / 端口"),
        new(nameof(ServerOptions.Output), SettingKind.Value, "Folder of the results (outputs) / 结果目录"),
        new(
            nameof(ServerOptions.Database), SettingKind.Value,
            "PostgreSQL that servers and workers share: postgresql://user:password@host/database (SQLite) / 服务和工作进程共用的 PostgreSQL"),
        new(
            nameof(ServerOptions.Files), SettingKind.Value,
            "Folder or bucket (s3://bucket/prefix) that servers and workers share (the output folder) / 服务和工作进程共用的文件夹或存储桶"),
        new(
            nameof(ServerOptions.Broker), SettingKind.Value,
            "RabbitMQ that wakes workers: amqp://user:password@host/virtual-host (the database) / 唤醒工作进程的 RabbitMQ"),
        new(nameof(ServerOptions.NoBatches), SettingKind.Switch, "Leave batches to workers / 批次全部交给工作进程"),
        new(nameof(ServerOptions.Model), SettingKind.Value, "Name of the model / 模型名称"),
        new(nameof(ServerOptions.ModelDir), SettingKind.Value, "A FunASR model folder / FunASR 模型文件夹"),
        new(nameof(ServerOptions.Precision), SettingKind.Value, "fp32 (default), int8, or auto: int8 if it is certified / 计算精度"),
        new(nameof(ServerOptions.Device), SettingKind.Value, "cpu (default), cuda, or auto: cuda if it is available / 计算设备"),
        new(nameof(ServerOptions.Workers), SettingKind.Value, "Parallel recognitions (one per core, plus one) / 同时识别数"),
        new(nameof(ServerOptions.Queue), SettingKind.Value, "Recognitions that may wait (128) / 队列长度"),
        new(nameof(ServerOptions.MaxUpload), SettingKind.Value, "Largest upload in MB (200) / 上传上限 MB"),
        new(nameof(ServerOptions.MaxHours), SettingKind.Value, "Longest recording in hours (8) / 最长录音（小时）"),
        new(nameof(ServerOptions.LiveStreams), SettingKind.Value, "Simultaneous live streams (64) / 同时实时识别路数"),
        new(nameof(ServerOptions.LiveHours), SettingKind.Value, "Longest live stream in hours (8) / 最长实时识别（小时）"),
        new(nameof(ServerOptions.MemoryLimit), SettingKind.Value, "Memory of running inferences in MB (half of RAM) / 推理内存上限 MB"),
        new(
            nameof(ServerOptions.DiskLimit), SettingKind.Value,
            "Disk for uploads and results in MB (existing results plus 90 % of the free space) / 上传与结果的磁盘上限 MB"),
        new(nameof(ServerOptions.BatchRoot), SettingKind.Value, "Folder whose recordings clients may process as a batch / 可批量识别的目录"),
        new(nameof(ServerOptions.Auth), SettingKind.List, "user:password for the page and Gradio clients / 网页与 Gradio 登录"),
        new(nameof(ServerOptions.ApiKey), SettingKind.List, "Key for REST clients / REST 密钥"),
        new(nameof(ServerOptions.RateLimit), SettingKind.Value, "Requests per minute for each key or address (no limit) / 每分钟请求上限"),
        new(nameof(ServerOptions.MaxConnections), SettingKind.Value, "Requests open at the same time (1024) / 同时打开的请求上限"),
        new(
            nameof(ServerOptions.MaxConnectionsPerAddress), SettingKind.Value,
            "Of these, requests without a login from one address (256) / 其中每个地址未登录的上限"),
        new(nameof(ServerOptions.AllowUrlInput), SettingKind.Switch, "Let clients give recordings as URLs / 允许 URL 输入"),
        new(nameof(ServerOptions.Https), SettingKind.Switch, "HTTPS with a self-signed certificate / 使用自签名证书启用 HTTPS"),
        new(nameof(ServerOptions.Cert), SettingKind.Value, "HTTPS with this certificate (PFX or PEM) / HTTPS 证书"),
        new(nameof(ServerOptions.CertPassword), SettingKind.Value, "Its password / 证书密码"),
        new(nameof(ServerOptions.AllowHost), SettingKind.List, "Additional host name of this server / 允许的主机名"),
        new(nameof(ServerOptions.BasePath), SettingKind.Value, "Path prefix of the server behind a reverse proxy / 反向代理的路径前缀"),
        new(nameof(ServerOptions.AllowOrigin), SettingKind.List, "Another site's page that may use a login / 允许使用登录状态的其他网站"),
        new(nameof(ServerOptions.TrustedProxy), SettingKind.List, "Address of a reverse proxy to trust / 可信反向代理地址"),
        new(nameof(ServerOptions.WebhookSecret), SettingKind.Value, "Key that signs webhooks (no webhooks) / 回调通知的签名密钥"),
        new(nameof(ServerOptions.WebhookHost), SettingKind.List, "Host on a private network that may receive webhooks / 允许接收回调通知的内网主机"),
    ];

    /// <summary>The settings of workers.</summary>
    public static IReadOnlyList<ServerSetting> OfWorkers { get; } = [.. All.Where(setting => setting.Key
        is nameof(ServerOptions.Database) or nameof(ServerOptions.Files) or nameof(ServerOptions.Broker) or nameof(ServerOptions.Model)
        or nameof(ServerOptions.ModelDir) or nameof(ServerOptions.Precision) or nameof(ServerOptions.Device)
        or nameof(ServerOptions.MaxUpload) or nameof(ServerOptions.MemoryLimit))];

    /// <summary>The settings of <c>ser migrate</c>.</summary>
    public static IReadOnlyList<ServerSetting> OfMigration { get; } =
        [.. All.Where(setting => setting.Key is nameof(ServerOptions.Database) or nameof(ServerOptions.Output)
            or nameof(ServerOptions.Files))];

    /// <summary>The settings of <c>ser doctor</c>.</summary>
    public static IReadOnlyList<ServerSetting> OfDoctor { get; } = [.. All.Where(setting => setting.Key
        is nameof(ServerOptions.Database) or nameof(ServerOptions.Files) or nameof(ServerOptions.Broker))];

    /// <summary>The command line with all settings.</summary>
    public static RootCommand Command { get; } =
        CreateCommand("ser serve: web page, REST and Gradio-compatible API / 网页、REST 与 Gradio 兼容接口", All);

    /// <summary>The command line with the settings of workers.</summary>
    public static RootCommand WorkerCommand { get; } =
        CreateCommand("ser worker: processes the batches of servers that share a database / 处理共用数据库的服务的批次", OfWorkers);

    /// <summary>Reads the command line and the environment into configuration values; the command line wins.</summary>
    public static Dictionary<string, string?> Read(
        ParseResult parsed, Func<string, string?> environment, IReadOnlyList<ServerSetting>? settings = null)
    {
        var values = new Dictionary<string, string?>();
        foreach (var setting in settings ?? All)
        {
            var given = setting.Given(parsed) ?? (environment(setting.Variable) is { Length: > 0 } set ? [set] : []);
            for (var i = 0; i < given.Length; i++)
                values[$"{ServerOptions.Section}:{setting.Key}{(setting.Kind == SettingKind.List ? $":{i}" : "")}"] = given[i];
        }
        return values;
    }

    private string[]? Given(ParseResult parsed) => Kind switch
    {
        SettingKind.Switch => parsed.GetResult(Flag) is OptionResult { Implicit: false } given
            ? [given.Tokens is [var written] ? written.Value : "true"]
            : null,
        SettingKind.List => parsed.GetValue<string[]>(Flag) is { Length: > 0 } given ? given : null,
        _ => parsed.GetValue<string>(Flag) is { } given ? [given] : null,
    };

    /// <summary>Creates a command line.</summary>
    /// <param name="description">What the command does, in both languages.</param>
    /// <param name="settings">Its settings.</param>
    public static RootCommand CreateCommand(string description, IReadOnlyList<ServerSetting> settings)
    {
        var command = new RootCommand(description);
        foreach (var setting in settings)
        {
            command.Options.Add(setting.Kind switch
            {
                SettingKind.Switch => new Option<string>(setting.Flag) { Description = setting.Help, Arity = ArgumentArity.ZeroOrOne },
                SettingKind.List => new Option<string[]>(setting.Flag) { Description = setting.Help },
                _ => new Option<string>(setting.Flag) { Description = setting.Help },
            });
        }
        return command;
    }

    private static string Dashed(string key) =>
        string.Concat(key.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
