using Microsoft.AspNetCore.Authorization;

namespace SpeechEmotion.Server.Access;

/// <summary>
/// Who may call a route. A route names its policy, or allows anonymous callers; a route that names none, and a path without a route,
/// is for known callers only. A server without users and keys knows every caller.
/// </summary>
internal static class AccessPolicies
{
    /// <summary>Known callers; a browser only from a page of the server itself.</summary>
    public const string Rest = "rest";

    /// <summary>All callers; a browser only from a page of the server itself.</summary>
    public const string OwnPage = "own_page";

    public static void Configure(AuthorizationOptions options)
    {
        options.FallbackPolicy = new AuthorizationPolicyBuilder().AddRequirements(new CallerRequirement()).Build();
        options.AddPolicy(Rest, policy => policy.AddRequirements(new OwnPageRequirement(), new CallerRequirement()));
        options.AddPolicy(OwnPage, policy => policy.AddRequirements(new OwnPageRequirement()));
    }
}
