using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Files;
using SpeechEmotion.Errors;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Options;
using SpeechEmotion.Outputs;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Pipeline;
using SpeechEmotion.Quantization;
using SpeechEmotion.Results;

namespace SpeechEmotion.Verification;

/// <summary>
/// Verifies the folder of a result: that it belongs to its recording, and that the same model gives the same answer again. The
/// folder may be of unknown origin; no file that it names is opened.
/// </summary>
/// <param name="models">The search for the model that gave the result.</param>
/// <param name="store">The store of the int8 forms.</param>
public sealed class ResultVerification(ModelSearch models, ModelStore store)
{
    /// <summary>The limit for the sound in the folder, which was rounded to 16 bits after the model processed it.</summary>
    public const double ProcessedLimit = 5e-3;

    /// <summary>The limit for the recording itself, where the numbers differ only by the order of summation.</summary>
    public const double SourceLimit = 1e-5;


    private readonly StoredModel _models = new(models, new Int8Conversion(store));

    /// <summary>The verification with the models of this user and this program.</summary>
    public static ResultVerification Default => new(ModelSearch.Default, ModelStore.Default);

    /// <summary>Verifies a folder.</summary>
    /// <param name="folder">A folder that <see cref="OutputFolder"/> wrote.</param>
    /// <param name="source">The recording; null if it is not available.</param>
    /// <param name="progress">Receives each check as soon as it is made, in order.</param>
    /// <param name="ct">Cancels the verification.</param>
    /// <exception cref="OutputException">
    /// <c>output.no_result</c>, <c>output.not_readable</c>, <c>output.damaged</c>, or <c>output.no_provenance</c>: an older program wrote
    /// the result.
    /// </exception>
    /// <exception cref="ModelException"><c>model.not_here</c>, or the model cannot be loaded or cannot compute.</exception>
    /// <exception cref="AudioException">The recording cannot be read. A damaged sound in the folder is a failed check instead.</exception>
    public VerificationReport Run(
        string folder, string? source = null, IProgress<VerificationCheck>? progress = null, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var path = Path.Combine(folder, ResultFiles.Result);
        var result = Read(folder, path, ct);
        var provenance = result.Provenance ?? throw VerificationErrors.NoProvenance(path);
        var options = OptionsOf(result, path);
        var report = new CheckList(progress);
        report.Add(AnswerComparison.WithItself(result));
        var processed = new ProcessedAudioFile(Path.Combine(folder, ResultFiles.ProcessedAudio));
        var fromProcessed = report.Add(SoundChecks.OfProcessed(processed, provenance, ct));
        var fromSource = source is not null && report.Add(SoundChecks.OfSource(source, provenance, ct));
        if (fromProcessed && options.Channels == ChannelMode.Split)
        {
            report.Add(SoundChecks.MixOnly(source is null));
            fromProcessed = false;
        }
        if (fromProcessed || fromSource)
        {
            using var recognizer = Load(result, provenance.Device, report);
            var same = recognizer.Device.Key() == provenance.Device;
            if (fromProcessed)
                Compare("processed_audio", ResultFiles.ProcessedAudio, ProcessedLimit, () => processed.Open(ct));
            if (fromSource)
            {
                Compare(
                    "source", Path.GetFileName(source!), same ? SourceLimit : ProcessedLimit,
                    () => AudioFile.Open(source!, NoLimits, ct));
            }

            void Compare(string key, string name, double limit, Func<IAudioReader> open)
            {
                var decides = key == "source" || SoundChecks.Decides(provenance);
                foreach (var check in AnswerComparison.WithAnother(result, recognizer.Recognize(open(), options, ct), key, name, limit))
                {
                    report.Add(decides
                        ? check
                        : SoundChecks.Undecided(check, provenance.ProcessedAudio!.RoundingSnr!.Value, source is null));
                }
            }
        }
        return new(report.Checks);
    }

    /// <summary>The recording was recognized before, so its length is legitimate.</summary>
    private static AudioLimits NoLimits => AudioLimits.Default with { MaxDuration = TimeSpan.FromDays(366) };

    private static StoredResult Read(string folder, string path, CancellationToken ct)
    {
        if (!File.Exists(path) || !RegularFile.Is(path) || new FileInfo(path).LinkTarget is not null)
            throw VerificationErrors.NoResult(folder);
        try
        {
            using var file = File.OpenRead(path);
            return ResultReader.Read(file, path, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw VerificationErrors.NotReadable(path, e);
        }
    }

    private static RecognitionOptions OptionsOf(StoredResult result, string path)
    {
        try
        {
            return ProvenanceMapping.OptionsOf(result.Provenance!.Options);
        }
        catch (FormatException e)
        {
            throw VerificationErrors.UnknownOptions(path, e);
        }
    }

    private EmotionRecognizer Load(StoredResult result, string device, CheckList report)
    {
        var folder = _models.Find(result);
        var load = new ModelLoadOptions { Device = device == ComputeDevice.Cuda.Key() ? ComputeDevice.Auto : ComputeDevice.Cpu };
        var recognizer = new EmotionRecognizer(OnnxEmotionModel.Load(folder, load));
        report.Add(SoundChecks.Model(result));
        if (SoundChecks.OtherEngine(result.Provenance!, recognizer) is { } note)
            report.Add(note);
        return recognizer;
    }

    /// <summary>The checks in order, reported as they are made.</summary>
    private sealed class CheckList(IProgress<VerificationCheck>? progress)
    {
        private readonly List<VerificationCheck> _checks = [];

        public IReadOnlyList<VerificationCheck> Checks => _checks;

        /// <summary>Adds a check; returns whether it passed.</summary>
        public bool Add(VerificationCheck check)
        {
            _checks.Add(check);
            progress?.Report(check);
            return check.Outcome == CheckOutcome.Passed;
        }
    }
}
