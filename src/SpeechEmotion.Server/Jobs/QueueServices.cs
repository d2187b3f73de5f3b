using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Jobs;

/// <summary>Registers the queue of single recognitions.</summary>
internal static class QueueServices
{
    public static IServiceCollection AddRecognitionQueue(this IServiceCollection services) => services
        .AddSingleton(provider => new WaitingList(provider.GetRequiredService<IOptions<ServerOptions>>().Value.Queue))
        .AddSingleton<RecognitionRunner>().AddSingleton<JobMetrics>().AddSingleton<FollowedRecognitions>()
        .AddSingleton<RecognitionLanes>().AddSingleton<RecognitionQueue>()
        .AddHostedService(provider => provider.GetRequiredService<RecognitionQueue>()).AddHostedService<SharedRecognitions>();
}
