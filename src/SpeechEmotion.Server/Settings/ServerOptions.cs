using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Inference;
using SpeechEmotion.Quantization;

namespace SpeechEmotion.Server.Settings;

/// <summary>
/// The server's settings. Each is read from the command line (<c>--max-upload</c>), else from the environment
/// (<c>SER_MAX_UPLOAD</c>), else from <c>appsettings.json</c> beside the program (<c>Server:MaxUpload</c>), else it has its
/// default.
/// </summary>
public sealed record ServerOptions
{
    /// <summary>The name of the section in <c>appsettings.json</c>.</summary>
    public const string Section = "Server";

    /// <summary>The address to listen on. Other machines reach the server only if it is not a loopback address.</summary>
    /// <value>localhost: 127.0.0.1 and, if the machine has IPv6, ::1</value>
    [Required(ErrorMessage = "--host needs an address. / --host 需要地址。")]
    public string Host { get; init; } = "localhost";

    /// <summary>The TCP port; 0 for any free port.</summary>
    /// <value>7860</value>
    [Range(0, 65535, ErrorMessage = "--port is 0 to 65535. / --port 为 0 到 65535。")]
    public int Port { get; init; } = 7860;

    /// <summary>The folder for all outputs; it also contains the history and the log.</summary>
    /// <value>outputs</value>
    [Required(ErrorMessage = "--output needs a folder. / --output 需要目录。")]
    public string Output { get; init; } = "outputs";

    /// <summary>
    /// The PostgreSQL database that servers and workers share, as <c>postgresql://user:password@host/database</c> or as settings
    /// of Npgsql; null for SQLite in the output folder.
    /// </summary>
    public string? Database { get; init; }

    /// <summary>
    /// Where servers and workers share results and recordings: a folder, or a bucket as <c>s3://bucket/prefix</c>; null for the output
    /// folder.
    /// </summary>
    public string? Files { get; init; }

    /// <summary>
    /// The RabbitMQ broker that wakes servers and workers when chunks of batches wait, as <c>amqp://user:password@host/virtual-host</c>,
    /// with several nodes as <c>host,host</c>; null for notices of the database.
    /// </summary>
    public string? Broker { get; init; }

    /// <summary>Whether the server leaves batches to other programs.</summary>
    public bool NoBatches { get; init; }

    /// <summary>The name of the model; null for the large model if it is on this machine, else the small one.</summary>
    public string? Model { get; init; }

    /// <summary>A FunASR model folder; the server imports it once.</summary>
    public string? ModelDir { get; init; }

    /// <summary>The precision of the models: fp32, int8, or auto for int8 if it is certified.</summary>
    /// <value>fp32</value>
    [EnumDataType(typeof(ModelPrecision), ErrorMessage = "--precision is fp32, int8 or auto. / --precision 为 fp32、int8 或 auto。")]
    public ModelPrecision Precision { get; init; }

    /// <summary>The device that runs the models: cpu, cuda, or auto for cuda if it is available.</summary>
    /// <value>cpu</value>
    [EnumDataType(typeof(ComputeDevice), ErrorMessage = "--device is cpu, cuda or auto. / --device 为 cpu、cuda 或 auto。")]
    public ComputeDevice Device { get; init; }

    /// <summary>The number of recognitions that run in parallel; 0 for the number measured best: one per core, plus one.</summary>
    [Range(0, 256, ErrorMessage = "--workers is 0 to 256. / --workers 为 0 到 256。")]
    public int Workers { get; init; }

    /// <summary>The number of recognitions that may wait; further requests are refused.</summary>
    /// <value>128</value>
    [Range(1, 100_000, ErrorMessage = "--queue is 1 to 100000. / --queue 为 1 到 100000。")]
    public int Queue { get; init; } = 128;

    /// <summary>The largest upload, in megabytes.</summary>
    /// <value>200</value>
    [Range(1, 100_000, ErrorMessage = "--max-upload is 1 to 100000 MB. / --max-upload 为 1 到 100000 MB。")]
    public int MaxUpload { get; init; } = 200;

    /// <summary>The longest recording, in hours.</summary>
    /// <value>8</value>
    [Range(0.001, 8760, ErrorMessage = "--max-hours is 0.001 to 8760. / --max-hours 为 0.001 到 8760。")]
    public double MaxHours { get; init; } = 8;

