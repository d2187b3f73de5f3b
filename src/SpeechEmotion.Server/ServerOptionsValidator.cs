using Microsoft.Extensions.Options;

namespace SpeechEmotion.Server;

/// <summary>Checks the ranges that <see cref="ServerOptions"/> names.</summary>
[OptionsValidator]
internal sealed partial class ServerOptionsValidator : IValidateOptions<ServerOptions>;
