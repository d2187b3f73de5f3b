using SpeechEmotion.Downloads;
using SpeechEmotion.Models;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Downloads;

/// <summary>A user with a store and an environment that points to local hubs.</summary>
internal sealed class Puller : IDisposable, IProgress<PullProgress>
{
    public const string Name = "emotion2vec_plus_base";

    private readonly TemporaryFolder _home = new();
    private readonly List<PullProgress> _reported = [];

    public Puller(string url)
    {
        Environment["HF_ENDPOINT"] = url;
        Environment["MODELSCOPE_DOMAIN"] = url;
    }

    public Dictionary<string, string> Environment { get; } = [];

    public ModelStore Store => new(_home.Path);

    public string Downloads => _home.File("downloads");

    public IReadOnlyList<PullProgress> Reported
    {
        get
        {
            lock (_reported)
                return [.. _reported];
        }
    }

    /// <summary>Also receives each progress report.</summary>
    public Action<PullProgress>? Watch { get; set; }

    public TransferSettings Settings { get; set; } = new(
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), 3, TimeSpan.FromMilliseconds(1), 1 << 16);

    public long Free { get; set; } = long.MaxValue;

    public ModelPull Pull => new(Store, variable => Environment.GetValueOrDefault(variable), TimeProvider.System)
    {
        Settings = Settings,
        FreeSpace = () => Free,
    };

    public async Task<ModelFolder> PullAsync(PullOptions? options = null, string name = Name, CancellationToken ct = default)
    {
        options ??= new() { From = "huggingface" };
        return await Pull.FetchAsync(await Pull.AskAsync(name, options, ct), options, this, ct);
    }

    public async Task<ModelFolder> PullEntryAsync(CatalogueEntry entry, PullOptions? options = null, CancellationToken ct = default)
    {
        options ??= new() { From = "huggingface" };
        return await Pull.FetchAsync(await Pull.SurveyAsync(entry, options, ct), options, this, ct);
    }

    public void Report(PullProgress value)
    {
        lock (_reported)
            _reported.Add(value);
        Watch?.Invoke(value);
    }

    public void Dispose() => _home.Dispose();
}
