using System.Globalization;
using Shouldly;
using SpeechEmotion.Tests.Outputs;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli;

public sealed class MemoryTests(SerProgram ser) : IClassFixture<SerProgram>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>
    /// Twenty-eight more minutes are 107 MB of samples at 16 kHz and 107 MB of features: keeping all of either would show. The peak
    /// itself differs by up to 32 MB from run to run, with any length: glibc keeps freed memory in a heap for each thread, and the threads
    /// that run the inferences differ. (With <c>MALLOC_ARENA_MAX=1</c> it differs by 9 MB.)
    /// </summary>
    [Fact]
    public void Recognize_LongRecording_NeedsNoMoreMemory()
    {
        var shorter = Peak(_folder.LayNoise("2min.wav", 120));
        var longer = Peak(_folder.LayNoise("30min.wav", 1800));

        (longer - shorter).ShouldBeLessThan(64 * 1024, $"{shorter} KB for 2 min, {longer} KB for 30 min");
    }

    public void Dispose() => _folder.Dispose();

    private long Peak(string recording)
    {
        var start = ser.Prepare(_folder);
        return long.Parse(
            Python.Run(
                """
                import sys, subprocess, resource
                subprocess.run(sys.argv[2:], check=True, stdout=subprocess.DEVNULL, env={"HOME": sys.argv[1], "SER_HOME": sys.argv[1]})
                print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
                """,
                [
                    start.Environment["HOME"]!, SerProgram.Executable, "recognize", "--model", "compact",
                    "--output", _folder.File("out"), recording,
                ],
                "resource"),
            CultureInfo.InvariantCulture);
    }
}
