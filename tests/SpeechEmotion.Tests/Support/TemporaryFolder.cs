namespace SpeechEmotion.Tests.Support;

/// <summary>A folder that is deleted at the end of the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ser-test-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Checks the results in the folder before deleting it, so that no test has to do so explicitly.</summary>
    /// <exception cref="ContractException">The product wrote a result that its schema does not describe.</exception>
    public void Dispose()
    {
        try
        {
            // A test may have removed the folder itself.
            if (Directory.Exists(Path))
                WrittenFiles.Check(Path);
        }
        finally
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
