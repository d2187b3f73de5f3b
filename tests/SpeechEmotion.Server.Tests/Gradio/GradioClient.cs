using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;

namespace SpeechEmotion.Server.Tests.Gradio;

/// <summary>The requests of a Gradio client, with the checks of the strictest client.</summary>
internal static class GradioClient
{
    /// <summary>Uploads a recording and returns the path that names it.</summary>
    public static async Task<string> UploadAsync(
        this RunningServer server, byte[] recording, string name = "x.wav", string prefix = "/gradio_api")
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(recording), "files", name } };
        using var response = await server.Client.PostAsync($"{prefix}/upload", form);
        response.EnsureSuccessStatusCode();
        return (await response.JsonAsync())[0].GetString()!;
    }

    public static Task<string> GetTextAsync(this RunningServer server, string address) => server.Client.GetStringAsync(address);

    public static Task<byte[]> GetBytesAsync(this RunningServer server, string? address) => server.Client.GetByteArrayAsync(address);

    public static Task<HttpResponseMessage> PostJsonAsync(this RunningServer server, string address, object body) =>
        server.Client.PostAsJsonAsync(address, body);

    /// <summary>Reads a line of an open stream.</summary>
    public static Task<string?> LineAsync(this StreamReader stream) => stream.ReadLineAsync();

    /// <summary>Reads the rest of a stream.</summary>
    public static Task<string> RestAsync(this StreamReader stream) => stream.ReadToEndAsync();

    /// <summary>A file reference as clients send it.</summary>
    public static object File(string path) => new { path, orig_name = "x.wav", meta = new { _type = "gradio.FileData" } };

    /// <summary>Joins the queue and returns the id of the event.</summary>
    public static async Task<string> JoinAsync(this RunningServer server, string session, params object?[] data)
    {
        using var response = await server.JoinRawAsync(session, data);
        response.EnsureSuccessStatusCode();
        return (await response.JsonAsync()).GetProperty("event_id").GetString()!;
    }

    public static Task<HttpResponseMessage> JoinRawAsync(this RunningServer server, string? session, params object?[] data) =>
        server.Client.PostAsJsonAsync("/gradio_api/queue/join", new { data, fn_index = 0, session_hash = session });

    /// <summary>Reads all messages of a session's stream, which must end by itself.</summary>
    public static async Task<JsonElement[]> MessagesAsync(this RunningServer server, string session) =>
        Messages(await server.Client.GetByteArrayAsync($"/gradio_api/queue/data?session_hash={session}"));

    /// <summary>Opens a session's stream and leaves it open.</summary>
    public static async Task<StreamReader> OpenAsync(this RunningServer server, string address)
    {
        var response = await server.Client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        return new(await response.Content.ReadAsStreamAsync());
    }

    /// <summary>Reads the next message of an open stream; null at its end.</summary>
    public static async Task<JsonElement?> NextAsync(this StreamReader stream)
    {
        if (await stream.ReadLineAsync() is not { } line)
            return null;
        (await stream.ReadLineAsync()).ShouldBe("");
        return JsonElement.Parse(line["data: ".Length..]);
    }

    /// <summary>Makes a call in two steps and returns the text of the second.</summary>
    public static async Task<string> CallAsync(this RunningServer server, string prefix, params object?[] data)
    {
        using var response = await server.Client.PostAsJsonAsync($"{prefix}/call/predict", new { data });
        var taken = await response.Content.ReadAsStringAsync();
        return await server.Client.GetStringAsync($"{prefix}/call/predict/{taken.Split('"')[3]}");
    }

    /// <summary>Names of the messages.</summary>
    public static string[] Kinds(this IEnumerable<JsonElement> messages) =>
        [.. messages.Select(message => message.GetProperty("msg").GetString()!)];

    /// <summary>Checks that every block is one line <c>data: {JSON}</c>: Python clients fail on anything else.</summary>
    private static JsonElement[] Messages(byte[] stream)
    {
        stream.ShouldAllBe(b => b < 128 && b != '\r');
        var text = Encoding.ASCII.GetString(stream);
        text.ShouldEndWith("\n\n");
        var blocks = text[..^2].Split("\n\n");
        blocks.ShouldAllBe(
            block => block.StartsWith("data: {", StringComparison.Ordinal) && !block.Contains('\n', StringComparison.Ordinal));
        return [.. blocks.Select(block => JsonElement.Parse(block["data: ".Length..]))];
    }
}
