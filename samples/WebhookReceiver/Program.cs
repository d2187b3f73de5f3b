// Receives the webhooks of a server, which calls http://localhost:5000/webhook: SER_WEBHOOK_SECRET=whsec_... WebhookReceiver
using System.Text.Json;
using SpeechEmotion.Client.Webhooks;

var secret = Environment.GetEnvironmentVariable("SER_WEBHOOK_SECRET")!;
var app = WebApplication.CreateSlimBuilder(args).Build();

app.MapPost("/webhook", async (HttpRequest request, Stream body, CancellationToken ct) =>
{
    // The signature covers the exact bytes of the body, so they are verified before anything reads them.
    using var bytes = new MemoryStream();
    await body.CopyToAsync(bytes, ct);
    if (!WebhookSignature.Verify(name => request.Headers[name], bytes.ToArray(), secret))
        return Results.Unauthorized();
    Console.WriteLine(JsonElement.Parse(bytes.ToArray()).GetProperty("type"));
    return Results.NoContent();
});
app.Run();
