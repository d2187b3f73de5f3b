using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SpeechEmotion.Server.Settings;

/// <summary>Checks the ranges that <see cref="ServerOptions"/> names.</summary>
internal sealed class ServerOptionsValidator : IValidateOptions<ServerOptions>
{
    // A generated validator would drop the messages of the ranges, which are in both languages.
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        var failures = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new(options), failures, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(failures.Select(failure => failure.ErrorMessage!));
    }
}