    /// <summary>The number of simultaneous live streams; further streams are refused.</summary>
    /// <value>64</value>
    [Range(1, 10_000, ErrorMessage = "--live-streams is 1 to 10000. / --live-streams 为 1 到 10000。")]
    public int LiveStreams { get; init; } = 64;

    /// <summary>The longest live stream, in hours.</summary>
    /// <value>8</value>
    [Range(0.001, 8760, ErrorMessage = "--live-hours is 0.001 to 8760. / --live-hours 为 0.001 到 8760。")]
    public double LiveHours { get; init; } = 8;

    /// <summary>The memory that all running inferences may use together, in megabytes; 0 for half of the machine's memory.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "--memory-limit is not negative. / --memory-limit 不能为负数。")]
    public int MemoryLimit { get; init; }

    /// <summary>
    /// The disk space that uploads and results may use together, in megabytes; 0 for the size of the existing results plus 90 % of
    /// the free space at the start.
    /// </summary>
    [Range(0, int.MaxValue, ErrorMessage = "--disk-limit is not negative. / --disk-limit 不能为负数。")]
    public int DiskLimit { get; init; }

    /// <summary>The users who may log in, each as <c>user:password</c>. Empty for no login.</summary>
    public IReadOnlyList<string> Auth { get; init; } = [];

    /// <summary>The keys for programs, at least 8 characters each. Empty for none.</summary>
    public IReadOnlyList<string> ApiKey { get; init; } = [];

    /// <summary>Whether callers must log in or send a key.</summary>
    internal bool RequiresLogin => Auth.Count + ApiKey.Count > 0;

    /// <summary>The number of requests for data per minute, for each key or address; 0 for no limit.</summary>
    [Range(0, 1_000_000, ErrorMessage = "--rate-limit is 0 to 1000000. / --rate-limit 为 0 到 1000000。")]
    public int RateLimit { get; init; }

    /// <summary>
    /// The number of requests that may be open at the same time, including WebSockets and requests that wait for events; further
    /// requests are refused.
    /// </summary>
    /// <value>1024</value>
    [Range(2, 100_000, ErrorMessage = "--max-connections is 2 to 100000. / --max-connections 为 2 到 100000。")]
    public int MaxConnections { get; init; } = 1024;

    /// <summary>How many of them may be requests without a login from one address.</summary>
    /// <value>256</value>
    [Range(1, 100_000, ErrorMessage = "--max-connections-per-address is 1 to 100000. / --max-connections-per-address 为 1 到 100000。")]
    public int MaxConnectionsPerAddress { get; init; } = 256;

    /// <summary>The folder whose recordings clients may process as a batch without sending them; null for none.</summary>
    public string? BatchRoot { get; init; }

    /// <summary>Whether Gradio clients and manifests may give a recording as a URL, which the server then fetches.</summary>
    public bool AllowUrlInput { get; init; }

    /// <summary>Whether to serve HTTPS with a self-signed certificate that the server creates.</summary>
    public bool Https { get; init; }

    /// <summary>The certificate to serve HTTPS with: PKCS#12, or PEM with its key.</summary>
    public string? Cert { get; init; }

    /// <summary>The password of <see cref="Cert"/>.</summary>
    public string? CertPassword { get; init; }

    /// <summary>
    /// Additional host names that a server on loopback or without a password answers to, for example behind a reverse proxy.
    /// </summary>
    public IReadOnlyList<string> AllowHost { get; init; } = [];

    /// <summary>The origins of other sites whose pages may use the login of their visitor: <c>https://app.example.com</c>.</summary>
    public IReadOnlyList<string> AllowOrigin { get; init; } = [];

    /// <summary>The path prefix under which a reverse proxy exposes the server, for example <c>/ser</c>; empty for none.</summary>
    public string BasePath { get; init; } = "";

    /// <summary>The addresses of reverse proxies whose X-Forwarded headers are trusted.</summary>
    public IReadOnlyList<string> TrustedProxy { get; init; } = [];

    /// <summary>
    /// The key that signs webhooks: <c>whsec_</c> and base64, or any text of at least 16 characters; null if the server sends none.
    /// </summary>
    public string? WebhookSecret { get; init; }

    /// <summary>The names or addresses of hosts on private networks that may receive webhooks; public hosts always may.</summary>
    public IReadOnlyList<string> WebhookHost { get; init; } = [];
}
