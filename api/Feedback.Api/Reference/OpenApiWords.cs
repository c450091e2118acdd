using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Feedback.Api.Reference;

/// <summary>Fills the OpenAPI documents, one in English and one in Chinese, with examples, keys and words.</summary>
internal static class OpenApiWords
{
    /// <summary>The document in English.</summary>
    public const string English = "v1";

    /// <summary>The document in Chinese.</summary>
    public const string Chinese = "v1.zh";

    // Stands in bodies for the day before: some times are only taken for a while.
    private const string Yesterday = "{yesterday}";

    private const string Json = "application/json";
    private const string DeviceKey = "deviceKey";
    private const string Token = "token";
    private const string Session = "session";

    /// <summary>Registers both documents.</summary>
    public static IServiceCollection AddReference(this IServiceCollection services)
    {
        foreach (var name in new[] { English, Chinese })
        {
            services.AddOpenApi(name, options =>
            {
                // Whatever it is called, a document tells of everything.
                options.ShouldInclude = _ => true;
                options.AddOperationTransformer((operation, context, _) => OperationAccess.Tell(operation, context.Description.ActionDescriptor.EndpointMetadata));
                options.AddSchemaTransformer((schema, context, _) => RelaxBody(schema, context.JsonTypeInfo.Type));
                options.AddDocumentTransformer((document, context, _) =>
                    Describe(document, context.DocumentName == Chinese, context.ApplicationServices.GetRequiredService<TimeProvider>().GetUtcNow()));
            });
        }

        return services;
    }

    // What may be null in a body may also be left out of it.
    private static Task RelaxBody(OpenApiSchema schema, Type type)
    {
        if (type == typeof(EvaluationBody) || type == typeof(MatterBody) || type == typeof(Invitations.InvitationBody) || type == typeof(Ratings.RatingBody) || type == typeof(Accounts.AccountBody)
            || ((type.Namespace == typeof(Terminals.TokenBody).Namespace || type.Namespace == typeof(Policies.PolicyBody).Namespace || type.Namespace == typeof(Cases.CaseStepBody).Namespace) && type.Name.EndsWith("Body", StringComparison.Ordinal)))
            schema.Required?.ExceptWith([.. schema.Required.Where(name => schema.Properties?[name].Type?.HasFlag(JsonSchemaType.Null) == true)]);
        return Task.CompletedTask;
    }

    private static Task Describe(OpenApiDocument document, bool chinese, DateTimeOffset now)
    {
        document.Info.Title = "Feedback";
        document.Info.Version = English;
        document.Info.Description = chinese
            ? "窗口推送评价与办结事项，读者查询数字。每次推送在持久保存之后才得到回执；拒绝一律为 application/problem+json，说明字段与改法。"
            : "Windows push evaluations and finished matters, readers ask for figures. A push is answered once it is stored durably; every refusal is application/problem+json that names the member and the mend.";
        // The address at which it is read is the one that is called.
        document.Servers = [new OpenApiServer { Url = "/" }];
        var schemes = (document.Components ??= new OpenApiComponents()).SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        schemes[DeviceKey] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = Access.Callers.DeviceKeyHeader,
            Description = chinese ? "终端的设备密钥：可为某一节点及其下级的窗口推送。" : "A terminal's device key: pushes for the windows at or below one node.",
        };
        schemes[Token] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = chinese ? "读者的令牌：可读取某一节点及其下级的数字。" : "A reader's token: reads the figures at or below one node.",
        };
        schemes[Session] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Cookie,
            Name = Access.Sessions.Scheme,
            Description = chinese ? "登录者的会话：按其角色与节点放行。" : "The session of somebody who signed in: good for what their roles allow, where they hold them.",
        };
        // Only now does every operation have all its parameters.
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations ?? []).Select(pair => pair.Value))
            Describe(operation, document, chinese, now.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }

    private static void Describe(OpenApiOperation operation, OpenApiDocument document, bool chinese, string yesterday)
    {
        if (operation.OperationId is null || !DescribedOperation.All.TryGetValue(operation.OperationId, out var described))
            return;
        if (described.Access is { } access)
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(access, document)] = [] }];
        if (described.Account is { } account)
            (operation.Extensions ??= new Dictionary<string, IOpenApiExtension>())["x-demo-account"] = new JsonNodeExtension(account);
        if (chinese)
            Translate(operation, described.Zh);
        OperationAccess.Word(operation, chinese);
        foreach (var example in described.Examples)
            Add(operation, example, chinese ? example.Zh : example.En, yesterday);
    }

    private static void Translate(OpenApiOperation operation, ChineseWords words)
    {
        operation.Summary = words.Summary;
        operation.Description = words.Description;
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            if (words.Parameters?.TryGetValue(parameter.Name!, out var text) == true)
                parameter.Description = text;
        }
    }

    private static void Add(OpenApiOperation operation, OperationExample example, string summary, string yesterday)
    {
        if (example.Body is { } body && operation.RequestBody?.Content is { } contents)
            Show(contents[example.Media ?? Json], JsonNode.Parse(body.ToJsonString().Replace(Yesterday, yesterday, StringComparison.Ordinal))!);
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            if (example.Query?.TryGetValue(parameter.Name!, out var text) == true)
                (parameter.Examples ??= new Dictionary<string, IOpenApiExample>())[example.Name] = new OpenApiExample { Summary = summary, Value = text };
        }

        var media = example.Status >= 400 ? "application/problem+json" : example.Body is null ? example.Media ?? Json : Json;
        var (status, responses) = (example.Status.ToString(CultureInfo.InvariantCulture), operation.Responses ??= []);
        if (!responses.TryGetValue(status, out var known))
            responses[status] = known = new OpenApiResponse { Description = summary };
        var response = (OpenApiResponse)known;
        response.Content ??= new Dictionary<string, OpenApiMediaType>();
        if (!response.Content.TryGetValue(media, out var content))
            response.Content[media] = content = new OpenApiMediaType();
        Show(content, example.Answer!);

        void Show(OpenApiMediaType shown, JsonNode value) =>
            (shown.Examples ??= new Dictionary<string, IOpenApiExample>())[example.Name] = new OpenApiExample { Summary = summary, Value = value.DeepClone() };
    }
}
