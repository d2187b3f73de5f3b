using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Cluster;

/// <summary>Registers what programs report about themselves, and what servers report about all.</summary>
internal static class ClusterServices
{
    /// <summary>Lets the program describe what it does, before it takes part among the others.</summary>
    public static IServiceCollection AddReport(this IServiceCollection services) => services
        .AddSingleton<FilesCheck>().AddHostedService(provider => provider.GetRequiredService<FilesCheck>())
        .AddSingleton<ProgramReport>().AddHostedService(provider => provider.GetRequiredService<ProgramReport>());

    /// <summary>Lets a server survey all programs.</summary>
    public static IServiceCollection AddSurvey(this IServiceCollection services) => services.AddJson(ClusterJsonContext.Default)
        .AddSingleton<InstallationParts>().AddSingleton<ClusterGauges>().AddSingleton<ClusterSurvey>()
        .AddHostedService(provider => provider.GetRequiredService<ClusterSurvey>());
}
