using Feedback.Api.Addresses;
using Feedback.Api.Limits;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Grains.Audit;

namespace Feedback.Api.Access;

/// <summary>
/// The one point every request to an endpoint passes: who is it, and may they do this anywhere at all? Where they may is
/// then looked up by the handler within <see cref="CallerOf.ScopeHere"/>, and what lies outside looks as if it did not exist.
/// </summary>
internal static class PolicyGate
{
    public static void UsePolicyGate(this IApplicationBuilder app) => app.Use((http, next) =>
        // What routing itself answers, such as 405, is no endpoint of ours.
        http.GetEndpoint() is RouteEndpoint endpoint ? PassAsync(http, endpoint, next) : next(http));

    private static Task PassAsync(HttpContext http, RouteEndpoint endpoint, RequestDelegate next)
    {
        // Nothing declared: deny, and look like nothing.
        if (endpoint.Metadata.GetMetadata<EndpointPolicy>() is not { } policy)
            return Problems.Problem.WriteAsync(http, new Refusal("not-found"));
        return policy.Permission is { } permission ? DemandAsync(http, policy, permission, next) : LimitGate.PassOpenAsync(http, endpoint, policy, next);
    }

    private static async Task DemandAsync(HttpContext http, EndpointPolicy policy, Permission permission, RequestDelegate next)
    {
        var (caller, refusal) = await http.RequestServices.GetRequiredService<Callers>().FindAsync(http, permission);
        // Nothing was shown: then the rows must prove themselves, and what they may is looked up by their own keys.
        var byRows = policy.RowsMayBeSigned && refusal?.Code == "key-missing";
        var limits = http.RequestServices.GetRequiredService<RequestLimits>();
        if (!byRows && (caller.IsKnown ? limits.Take(caller) : limits.TakeFailed(http)) is { Ticks: > 0 } wait)
        {
            await policy.Refuse(http, LimitGate.TooMany(http, wait));
            return;
        }

        if (refusal is null && !policy.Allows(caller.ScopeOf(permission)))
            refusal = new Refusal("forbidden", null, permission.Word());
        if (refusal is null || byRows)
        {
            http.Features.Set(new CallerOf(caller, permission));
            await next(http);
            return;
        }

        Note(http, caller, refusal);
        await policy.Refuse(http, refusal);
    }

    /// <summary>Leaves a trace of a refusal, also where only the handler could tell.</summary>
    public static void Note(HttpContext http, Caller caller, Refusal refusal, string? target = null) =>
        http.RequestServices.GetRequiredService<IAudit>().NoteRefusal(new AuditEntry(ActOf(http.GetEndpoint()), caller.Name)
        {
            Target = target,
            Reason = refusal.Code,
            Address = CallerAddress.Of(http),
            Refused = true,
        });

    private static string ActOf(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "";
}

/// <summary>The caller of this request and what the endpoint demanded of them.</summary>
/// <param name="Caller">The caller.</param>
/// <param name="Permission">What the endpoint demands.</param>
public sealed record CallerOf(Caller Caller, Permission Permission)
{
    /// <summary>Where the caller may do what the endpoint does.</summary>
    public Domain.Organisation.NodeScope ScopeHere => Caller.ScopeOf(Permission);
}

/// <summary>Reads who passed the gate.</summary>
public static class CallerFeature
{
    /// <summary>Who passed the gate.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is open: nobody was asked who they are.</exception>
    public static CallerOf GetCaller(this HttpContext http) =>
        http.Features.Get<CallerOf>() ?? throw new InvalidOperationException("This endpoint demands nothing, so nobody knows its caller.");
}
