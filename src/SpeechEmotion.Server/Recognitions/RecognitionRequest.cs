using SpeechEmotion.Results;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>What is asked of one recognition.</summary>
/// <param name="Recording">The recording.</param>
/// <param name="Granularity">One result, or also one for every 20 ms.</param>
/// <param name="Embedding">Also give the embedding.</param>
/// <param name="Model">Name of the model; null for the server's own.</param>
public sealed record RecognitionRequest(UploadedRecording Recording, Granularity Granularity, bool Embedding, string? Model);
