using System.Text.Json;
using SpeechEmotion.Models;

namespace SpeechEmotion.Bench;

/// <summary>Whether the server gives the memory of models back: another takes over, back and forth, its private memory as they change.</summary>
internal static class ModelSwitches
{
    private const string Other = "other";
    private const int Steps = 10;

    /// <param name="program">dist/ser-server.</param>
    /// <param name="directory">A FunASR folder, which changes places with the small model.</param>
    /// <param name="switches">There and back again.</param>
    public static int Run(string program, string directory, int switches)
    {
        var home = Directory.CreateTempSubdirectory("ser-bench-");
        try
        {
            Environment.SetEnvironmentVariable("SER_HOME", home.FullName);
            ModelStore.Default.Import(directory, Other);
            using var server = ServerProcess.Of(Path.GetFullPath(program), null);
            Console.WriteLine($"ready: {server.PrivateMegabytes:F0} MB");
            for (var count = 1; count <= switches; count++)
            {
                Switch(server.Client, Other);
                Switch(server.Client, ModelCatalogue.Compact);
                if (count == 1 || count % Math.Max(1, switches / Steps) == 0)
                    Console.WriteLine($"{count} times: {server.PrivateMegabytes:F0} MB");
            }
            return 0;
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private static void Switch(HttpClient client, string model)
    {
        using (var answer = client.Send(new(HttpMethod.Post, $"/api/v1/models/{model}/activate")))
            answer.EnsureSuccessStatusCode();
        while (IsBeingLoaded(client))
            Thread.Sleep(5);
    }

    private static bool IsBeingLoaded(HttpClient client)
    {
        using var answer = client.Send(new(HttpMethod.Get, "/api/v1/models"));
        answer.EnsureSuccessStatusCode();
        using var list = JsonDocument.Parse(answer.Content.ReadAsStream());
        var doings = list.RootElement.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("activation"))
            .Where(activation => activation.ValueKind == JsonValueKind.Object).Select(activation => activation.GetProperty("state").GetString()).ToArray();
        return !doings.Contains("failed") ? doings.Length > 0 : throw new InvalidOperationException("The model cannot be loaded.");
    }
}
