using Microsoft.OpenApi;

namespace Feedback.Api;

/// <summary>Tells the OpenAPI document about members of the query and headers, which are read by hand so that each is refused in words.</summary>
internal static class QueryMembers
{
    /// <summary>Adds a member of the query to the description of a route.</summary>
    /// <param name="route">The route.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="words">What it means.</param>
    /// <param name="required">Whether it must be given.</param>
    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder route, string name, string words, bool required = true) =>
        route.With(ParameterLocation.Query, name, words, required);

    /// <summary>Adds a header that may be sent to the description of a route.</summary>
    /// <param name="route">The route.</param>
    /// <param name="name">The header's name.</param>
    /// <param name="words">What it means.</param>
    public static RouteHandlerBuilder WithHeader(this RouteHandlerBuilder route, string name, string words) =>
        route.With(ParameterLocation.Header, name, words, required: false);

    private static RouteHandlerBuilder With(this RouteHandlerBuilder route, ParameterLocation place, string name, string words, bool required) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = name,
                In = place,
                Required = required,
                Description = words,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
            return Task.CompletedTask;
        });
}
