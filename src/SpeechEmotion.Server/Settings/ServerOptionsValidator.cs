using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SpeechEmotion.Server.Settings;

/// <summary>Validates the ranges declared in <see cref="ServerOptions"/>.</summary>
internal sealed class ServerOptionsValidator : IValidateOptions<ServerOptions>
{
    // A generated validator would drop the bilingual messages of the ranges.
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        var failures = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new(options), failures, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(failures.Select(failure => failure.ErrorMessage!));
    }
}
