using System.Text.Json;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>Reads the responses of the server.</summary>
internal static class Answers
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync());

    public static Task<string> TextAsync(this HttpResponseMessage response) => response.Content.ReadAsStringAsync();

    public static Task<byte[]> BytesAsync(this HttpResponseMessage response) => response.Content.ReadAsByteArrayAsync();

    /// <summary>Opens the body for reading line by line while it arrives.</summary>
    public static async Task<StreamReader> LinesAsync(this HttpResponseMessage response) => new(await response.Content.ReadAsStreamAsync());

    /// <summary>The stable code of a problem document.</summary>
    public static async Task<string?> CodeAsync(this HttpResponseMessage response) =>
        (await response.JsonAsync()).GetProperty("code").GetString();
}
