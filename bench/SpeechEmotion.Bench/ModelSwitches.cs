using System.Net.Http.Json;
using System.Text.Json;
using SpeechEmotion.Models;

namespace SpeechEmotion.Bench;

/// <summary>
/// Checks that the server releases the memory of models: switches back and forth between two and prints its private memory.
/// </summary>
internal static class ModelSwitches
{
    private const string Other = "other";
    private const int Steps = 10;

    /// <param name="program">Path of <c>dist/ser-server</c>.</param>
    /// <param name="directory">A FunASR folder, which alternates with the compact model.</param>
    /// <param name="switches">The number of switches there and back.</param>
    public static async Task<int> RunAsync(string program, string directory, int switches)
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
                await SwitchAsync(server.Client, Other);
                await SwitchAsync(server.Client, ModelCatalogue.Compact);
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

    private static async Task SwitchAsync(HttpClient client, string model)
    {
        using (var answer = await client.PostAsync($"/api/v1/models/{model}/activate", null))
            answer.EnsureSuccessStatusCode();
        while (await IsBeingLoadedAsync(client, model))
            await Task.Delay(5);
    }

    private static async Task<bool> IsBeingLoadedAsync(HttpClient client, string id)
    {
        var list = await client.GetFromJsonAsync<JsonElement>("/api/v1/models");
        var activation = list.GetProperty("models").EnumerateArray()
            .First(model => model.GetProperty("id").GetString() == id).GetProperty("activation");
        if (activation.ValueKind == JsonValueKind.Null)
            return false;
        return activation.GetProperty("state").GetString() == "loading"
            ? true
            : throw new InvalidOperationException($"The model cannot be loaded: {activation}");
    }
}
