using System.Net.Http.Json;
using System.Text.Json;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>Requests to the models API of a server.</summary>
internal static class ModelCalls
{
    private const string Models = "/api/v1/models";

    public static async Task<JsonElement> ModelsAsync(this RunningServer server)
    {
        using var response = await server.GetAsync(Models);
        return await response.JsonAsync();
    }

    /// <summary>Gets the entry of a model in the list.</summary>
    public static async Task<JsonElement> ModelAsync(this RunningServer server, string id) =>
        (await server.ModelsAsync()).GetProperty("models").EnumerateArray().First(model => model.GetProperty("id").GetString() == id);

    public static Task<HttpResponseMessage> OfferAsync(this RunningServer server, string id, string? from = null) =>
        server.PostAsync($"{Models}/{id}/offer", JsonContent.Create(new { from }));

    public static Task<HttpResponseMessage> DownloadAsync(
        this RunningServer server, string id, string? from = null, bool partial = false) =>
        server.PostAsync($"{Models}/{id}/download", JsonContent.Create(new { from, partial }));

    public static Task<HttpResponseMessage> CancelDownloadAsync(this RunningServer server, string id) =>
        server.DeleteAsync($"{Models}/{id}/download");

    public static Task<HttpResponseMessage> ActivateAsync(this RunningServer server, string id) =>
        server.PostAsync($"{Models}/{id}/activate");

    public static Task<HttpResponseMessage> RemoveModelAsync(this RunningServer server, string id) => server.DeleteAsync($"{Models}/{id}");

    /// <summary>Waits until a download has ended and returns it.</summary>
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

    /// <summary>Waits until a switch to a model has ended and returns the model.</summary>
    public static async Task<JsonElement> SwitchedAsync(this RunningServer server, string id)
    {
        var model = default(JsonElement);
        await Until.AsyncTrue(async () =>
        {
            model = await server.ModelAsync(id);
            return model.GetProperty("activation") is not { ValueKind: JsonValueKind.Object } activation
                || activation.GetProperty("state").GetString() != "loading";
        });
        return model;
    }

    /// <summary>Recognizes noise and returns the id of the model that processed it.</summary>
    public static async Task<string?> AnsweringModelAsync(this RunningServer server)
    {
        using var response = await server.PostAsync(Recordings.Noise(1), "a.wav");
        return (await response.JsonAsync()).GetProperty("model").GetProperty("id").GetString();
    }
}
