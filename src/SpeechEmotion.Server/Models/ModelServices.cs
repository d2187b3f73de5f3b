using SpeechEmotion.Downloads;
using SpeechEmotion.Models;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Models;

/// <summary>Registers the services that find, download, activate and remove models.</summary>
internal static class ModelServices
{
    public static IServiceCollection AddModels(this IServiceCollection services) => services.AddJson(ModelJsonContext.Default)
        .AddSingleton(ModelStore.Default).AddSingleton(ModelSearch.Default).AddSingleton(ModelPull.Default)
        .AddSingleton<ModelDownloads>().AddHostedService(provider => provider.GetRequiredService<ModelDownloads>())
        .AddSingleton<ModelSwitch>().AddHostedService(provider => provider.GetRequiredService<ModelSwitch>())
        .AddSingleton<ModelInventory>();
}
