namespace SpeechEmotion.Server.Logging;

/// <summary>All log messages of the server.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "{Message} [{Id}]")]
    public static partial void Recognition(ILogger logger, string id, string message);

    [LoggerMessage(LogLevel.Warning, "{Text} [{Id}]")]
    public static partial void Quality(ILogger logger, string id, string text);

    [LoggerMessage(LogLevel.Error, "{Message} [{Code}] [{Id}]")]
    public static partial void Failed(ILogger logger, string id, string code, string message);

    [LoggerMessage(LogLevel.Error, "Recognition {Id} could not be written to the history")]
    public static partial void NotRecorded(ILogger logger, string id, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Malformed request: {Method} {Path}: {Message}")]
    public static partial void Malformed(ILogger logger, string method, string path, string message);

    [LoggerMessage(LogLevel.Error, "Unexpected failure")]
    public static partial void Unexpected(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Information, "Webhook {Type} delivered to {Host} [{Id}]")]
    public static partial void WebhookDelivered(ILogger logger, string type, string host, string id);

    [LoggerMessage(LogLevel.Warning, "Webhook {Type} to {Host}: {Code} (status {Status}); the next attempt follows in {Seconds} s [{Id}]")]
    public static partial void WebhookFailed(ILogger logger, string type, string host, string code, int? status, int seconds, string id);

    [LoggerMessage(LogLevel.Error, "Webhook {Type} to {Host} is given up after {Attempts} attempt(s): {Code} (status {Status}) [{Id}]")]
    public static partial void WebhookDead(
        ILogger logger, string type, string host, int attempts, string code, int? status, string id);

    [LoggerMessage(LogLevel.Error, "Webhooks wait: {Message} [{Code}]")]
    public static partial void WebhooksWait(ILogger logger, string code, string message);

    [LoggerMessage(LogLevel.Information, "Live stream started: {Model}, {SampleRate} Hz, {Channels} channel(s) [{Id}]")]
    public static partial void LiveBegan(ILogger logger, string id, string model, int sampleRate, int channels);

    [LoggerMessage(LogLevel.Information, "Live stream ended: {Seconds:F1}s processed, {Segments} segment(s), {End} [{Id}]")]
    public static partial void LiveEnded(ILogger logger, string id, double seconds, int segments, string end);

    [LoggerMessage(LogLevel.Information, "Model ready: {Id} ({Precision}, {Hash})")]
    public static partial void ModelReady(ILogger logger, string id, string precision, string hash);

    [LoggerMessage(LogLevel.Warning, "int8 is not certified: {Fault}. The model runs in {Precision}. See: ser models certify")]
    public static partial void Int8Doubted(ILogger logger, string fault, string precision);

    [LoggerMessage(LogLevel.Warning, "{Sentence}")]
    public static partial void DeviceRefused(ILogger logger, string sentence);

    [LoggerMessage(LogLevel.Information, "The model runs on the CPU: {Fault}")]
    public static partial void DeviceChosen(ILogger logger, string fault);

    [LoggerMessage(LogLevel.Error, "The model cannot be loaded: {Message} [{Code}]")]
    public static partial void ModelFailed(ILogger logger, string code, string message);

    [LoggerMessage(LogLevel.Error, "Batches pause: {Message} [{Code}]")]
    public static partial void EngineFailed(ILogger logger, string code, string message, Exception cause);

    [LoggerMessage(LogLevel.Error, "The model {Id} cannot be used: {Message} [{Code}]. The server keeps its current model")]
    public static partial void SwitchFailed(ILogger logger, string id, string code, string message);

    [LoggerMessage(LogLevel.Information, "Downloading {Id} from {Page}")]
    public static partial void DownloadBegan(ILogger logger, string id, string page);

    [LoggerMessage(LogLevel.Information, "Downloaded: {Id} ({Hash})")]
    public static partial void DownloadEnded(ILogger logger, string id, string hash);

    [LoggerMessage(LogLevel.Information, "The download of {Id} was cancelled")]
    public static partial void DownloadCancelled(ILogger logger, string id);

    [LoggerMessage(LogLevel.Warning, "{Id} was not downloaded: {Message} [{Code}]")]
    public static partial void DownloadFailed(ILogger logger, string id, string code, string message);

    [LoggerMessage(LogLevel.Information, "Model removed: {Id}")]
    public static partial void ModelRemoved(ILogger logger, string id);

    [LoggerMessage(
        LogLevel.Warning,
        "Too many wrong passwords or keys from {Address}, which looks like a proxy: all its clients share one limit. "
        + "If it is your proxy, start the server with --trusted-proxy {Address}. "
        + "/ 来自 {Address} 的错误密码或密钥过多，该地址可能是代理，其后的客户端共用一个限额。如果是您的代理，请用 --trusted-proxy 指定。")]
    public static partial void ThrottledProxy(ILogger logger, string address);

    [LoggerMessage(LogLevel.Information, "SpeechEmotion {Version} serves {Url} and writes to {Output}")]
    public static partial void Serving(ILogger logger, string version, string url, string output);

    [LoggerMessage(
        LogLevel.Warning,
        "Other machines can reach this server, and it requires no password: start it with --auth user:password or --api-key KEY. "
        + "/ 其他机器可访问本服务且无需密码，请用 --auth 或 --api-key 启动。")]
    public static partial void Open(ILogger logger);

    [LoggerMessage(LogLevel.Information, "Stored the segments of {Count} older recognitions in the history")]
    public static partial void SegmentsStored(ILogger logger, int count);

    [LoggerMessage(
        LogLevel.Warning, "The segments of older recognitions are not in the history yet: {Message} [{Code}] The next start tries again")]
    public static partial void SegmentsNotStored(ILogger logger, string code, string message);

    [LoggerMessage(LogLevel.Warning, "The history has no segments of the recognition {Id}: {Message}")]
    public static partial void SegmentsUnreadable(ILogger logger, string id, string message);

    [LoggerMessage(LogLevel.Warning, "The sources of a batch cannot be read now: {Message} [{Code}] The server tries again")]
    public static partial void SourceNotRead(ILogger logger, string code, string message);

    [LoggerMessage(LogLevel.Information, "SpeechEmotion {Version} processes recordings of {Files}")]
    public static partial void WorkerStarted(ILogger logger, string version, string files);

    [LoggerMessage(
        LogLevel.Warning, "This program leaves batch {Batch} to others for a minute, because it cannot process it: {Message} [{Code}]")]
    public static partial void BatchBlocked(ILogger logger, int batch, string code, string message);

    [LoggerMessage(LogLevel.Warning, "Deleted batches cannot be removed from the history now: {Message} [{Code}] The server tries again")]
    public static partial void BatchNotDeleted(ILogger logger, string code, string message);

    [LoggerMessage(LogLevel.Warning, "Other programs may take over the work of this one: {Message} [{Code}]")]
    public static partial void LeaseNotRenewed(ILogger logger, string code, string message);

    [LoggerMessage(LogLevel.Warning, "Recognition {Id} was deleted, or finished by another program; this result is dropped")]
    public static partial void ResultDropped(ILogger logger, string id);

    [LoggerMessage(LogLevel.Warning, "The recognitions of other programs wait: {Message} [{Code}]")]
    public static partial void SharedNotRead(ILogger logger, string code, string message, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The messages of other programs are not received: {Message}")]
    public static partial void NotListening(ILogger logger, string message);

    [LoggerMessage(LogLevel.Information, "Copied the model {Model} ({Hash}) from the shared files to this machine")]
    public static partial void ModelCopied(ILogger logger, string model, string hash);

    [LoggerMessage(LogLevel.Information, "Stored the model {Model} ({Hash}) in the shared files, for the other programs")]
    public static partial void ModelOffered(ILogger logger, string model, string hash);

    [LoggerMessage(LogLevel.Warning, "The shared files have another version of the model {Model}: {Stored}, this machine has {Own}. Delete "
        + ".ser/models/{Model} in --files to replace it")]
    public static partial void OtherModelShared(ILogger logger, string model, string stored, string own);

    [LoggerMessage(LogLevel.Warning, "Models cannot be shared with other programs now: {Message} [{Code}]")]
    public static partial void ModelsNotShared(ILogger logger, string code, string message);

    [LoggerMessage(LogLevel.Warning, "The store of results and recordings cannot be used now: {Message} [{Code}] Cause: {Cause}")]
    public static partial void StoreFailed(ILogger logger, string code, string message, string cause);

    [LoggerMessage(
        LogLevel.Warning, "The broker {Broker} cannot be used now: {Message} [{Code}] This program takes its work from the database")]
    public static partial void BrokerLost(ILogger logger, string broker, string message, string code);

    [LoggerMessage(LogLevel.Information, "The broker {Broker} can be used again")]
    public static partial void BrokerFound(ILogger logger, string broker);

    [LoggerMessage(
        LogLevel.Warning,
        "Another installation uses the queues of the broker {Broker} too: give each a virtual host of its own. "
        + "/ 其他系统也在使用消息队列 {Broker} 中的队列，请为每个系统使用单独的虚拟主机。")]
    public static partial void ForeignTickets(ILogger logger, string broker);

    [LoggerMessage(LogLevel.Warning, "The queue of the broker cannot be filled now: {Message} [{Code}]")]
    public static partial void TicketsNotWritten(ILogger logger, string message, string code);

    [LoggerMessage(
        LogLevel.Warning,
        "The clock of this machine is {Seconds} s ahead of the database's: set both (NTP). "
        + "/ 本机时钟比数据库快 {Seconds} 秒（负数表示慢），请校准（NTP）。")]
    public static partial void ClockWrong(ILogger logger, double seconds);
}
