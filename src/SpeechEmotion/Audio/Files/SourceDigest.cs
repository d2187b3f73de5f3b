using System.Security.Cryptography;

namespace SpeechEmotion.Audio.Files;

/// <summary>Size and SHA-256 of a recording's bytes, read beside its recognition. Disposing it ends the reading.</summary>
internal sealed class SourceDigest : IDisposable
{
    private const int BlockBytes = 1 << 18;

    private readonly CancellationTokenSource _stop;
    private readonly Task<(string Sha256, long Bytes)?> _reading;

    private SourceDigest(AudioInput source, CancellationToken ct)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _reading = Task.Run(() => Read(source, _stop.Token), CancellationToken.None);
    }

    /// <summary>Begins to read the bytes behind a reader; null where there are none, or somebody else's.</summary>
    public static SourceDigest? Begin(IAudioReader reader, CancellationToken ct) =>
        reader is BoundedReader { Source: { } source } ? new(source, ct) : null;

    /// <summary>Reads a file that is not recognised.</summary>
    /// <returns>Lower-case hexadecimal SHA-256 and size.</returns>
    /// <exception cref="Errors.AudioException"><c>audio.not_readable</c>.</exception>
    public static (string Sha256, long Bytes) Of(string path, CancellationToken ct)
    {
        try
        {
            return Hash(new AudioInput(path, path, AudioLimits.Default), ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AudioErrors.NotReadable(path, e);
        }
    }

    /// <summary>Waits for the end: lower-case hexadecimal SHA-256 and size; null where the file is gone meanwhile.</summary>
    public (string Sha256, long Bytes)? Result() => _reading.GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        // The file may be gone with the recording: nothing may be reading it any more.
        ((Task)_reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        _stop.Dispose();
    }

    private static (string Sha256, long Bytes)? Read(AudioInput source, CancellationToken ct)
    {
        try
        {
            return Hash(source, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static (string Sha256, long Bytes) Hash(AudioInput source, CancellationToken ct)
    {
        using var file = source.OpenBytes();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[Math.Clamp(file.Length, 1, BlockBytes)];
        long total = 0;
        for (int read; (read = file.Read(block)) > 0; total += read)
        {
            ct.ThrowIfCancellationRequested();
            hash.AppendData(block, 0, read);
        }
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), total);
    }
}
