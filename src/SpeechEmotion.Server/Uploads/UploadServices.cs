using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Uploads;

/// <summary>Registers the services that receive and fetch recordings.</summary>
internal static class UploadServices
{
    public static IServiceCollection AddUploads(this IServiceCollection services) => services
        .AddSingleton<DiskBudget>().AddSingleton<UploadStore>().AddSingleton<AddressCheck>(PublicAddress.Is).AddSingleton<UrlFetcher>();
}
