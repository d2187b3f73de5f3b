using System.Text;
using SpeechEmotion.Models;
using SpeechEmotion.Options;
using SpeechEmotion.Server.Batches.Offline;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>
/// <c>ser batch --json</c> in the process of the tests, with the model that they share: a program of its own takes seconds to start.
/// </summary>
internal static class BatchHere
{
    public static async Task<BatchEnd> RunAsync(BatchRequest request, params string[] sources)
    {
        using var events = new MemoryStream();
        await using var errors = new StringWriter { NewLine = "\n" };
        int code;
        using (var display = new BatchDisplay(request.Language, errors, terminal: false, new(events), TimeProvider.System))
        {
            code = await BatchProgram.RunAsync(
                request, sources, display, CancellationToken.None, CancellationToken.None,
                services =>
                {
                    if (request.Options.Model == ModelCatalogue.Compact)
                        SharedModel.Share(services);
                });
        }
        var lines = Encoding.UTF8.GetString(events.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines)
            Contract.BatchEvent.ShouldAccept(line, "An event of a batch");
        return new(code, [.. lines.Select(line => System.Text.Json.JsonElement.Parse(line))], errors.ToString());
    }
}
