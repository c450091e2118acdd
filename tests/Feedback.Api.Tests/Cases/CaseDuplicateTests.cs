using Feedback.Api.Tests.Support;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;
using Xunit;

namespace Feedback.Api.Tests.Cases;

/// <summary>Duplicates are found at a window at which much else is going on.</summary>
public sealed class CaseDuplicateTests : IAsyncLifetime
{
    private readonly RunningSite _site = new();

    public Task InitializeAsync() => _site.InitializeAsync();

    public Task DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task What_was_filed_long_before_is_found_behind_hundreds_of_newer_cases()
    {
        var hall = await _site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(_site, $"case-officer@{hall.Id}");
        var alike = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;
        var id = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;
        var row = (await _site.Service<ICaseStore>().FindAsync(new CaseId(id)))!;
        // Later ones of the same day, among them praise of the same category at another window of the city.
        await WriteAsync(300, number => row with { Kind = CaseKind.Praise, Category = "facilities", OpenedAt = row.OpenedAt + number });
        await WriteAsync(300, number => row with { Kind = CaseKind.Praise, Node = new NodeId(_site.ForeignHall.Window), OpenedAt = row.OpenedAt + number });

        Assert.Equal([alike], await DuplicatesAsync());

        // Of those that can be the same, the nearest in time are looked at: here all that came after it, and not the one before.
        await WriteAsync(120, number => row with { OpenedAt = row.OpenedAt + 1 });
        var many = await DuplicatesAsync();
        Assert.Equal(20, many.Length);

        async Task<string[]> DuplicatesAsync() => [.. (await officer.GetAsync($"cases/{id}/duplicates")).Json["candidates"]!.AsArray().Select(one => (string)one!["case"]!["id"]!)];

        Task WriteAsync(int count, Func<int, CaseRow> rowOf) => _site.Service<IJournal>().WriteAsync(new JournalUnit
        {
            Cases = [.. Enumerable.Range(1, count).Select(number => rowOf(number) with { Id = CaseSecrets.NewId(), Number = Some.Id() })],
        });
    }
}
