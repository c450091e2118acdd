using Feedback.Chaos.Tests.Load;
using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.Chaos.Tests.Storage;

/// <summary>The same key more than once, on both databases.</summary>
public sealed class RepeatTests
{
    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public Task Keys_sent_five_times_at_once_are_stored_once_with_one_receipt(string database) =>
        ResultTable.RecordAsync(15, $"10,000 keys × 5 concurrent sends, {database}", row => RunAsync(database, row, async (data, server) =>
        {
            var (ledger, conflicts) = await Repeats.AtOnceAsync(data, server.Url, Scale.Count(10_000), 5);
            row.Measure("sends", ledger.Requests);
            row.Measure("other bodies answered 409", conflicts);
            return ledger;
        }));

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public Task Lines_cut_between_the_commit_and_the_answer_leave_exactly_one_each(string database) =>
        ResultTable.RecordAsync(16, $"line cut after the commit × 1,000, {database}", row => RunAsync(database, row, async (data, server) =>
        {
            var ledger = await Repeats.CutAsync(data, server.Url, Scale.Count(1000));
            row.Measure("cut", ledger.Unknown);
            return ledger;
        }));

    private static async Task RunAsync(string database, ResultRow row, Func<DemoData, FeedbackProcess, Task<Ledger>> fault)
    {
        await using var postgres = database == "PostgreSQL" ? await PrivatePostgres.StartAsync(durable: true) : null;
        var connection = postgres is null ? null : await postgres.CreateDatabaseAsync();
        using var data = await DemoData.CreateAsync(connection);
        await using var server = await data.StartAsync("serve");
        var ledger = await fault(data, server);
        await Oracle.AssertAsync(row, data, ledger, server, () => connection is null ? StoredEvents.OfFile(data["journal.db"]) : StoredEvents.OfPostgres(connection));
    }
}
