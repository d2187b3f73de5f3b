using System.Reflection;

namespace SpeechEmotion.Server;

/// <summary>The version of the program.</summary>
internal static class ProductVersion
{
    public static string Text { get; } = typeof(EmotionRecognizer).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
