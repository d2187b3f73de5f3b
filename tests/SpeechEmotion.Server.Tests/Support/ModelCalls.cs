using System.Net.Http.Json;
using System.Text.Json;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>What tests ask of a server's models.</summary>
internal static class ModelCalls
{
    private const string Models = "/api/v1/models";

    public static async Task<JsonElement> ModelsAsync(this RunningServer server)
    {
        using var response = await server.GetAsync(Models);
        return await response.JsonAsync();
    }

    /// <summary>The model as the list shows it.</summary>
    public static async Task<JsonElement> ModelAsync(this RunningServer server, string id) =>
        (await server.ModelsAsync()).GetProperty("models").EnumerateArray().First(model => model.GetProperty("id").GetString() == id);

    public static Task<HttpResponseMessage> OfferAsync(this RunningServer server, string id, string? from = null) =>
        server.PostAsync($"{Models}/{id}/offer", JsonContent.Create(new { from }));

    public static Task<HttpResponseMessage> DownloadAsync(this RunningServer server, string id, string? from = null, bool partial = false) =>
        server.PostAsync($"{Models}/{id}/download", JsonContent.Create(new { from, partial }));

    public static Task<HttpResponseMessage> CancelDownloadAsync(this RunningServer server, string id) => server.DeleteAsync($"{Models}/{id}/download");

    public static Task<HttpResponseMessage> ActivateAsync(this RunningServer server, string id) => server.PostAsync($"{Models}/{id}/activate");

    public static Task<HttpResponseMessage> RemoveModelAsync(this RunningServer server, string id) => server.DeleteAsync($"{Models}/{id}");

    /// <summary>Waits until a download has come to an end, and gives it.</summary>
    public static async Task<JsonElement> DownloadedAsync(this RunningServer server, string id)
    {
        var download = default(JsonElement);
        await Until.AsyncTrue(async () =>
        {
            download = (await server.ModelAsync(id)).GetProperty("download");
            return download.GetProperty("state").GetString() is "done" or "failed" or "cancelled";
        });
        return download;
    }

    /// <summary>Waits until a switch to a model has come to an end, and gives the model.</summary>
    public static async Task<JsonElement> SwitchedAsync(this RunningServer server, string id)
    {
        var model = default(JsonElement);
        await Until.AsyncTrue(async () =>
        {
            model = await server.ModelAsync(id);
            return model.GetProperty("activation") is not { ValueKind: JsonValueKind.Object } activation || activation.GetProperty("state").GetString() != "loading";
        });
        return model;
    }

    /// <summary>Recognises noise, and tells which model spoke.</summary>
    public static async Task<string?> SpeakerAsync(this RunningServer server)
    {
        using var response = await server.PostAsync(Recordings.Noise(1), "a.wav");
        return (await response.JsonAsync()).GetProperty("model").GetProperty("id").GetString();
    }
}
