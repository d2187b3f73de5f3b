using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Tests.Exports;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>Recognitions in the database that no server has recognized.</summary>
internal static class ManyRecognitions
{
    /// <summary>Adds copies of the result for <see cref="RealResult.Speech"/>, with the identifiers 1, 2, ... in 32 digits.</summary>
    public static async Task AddAsync(HistoryContext context, int count)
    {
        var document = new RecognitionDocument
        {
            Id = "",
            State = RecognitionState.Queued,
            FileName = "",
            Size = 150_000,
            Created = new(2024, 1, 4, 22, 30, 0, TimeSpan.FromHours(8)),
            Granularity = Results.Granularity.Utterance,
            Embedding = false,
            Version = "1.0.0",
            Log = ["a line"],
        }.With(RealResult.Speech.Recognition, "outputs_20240104_223000");
        var (id, copy, isStored) = context.Database.IsSqlite()
            ? ("printf('%032d', n)", "json_set({0}, '$.id', printf('%032d', n), '$.file_name', 'call-' || n || '.wav')", "1")
            : ("lpad(n::text, 32, '0')",
                "({0}::jsonb || jsonb_build_object('id', lpad(n::text, 32, '0'), 'file_name', 'call-' || n || '.wav'))::text", "true");
#pragma warning disable EF1002 // The test itself provides the SQL.
        await context.Database.ExecuteSqlRawAsync(
            $$"""
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {1})
            INSERT INTO recognitions
                ("Id", "Created", "State", "FileName", "Emotion", "Confidence", "Document", "SegmentsStored")
            SELECT {{id}}, {2} + n, {3}, 'call-' || n || '.wav', {4}, {5}, {{copy}}, {{isStored}} FROM numbers
            """,
            JsonSerializer.Serialize(document, HistoryJsonContext.Default.RecognitionDocument), count,
            document.Created.ToUnixTimeMilliseconds(), (int)document.State, (int)document.Emotion!, document.Confidence!);
#pragma warning restore EF1002
    }
}
