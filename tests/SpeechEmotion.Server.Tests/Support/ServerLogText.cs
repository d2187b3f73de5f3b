namespace SpeechEmotion.Server.Tests.Support;

/// <summary>Reads a server's log while it is being written.</summary>
internal static class ServerLogText
{
    public static async Task<string> ReadAsync(RunningServer server)
    {
        await using var file = new FileStream(
            Path.Combine(server.Output, "ser.log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync();
    }
}
