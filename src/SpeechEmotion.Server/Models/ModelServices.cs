using SpeechEmotion.Downloads;
using SpeechEmotion.Models;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Models;

/// <summary>Finding, getting, switching and removing models, put together.</summary>
internal static class ModelServices
{
    public static IServiceCollection AddModels(this IServiceCollection services) => services.AddJson(ModelJsonContext.Default)
        .AddSingleton(ModelStore.Default).AddSingleton(ModelSearch.Default).AddSingleton(ModelPull.Default)
        .AddSingleton<ModelDownloads>().AddHostedService(provider => provider.GetRequiredService<ModelDownloads>())
        .AddSingleton<ModelSwitch>().AddHostedService(provider => provider.GetRequiredService<ModelSwitch>())
        .AddSingleton<ModelInventory>();
}
