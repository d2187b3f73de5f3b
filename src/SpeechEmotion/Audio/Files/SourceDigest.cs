using System.Security.Cryptography;

namespace SpeechEmotion.Audio.Files;

/// <summary>Computes the size and SHA-256 of a recording's bytes while the recording is processed. Disposing it stops reading.</summary>
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

    /// <summary>Starts to read the file behind a reader; null if there is none, or if the reader is not one of this library.</summary>
    public static SourceDigest? Begin(IAudioReader reader, CancellationToken ct) =>
        reader is BoundedReader { Source: { } source } ? new(source, ct) : null;

    /// <summary>Computes the digest of a file that is not processed.</summary>
    /// <returns>The SHA-256 in lower-case hexadecimal, and the size.</returns>
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

    /// <summary>Waits for the result: lower-case hexadecimal SHA-256 and size; null if the file has been deleted in the meantime.</summary>
    public (string Sha256, long Bytes)? Result() => _reading.GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        // The file may be deleted with the recording, so no read may still be running.
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
