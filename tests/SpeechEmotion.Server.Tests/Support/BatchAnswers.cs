using System.Net.Http.Json;
using System.Text.Json;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>Sends batches to a server, and reads its answers.</summary>
internal static class BatchAnswers
{
    /// <summary>Creates a batch from files. Fields with a hyphen in their name are headers.</summary>
    public static Task<HttpResponseMessage> PostBatchAsync(
        this RunningServer server, IReadOnlyList<(string Part, string Name, byte[] Content)> files,
        params (string Name, string Value)[] fields) => server.PostFilesAsync("/api/v1/batches", files, fields);

    /// <summary>Creates a batch from all recordings of the server's folder.</summary>
    public static async Task<JsonElement> CreateBatchAsync(this RunningServer server)
    {
        using var created = await server.PostAsync("/api/v1/batches", JsonContent.Create(new { folder = "" }));
        created.EnsureSuccessStatusCode();
        return await created.JsonAsync();
    }

    /// <summary>Sends files as a form.</summary>
    public static async Task<HttpResponseMessage> PostFilesAsync(
        this RunningServer server, string path, IReadOnlyList<(string Part, string Name, byte[] Content)> files,
        params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        foreach (var (field, value) in fields)
        {
            if (field.Contains('-', StringComparison.Ordinal))
                request.Headers.Add(field, value);
            else
                form.Add(new StringContent(value), field);
        }
        foreach (var (part, name, content) in files)
            form.Add(new ByteArrayContent(content), part, name);
        return await server.SendAsync(request);
    }

    /// <summary>Waits until the batch of an answer is done, and returns it.</summary>
    public static async Task<JsonElement> BatchEndAsync(this RunningServer server, HttpResponseMessage answer) =>
        await server.BatchEndAsync(await answer.JsonAsync());

    /// <summary>Waits until a batch is done, and returns it.</summary>
    public static Task<JsonElement> BatchEndAsync(this RunningServer server, JsonElement batch) =>
        server.BatchAsync(batch, found => found.Text("state") == "done");

    /// <summary>Waits until a batch fulfils a condition, and returns it.</summary>
    public static async Task<JsonElement> BatchAsync(this RunningServer server, JsonElement batch, Func<JsonElement, bool> condition)
    {
        var self = batch.Link("self");
        await Until.AsyncTrue(async () => condition(await server.JsonAsync(self)));
        return await server.JsonAsync(self);
    }

    /// <summary>Gets JSON from an address.</summary>
    public static async Task<JsonElement> JsonAsync(this RunningServer server, string path)
    {
        using var answer = await server.GetAsync(path);
        answer.EnsureSuccessStatusCode();
        return await answer.JsonAsync();
    }

    /// <summary>A link of a resource.</summary>
    public static string Link(this JsonElement resource, string name) => resource.GetProperty("links").GetProperty(name).GetString()!;

    /// <summary>A whole number of a resource.</summary>
    public static int Number(this JsonElement resource, string name) => resource.GetProperty(name).GetInt32();

    /// <summary>A text of a resource.</summary>
    public static string Text(this JsonElement resource, string name) => resource.GetProperty(name).GetString()!;
}
