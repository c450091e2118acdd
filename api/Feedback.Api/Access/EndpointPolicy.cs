using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;

namespace Feedback.Api.Access;

/// <summary>What an endpoint demands of its callers. Each declares exactly one; an endpoint without is closed to everybody.</summary>
public sealed record EndpointPolicy
{
    private EndpointPolicy()
    {
    }

    /// <summary>What the caller must be allowed to do; null where the endpoint is open.</summary>
    public Permission? Permission { get; private init; }

    /// <summary>Whether the caller must be allowed to do it in the whole bureau: what lies in no place is not for those of one.</summary>
    public bool Everywhere { get; private init; }

    /// <summary>Why everybody may call it; null where it is not open.</summary>
    public string? OpenBecause { get; private init; }

    /// <summary>Whether a request may come without a key because each row of it may be signed; the handler holds every row to that.</summary>
    public bool RowsMayBeSigned { get; private init; }

    /// <summary>How somebody is turned away; a problem document unless it is a page.</summary>
    public Func<HttpContext, Refusal, Task> Refuse { get; private init; } = Problems.Problem.WriteAsync;

    /// <summary>Callers must be allowed to do something, wherever; the handler looks where.</summary>
    /// <param name="permission">What.</param>
    /// <param name="refuse">How somebody is turned away; null for a problem document.</param>
    /// <param name="rowsMayBeSigned">Whether a request may come without a key because each row of it may be signed.</param>
    /// <param name="everywhere">Whether they must be allowed to do it in the whole bureau.</param>
    public static EndpointPolicy Demand(Permission permission, Func<HttpContext, Refusal, Task>? refuse = null, bool rowsMayBeSigned = false, bool everywhere = false) =>
        new() { Permission = permission, Refuse = refuse ?? Problems.Problem.WriteAsync, RowsMayBeSigned = rowsMayBeSigned, Everywhere = everywhere };

    /// <summary>Whether this is for somebody who holds its permission in these places.</summary>
    public bool Allows(NodeScope scope) => Everywhere ? scope.IsEverywhere : !scope.IsNowhere;

    /// <summary>Everybody may call it.</summary>
    /// <param name="because">Why that does no harm.</param>
    /// <param name="refuse">How somebody is turned away of whom too much came; null for a problem document.</param>
    public static EndpointPolicy Open(string because, Func<HttpContext, Refusal, Task>? refuse = null) =>
        new() { OpenBecause = because, Refuse = refuse ?? Problems.Problem.WriteAsync };
}

/// <summary>Declares policies on endpoints.</summary>
public static class EndpointPolicies
{
    /// <summary>The caller must hold a permission somewhere; others get 401 or 403.</summary>
    public static TBuilder Demands<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(EndpointPolicy.Demand(permission));

    /// <summary>The caller must hold a permission in the whole bureau; others get 401 or 403.</summary>
    public static TBuilder DemandsEverywhere<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(EndpointPolicy.Demand(permission, everywhere: true));

    /// <summary>Everybody may call it.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="because">Why that does no harm.</param>
    public static TBuilder IsOpen<TBuilder>(this TBuilder endpoint, string because)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(EndpointPolicy.Open(because));
}
