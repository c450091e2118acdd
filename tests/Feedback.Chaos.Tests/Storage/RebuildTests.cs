using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Feedback.Chaos.Tests.Load;
using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.Chaos.Tests.Storage;

/// <summary>Everything that is derived is thrown away and made anew. <c>FEEDBACK_CHAOS_EVENTS</c> says from how many events (1,000,000).</summary>
public sealed class RebuildTests
{
    private const int InBatch = 1000;
    private const int Senders = 4;

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task Rebuilt_aggregates_are_the_same(string database)
    {
        var events = int.TryParse(Environment.GetEnvironmentVariable("FEEDBACK_CHAOS_EVENTS"), CultureInfo.InvariantCulture, out var few) ? few : Scale.Count(1_000_000);
        await ResultTable.RecordAsync(19, string.Create(CultureInfo.InvariantCulture, $"aggregates of {events:N0} events dropped and rebuilt, {database}"), async row =>
        {
            await using var postgres = database == "PostgreSQL" ? await PrivatePostgres.StartAsync(durable: true) : null;
            using var data = await DemoData.CreateAsync(postgres is null ? null : await postgres.CreateDatabaseAsync());
            await using (var server = await data.StartAsync("serve"))
            {
                await FillAsync(data, server.Url, events);
                await server.StopAsync();
            }

            var before = await DaysAsync(data);
            var begun = Stopwatch.GetTimestamp();
            var ended = await FeedbackProcess.RunAsync(["rebuild", .. data.Options]);
            var took = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            Assert.True(ended.Code == 0, ended.Output + ended.Errors);
            var after = await DaysAsync(data);

            row.Measure("events", events);
            row.Measure("days of windows", before.Count);
            row.Measure("rebuilt in", took, "s");
            row.Measure("days that differ", before.Except(after).Count() + after.Except(before).Count());
            Assert.Equal(before, after);
            await Oracle.AssertCleanAsync(data);
            Assert.True(took <= 120 * Math.Max(1, events / 1_000_000.0), $"It took {took:0} s.");
        });
    }

    private static Task FillAsync(DemoData data, Uri url, int events) => Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
    {
        using var client = new DemoClient(data, url);
        var text = new StringBuilder();
        foreach (var chunk in Enumerable.Range(0, events).Where(n => n / InBatch % Senders == sender).Chunk(InBatch))
        {
            text.Clear();
            foreach (var n in chunk)
            {
                var at = Wait.Clock.GetUtcNow().AddMinutes(-(n * 37 % (60 * 24 * 60)));
                text.Append(text.Length == 0 ? '[' : ',').Append(CultureInfo.InvariantCulture, $$"""
                    {"id":"r-{{n}}","window":"{{data.Windows[n % data.Windows.Count]}}","occurredAt":"{{at:yyyy-MM-dd'T'HH:mm:ss'Z'}}","grade":{{Some.Grade(n)}},"origin":"active","channel":"terminal"}
                    """);
            }

            var body = text.Append(']').ToString();
            await Wait.UntilAsync("they are stored", async () => (await client.PushAsync(body)) is { Status: 200 } reply && reply.Json["rejected"]!.AsArray().Count == 0);
        }
    })));

    // When a row was last written is no part of what it says.
    private static async Task<IReadOnlyList<string>> DaysAsync(DemoData data)
    {
        await using var connection = data.Journal;
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select * from node_days order by node, day";
        await using var reader = await command.ExecuteReaderAsync();
        var days = new List<string>();
        while (await reader.ReadAsync())
        {
            var fields = Enumerable.Range(0, reader.FieldCount).Where(i => reader.GetName(i) != "changed_at")
                .Select(i => reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(SHA256.HashData(bytes)) : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture));
            days.Add(string.Join('|', fields));
        }

        return days;
    }
}
