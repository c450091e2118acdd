using System.CommandLine;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Feedback.Benchmarks.Servers;

/// <summary>
/// The verb <c>plain</c>: what one writes in an afternoon, to compare with. ASP.NET Core binds the body, Npgsql with its
/// default pool inserts one row per request.
/// </summary>
internal static class PlainServer
{
    private const string Table = """
        CREATE TABLE evaluations (
            id text PRIMARY KEY, window_id text NOT NULL, occurred_at timestamptz NOT NULL, received_at timestamptz NOT NULL DEFAULT now(),
            grade int, origin text NOT NULL, channel text NOT NULL, body jsonb NOT NULL)
        """;

    private const string Insert = """
        INSERT INTO evaluations (id, window_id, occurred_at, grade, origin, channel, body) VALUES ($1, $2, $3, $4, $5, $6, $7)
        """;

    public static Command Create()
    {
        var postgres = new Option<string>("--postgres") { Required = true };
        var command = new Command("plain", "The plain service to compare with; started by the benchmarks themselves.") { postgres };
        command.Hidden = true;
        command.SetAction(parsed => RunAsync(parsed.GetValue(postgres)!));
        return command;
    }

    private static async Task<int> RunAsync(string connection)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(connection));
        await using var app = builder.Build();
        await using (var create = app.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(Table))
            await create.ExecuteNonQueryAsync();
        app.MapPost("/evaluations", StoreAsync);
        await app.StartAsync();
        await ServerProcess.ServeAsync(app, new BenchAccess(app.Urls.First(), "", "", "", []));
        return 0;
    }

    private static async Task<IResult> StoreAsync(PlainEvaluation evaluation, NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(Insert);
        command.Parameters.Add(new() { Value = evaluation.Id });
        command.Parameters.Add(new() { Value = evaluation.Window });
        command.Parameters.Add(new() { Value = evaluation.OccurredAt.ToUniversalTime() });
        command.Parameters.Add(new() { Value = (object?)evaluation.Grade ?? DBNull.Value });
        command.Parameters.Add(new() { Value = evaluation.Origin });
        command.Parameters.Add(new() { Value = evaluation.Channel });
        command.Parameters.Add(new() { Value = JsonSerializer.Serialize(evaluation, JsonSerializerOptions.Web), NpgsqlDbType = NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync();
        return Results.Created($"/evaluations/{evaluation.Id}", new { evaluation.Id });
    }

    private sealed record PlainEvaluation(
        string Id, string Window, DateTimeOffset OccurredAt, int? Grade, string Origin, Dictionary<string, int>? Dimensions,
        string? Matter, string? ServiceItem, string? Staff, string Channel, string[]? Reasons, string? Comment, string? Language);
}
