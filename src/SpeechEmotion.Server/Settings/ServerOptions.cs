using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Inference;
using SpeechEmotion.Quantization;

namespace SpeechEmotion.Server.Settings;

/// <summary>
/// How the server runs. Each comes from the command line (<c>--max-upload</c>), else the environment
/// (<c>SER_MAX_UPLOAD</c>), else <c>appsettings.json</c> beside the program (<c>Server:MaxUpload</c>), else its default.
/// </summary>
public sealed record ServerOptions
{
    /// <summary>Name of the section in <c>appsettings.json</c>.</summary>
    public const string Section = "Server";

    /// <summary>Address to listen on. Other machines reach the server only where it is not a loopback address.</summary>
    /// <value>localhost: 127.0.0.1 and, where the machine has IPv6, ::1</value>
    [Required(ErrorMessage = "--host needs an address. / --host 需要地址。")]
    public string Host { get; init; } = "localhost";

    /// <summary>TCP port; 0 for any that is free.</summary>
    /// <value>7860</value>
    [Range(0, 65535, ErrorMessage = "--port is 0 to 65535. / --port 为 0 到 65535。")]
    public int Port { get; init; } = 7860;

    /// <summary>The folder of all outputs; history and log lie in it too.</summary>
    /// <value>outputs</value>
    [Required(ErrorMessage = "--output needs a folder. / --output 需要目录。")]
    public string Output { get; init; } = "outputs";

    /// <summary>Name of the model; null for the large one if it is on this machine, else the small one.</summary>
    public string? Model { get; init; }

    /// <summary>A model folder of FunASR, which is imported once.</summary>
    public string? ModelDir { get; init; }

    /// <summary>Arithmetic of the models: fp32, int8, or auto for int8 where it is certified.</summary>
    /// <value>fp32</value>
    [EnumDataType(typeof(ModelPrecision), ErrorMessage = "--precision is fp32, int8 or auto. / --precision 为 fp32、int8 或 auto。")]
    public ModelPrecision Precision { get; init; }

    /// <summary>What computes the models: cpu, cuda, or auto for cuda where it can be had.</summary>
    /// <value>cpu</value>
    [EnumDataType(typeof(ComputeDevice), ErrorMessage = "--device is cpu, cuda or auto. / --device 为 cpu、cuda 或 auto。")]
    public ComputeDevice Device { get; init; }

    /// <summary>Recognitions that run at once; 0 for what was measured best: one a core, and one more.</summary>
    [Range(0, 256, ErrorMessage = "--workers is 0 to 256. / --workers 为 0 到 256。")]
    public int Workers { get; init; }

    /// <summary>Recognitions that may wait; beyond it, requests are turned away.</summary>
    /// <value>128</value>
    [Range(1, 100_000, ErrorMessage = "--queue is 1 to 100000. / --queue 为 1 到 100000。")]
    public int Queue { get; init; } = 128;

    /// <summary>Largest upload, in megabytes.</summary>
    /// <value>200</value>
    [Range(1, 100_000, ErrorMessage = "--max-upload is 1 to 100000 MB. / --max-upload 为 1 到 100000 MB。")]
    public int MaxUpload { get; init; } = 200;

    /// <summary>Longest recording, in hours.</summary>
    /// <value>8</value>
    [Range(0.001, 8760, ErrorMessage = "--max-hours is 0.001 to 8760. / --max-hours 为 0.001 到 8760。")]
    public double MaxHours { get; init; } = 8;

    /// <summary>Live streams at once; beyond it, they are turned away.</summary>
    /// <value>64</value>
    [Range(1, 10_000, ErrorMessage = "--live-streams is 1 to 10000. / --live-streams 为 1 到 10000。")]
    public int LiveStreams { get; init; } = 64;

    /// <summary>Longest live stream, in hours.</summary>
    /// <value>8</value>
    [Range(0.001, 8760, ErrorMessage = "--live-hours is 0.001 to 8760. / --live-hours 为 0.001 到 8760。")]
    public double LiveHours { get; init; } = 8;

    /// <summary>Memory that running inferences may take together, in megabytes; 0 for half of the machine's.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "--memory-limit is not negative. / --memory-limit 不能为负数。")]
    public int MemoryLimit { get; init; }

    /// <summary>Disk that uploads and results may take together, in megabytes; 0 for the results that are there and 90 % of what is free at the start.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "--disk-limit is not negative. / --disk-limit 不能为负数。")]
    public int DiskLimit { get; init; }

    /// <summary>Who may log in: <c>user:password</c>. Empty for everybody without login.</summary>
    public IReadOnlyList<string> Auth { get; init; } = [];

    /// <summary>Keys for programs, at least 8 characters each. Empty for none.</summary>
    public IReadOnlyList<string> ApiKey { get; init; } = [];

    /// <summary>Whether callers must log in or send a key.</summary>
    internal bool RequiresLogin => Auth.Count + ApiKey.Count > 0;

    /// <summary>Requests that take or give data, a minute and key or address; 0 for no limit.</summary>
    [Range(0, 1_000_000, ErrorMessage = "--rate-limit is 0 to 1000000. / --rate-limit 为 0 到 1000000。")]
    public int RateLimit { get; init; }

    /// <summary>Requests that may be open at once, those that wait for events and WebSockets among them; beyond it, they are turned away.</summary>
    /// <value>1024</value>
    [Range(2, 100_000, ErrorMessage = "--max-connections is 2 to 100000. / --max-connections 为 2 到 100000。")]
    public int MaxConnections { get; init; } = 1024;

    /// <summary>Of them, those without login from one address.</summary>
    /// <value>256</value>
    [Range(1, 100_000, ErrorMessage = "--max-connections-per-address is 1 to 100000. / --max-connections-per-address 为 1 到 100000。")]
    public int MaxConnectionsPerAddress { get; init; } = 256;

    /// <summary>Lets Gradio clients name a recording by its URL, which the server then fetches.</summary>
    public bool AllowUrlInput { get; init; }

    /// <summary>Serves HTTPS with a certificate that the server makes for itself.</summary>
    public bool Https { get; init; }

    /// <summary>Serves HTTPS with this certificate: PKCS#12, or PEM with its key.</summary>
    public string? Cert { get; init; }

    /// <summary>The password of <see cref="Cert"/>.</summary>
    public string? CertPassword { get; init; }

    /// <summary>Other names by which a server on loopback or without password may be called, for example behind a reverse proxy.</summary>
    public IReadOnlyList<string> AllowHost { get; init; } = [];

    /// <summary>Origins of other sites' pages that may use a login of their reader: <c>https://app.example.com</c>.</summary>
    public IReadOnlyList<string> AllowOrigin { get; init; } = [];

    /// <summary>The path below which a reverse proxy shows the server, for example <c>/ser</c>; empty for none.</summary>
    public string BasePath { get; init; } = "";

    /// <summary>Addresses of reverse proxies whose X-Forwarded headers are believed.</summary>
    public IReadOnlyList<string> TrustedProxy { get; init; } = [];
}
