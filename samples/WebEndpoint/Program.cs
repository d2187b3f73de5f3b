// Adds emotion recognition to an ASP.NET application: curl --data-binary @voice.mp3 http://localhost:5000/emotion
using SpeechEmotion;
using SpeechEmotion.Errors;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddSingleton(_ => EmotionRecognizer.Load());
var app = builder.Build();

app.MapPost("/emotion", async (Stream body, EmotionRecognizer recognizer, CancellationToken ct) =>
{
    var recording = new MemoryStream();
    await body.CopyToAsync(recording, ct);
    recording.Position = 0;
    try
    {
        var result = await Task.Run(() => recognizer.Recognize(recording, ct: ct), ct);
        return TypedResults.Ok(new { Emotion = result.Emotion.ToString(), result.Confidence, Model = result.Model.Id });
    }
    catch (AudioException e)
    {
        return Results.Problem(e.Message, statusCode: 422, extensions: new Dictionary<string, object?> { ["code"] = e.Code });
    }
});
app.Run();
