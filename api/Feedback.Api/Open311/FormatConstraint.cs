namespace Feedback.Api.Open311;

/// <summary>Lets an address end in <c>xml</c> or <c>json</c>, and in nothing else.</summary>
internal sealed class FormatConstraint : IRouteConstraint
{
    /// <summary>Its name in routes.</summary>
    public const string Name = "spark";

    /// <inheritdoc/>
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values.TryGetValue(routeKey, out var value) && value is "xml" or "json";
}
