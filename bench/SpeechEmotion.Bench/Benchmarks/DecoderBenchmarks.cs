using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using SpeechEmotion.Audio;
using SpeechEmotion.Audio.SndFile;

namespace SpeechEmotion.Bench.Benchmarks;

/// <summary>Decodes one minute of 44.1 kHz stereo from a file, including opening it. ffmpeg creates the recordings.</summary>
[ShortRunJob]
[MemoryDiagnoser]
public class DecoderBenchmarks
{
    private readonly float[] _block = new float[2 * 4096];
    private string _folder = "";

    [GlobalSetup]
    public void MakeRecordings()
    {
        _folder = Directory.CreateTempSubdirectory("ser-bench-").FullName;
        foreach (var name in (string[])["a.wav", "a.flac", "a.mp3", "a.opus", "a.m4a"])
            Encode(File(name));
    }

    [GlobalCleanup]
    public void RemoveRecordings() => Directory.Delete(_folder, recursive: true);

    [Benchmark(Baseline = true)]
    public long Wav() => Drain(AudioFile.Open(File("a.wav")));

    [Benchmark]
    public long WavByLibsndfile() =>
        Drain(SndFileReader.Open(new(File("a.wav"), "a.wav", AudioLimits.Default), "WAV"));

    [Benchmark]
    public long Flac() => Drain(AudioFile.Open(File("a.flac")));

    [Benchmark]
    public long Mp3() => Drain(AudioFile.Open(File("a.mp3")));

    [Benchmark]
    public long Opus() => Drain(AudioFile.Open(File("a.opus")));

    [Benchmark]
    public long AacByFfmpeg() => Drain(AudioFile.Open(File("a.m4a")));

    private string File(string name) => Path.Combine(_folder, name);

    private long Drain(IAudioReader reader)
    {
        using (reader)
        {
            long total = 0;
            for (int read; (read = reader.Read(_block)) > 0;)
                total += read;
            return total;
        }
    }

    private static void Encode(string path)
    {
        string[] arguments =
        [
            "-v", "error", "-nostdin", "-f", "lavfi", "-i", "anoisesrc=color=pink:sample_rate=44100:duration=60:seed=1", "-ac", "2", path,
        ];
        using var process = Process.Start("ffmpeg", arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"ffmpeg could not make {path}.");
    }
}
