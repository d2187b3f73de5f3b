using System.Globalization;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Jobs.Batches;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Batches;

/// <summary>
/// Shows the progress of a batch on standard error: a bar on a terminal, otherwise a line every ten seconds. With <c>--json</c>,
/// events also go to standard output, the progress every second.
/// </summary>
internal sealed class BatchDisplay : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly TextWriter _output;
    private readonly bool _terminal;
    private readonly BatchEvents? _events;
    private readonly string _language;
    private BatchSpeed _speed;
    private bool _bar;
    private long _shown, _written;

    /// <summary>Creates a display.</summary>
    /// <param name="language">The language of the texts: <c>en</c> or <c>zh</c>.</param>
    /// <param name="output">Receives the texts.</param>
    /// <param name="terminal">Whether the texts are shown on a terminal.</param>
    /// <param name="events">Receives the events; null for none.</param>
    /// <param name="time">The clock.</param>
    public BatchDisplay(string language, TextWriter output, bool terminal, BatchEvents? events, TimeProvider time)
    {
        (_language, _output, _terminal, _events, _time) = (language, output, terminal, events, time);
        _speed = new(time);
    }

    /// <summary>Whether it is time to show the progress again.</summary>
    public bool IsDue => _time.GetElapsedTime(_shown) >= (_terminal || _events is not null ? Interval : LineInterval);

    private bool IsChinese => _language == "zh";

    /// <summary>Creates the display of this process.</summary>
    public static BatchDisplay Create(BatchRequest request) => new(
        request.Language, Console.Error, !Console.IsErrorRedirected, request.Json ? new(Console.OpenStandardOutput()) : null,
        TimeProvider.System);

    /// <summary>Shows which model processes the batch.</summary>
    public void Model(ModelIdentity model)
    {
        Line(IsChinese ? $"模型：{model.Id}（{model.Precision}，{model.Hash}）" : $"Model: {model.Id} ({model.Precision}, {model.Hash})");
        if (model.Id == ModelCatalogue.Compact)
            Line(IsChinese
                ? $"这是随产品附带的小模型，许可证 {model.License}，不得商用，准确度有限。"
                : $"This is the small model that ships with the product, {model.License}: not for commercial use, and of limited "
                    + "accuracy.");
        _events?.Model(model);
    }

    /// <summary>Shows where the batch begins.</summary>
    public void Begin(BatchProgress progress)
    {
        lock (_gate)
            (_speed, _shown, _written) = (new(_time), _time.GetTimestamp(), _time.GetTimestamp());
        if (progress.Completed > 0)
            Line(IsChinese
                ? $"继续：已完成 {Number(progress.Completed)} 段录音，其中 {Number(progress.Failed)} 段失败。"
                : $"Resuming: {Number(progress.Completed)} recordings are done, {Number(progress.Failed)} of them failed.");
        _events?.Progress("started", progress, _speed, isRead: false);
    }

    /// <summary>Shows outcomes that were stored.</summary>
    public void Add(IReadOnlyList<StoredOutcome> outcomes)
    {
        lock (_gate)
            _speed.Add(outcomes.Count, outcomes.Sum(stored => stored.Outcome.Duration ?? 0));
        foreach (var stored in outcomes)
            _events?.Item(stored, _language);
    }

    /// <summary>Shows the progress.</summary>
    /// <param name="progress">The progress.</param>
    /// <param name="isRead">Whether all sources were read.</param>
    public void Show(BatchProgress progress, bool isRead)
    {
        lock (_gate)
        {
            _shown = _time.GetTimestamp();
            var text = BatchProgressText.Of(progress, _speed, isRead, _language);
            if (_terminal)
                ShowBar($"{BatchProgressText.Bar(progress)} {text}");
            else if (_time.GetElapsedTime(_written) >= LineInterval)
                WriteLine(text);
            _events?.Progress("progress", progress, _speed, isRead);
        }
    }

    /// <summary>Shows the end of the batch.</summary>
    /// <param name="progress">The progress.</param>
    /// <param name="sources">The sources, which were read to their end.</param>
    /// <param name="repeated">Number of rows and files that name a recording again.</param>
    /// <param name="output">The folder of the results.</param>
    public void End(BatchProgress progress, OpenedSources sources, int repeated, string output)
    {
        foreach (var line in BatchProgressText.LeftOut(sources, _language))
            Line(line);
        Line(BatchProgressText.End(progress, _speed, repeated, output, _language));
        _events?.Finish(progress, _speed, repeated, sources.Metadata?.BadRows ?? 0);
    }

    /// <summary>Shows a text of its own.</summary>
    public void Line(string text)
    {
        lock (_gate)
        {
            if (_bar)
                _output.Write("\r\x1b[K");
            _bar = false;
            _output.WriteLine(text);
        }
    }

    /// <summary>Shows an error that ends the batch.</summary>
    public void Fail(SpeechEmotionException error)
    {
        Line($"{error.MessageIn(_language)} [{error.Code}]");
        _events?.Error(error, _language);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_bar)
                _output.WriteLine();
            _bar = false;
        }
    }

    private void WriteLine(string text)
    {
        _output.WriteLine(text);
        _written = _time.GetTimestamp();
    }

    private void ShowBar(string text)
    {
        _output.Write($"\r\x1b[K{text}");
        _output.Flush();
        _bar = true;
    }

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
