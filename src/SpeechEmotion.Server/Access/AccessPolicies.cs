using Microsoft.AspNetCore.Authorization;

namespace SpeechEmotion.Server.Access;

/// <summary>
/// The authorization policies. A route names its policy or allows anonymous callers. A route without a policy, and a path without
/// a route, are for known callers only. On a server without users and keys, every caller is known.
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

    /// <summary>Guards a REST route, and describes what every guarded route may answer.</summary>
    public static TRoute GuardRest<TRoute>(this TRoute route)
        where TRoute : IEndpointConventionBuilder => route.RequireAuthorization(Rest)
            .ProducesProblem(401).ProducesProblem(403).ProducesProblem(429).ProducesProblem(500).ProducesProblem(503);
}
