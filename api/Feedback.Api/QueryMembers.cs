using Microsoft.OpenApi;

namespace Feedback.Api;

/// <summary>Tells the OpenAPI document about members of the query, which are read by hand so that each is refused in words.</summary>
internal static class QueryMembers
{
    /// <summary>Adds a member of the query to the description of a route.</summary>
    /// <param name="route">The route.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="words">What it means.</param>
    /// <param name="required">Whether it must be given.</param>
    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder route, string name, string words, bool required = true) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Query,
                Required = required,
                Description = words,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
            return Task.CompletedTask;
        });
}
