using Xunit;

namespace Feedback.Grains.Tests.Verification;

/// <summary>A changed database is found out, and the place is named.</summary>
public sealed class TamperTests(StoredSite site) : IClassFixture<StoredSite>
{
    private const string OfTheWindow = "stream = (select id from streams where name = 'window:n7')";

    public static TheoryData<string, string, string> Edits => new()
    {
        { $"update journal set events = replace(events, '\"grade\":5', '\"grade\":1') where {OfTheWindow} and version = 2", "window:n7", "hash chain breaks at version 2" },
        { $"update journal set events = replace(events, '\"receivedAt\":1', '\"receivedAt\":2') where {OfTheWindow} and version = 5", "window:n7", "hash chain breaks at version 5" },
        { $"update journal set events = '[' where {OfTheWindow} and version = 3", "window:n7", "row at version 3 cannot be read" },
        { $"update journal set count = 2 where {OfTheWindow} and version = 5", "window:n7", "says 2 events and holds 1" },
        { $"update journal set digest = randomblob(32) where {OfTheWindow} and version = 3", "window:n7", "hash chain breaks at version 3" },
        { $"update journal set digest = randomblob(32) where {OfTheWindow} and version = 5", "window:n7", "hash chain breaks at version 5" },
        { $"update journal set at = at - 1 where {OfTheWindow} and version = 4", "window:n7", "row at version 4 is older" },
        { $"delete from journal where {OfTheWindow} and version = 3", "window:n7", "version 3 is missing" },
        { $"delete from journal where {OfTheWindow} and version = 1", "window:n7", "version 1 is missing" },
        { $"delete from journal where {OfTheWindow} and version >= 5", "window:n7", "stream ends at 4" },
        { "delete from journal where stream = (select id from streams where name = 'org')", "window:n7", "not in the organisation" },
        {
            $"""
            update journal set events = (select other.events from journal other where other.stream = journal.stream and other.version = 5 - journal.version),
                digest = (select other.digest from journal other where other.stream = journal.stream and other.version = 5 - journal.version)
            where {OfTheWindow} and version in (2, 3)
            """, "window:n7", "hash chain breaks at version 2"
        },
        { $"update journal set version = case version when 2 then 103 else 102 end where {OfTheWindow} and version in (2, 3)", "window:n7", "version 2 is missing" },
        { "update node_days set tally = replace(tally, '\"5\":', '\"4\":') where node = 'n7' and day = '2026-03-02'", "n7, 2026-03-02", "counted" },
        { "update node_days set version = version - 1 where node = 'n7' and day = '2026-03-02'", "n7, 2026-03-02", "version" },
        { "update node_days set parent = 'n5' where node = 'n7' and day = '2026-03-02'", "n7, 2026-03-02", "parent" },
        { "update node_days set fold = 0 where node = 'n7' and day = '2026-03-02'", "n7, 2026-03-02", "not stored" },
        { "delete from node_days where node = 'n7' and day = '2026-03-01'", "n7, 2026-03-01", "not stored" },
        { "insert into node_days select node, '2026-03-09', hall, parent, version, changed_at, fold, active_5, active_4, active_3, active_2, active_1, default_graded, callback_graded, declined, excluded, matters_finished, matters_rated, tally, matters from node_days where day = '2026-03-02'", "n7, 2026-03-09", "has no event" },
        { "update node_days set node = 'n77' where node = 'n7' and day = '2026-03-02'", "n77, 2026-03-02", "no stream" },
        { "update days_through set version = 99 where node = 'n7'", "window:n7", "up to version 99" },
        { "update personal set ciphertext = randomblob(60) where kind = 1", "window:n7, version 2", "not the one" },
        { "update personal set salt = randomblob(16) where kind = 1", "window:n7, version 2", "not the one" },
        { "update personal set ciphertext = (select ciphertext from personal where kind = 2) where kind = 1", "window:n7, version 2", "not the one" },
        { "update subject_keys set wrapped = randomblob(60) where subject = (select subject from personal where kind = 1 and ciphertext is not null)", "window:n7, version 2", "not the one" },
        { "update personal set salt = randomblob(16), ciphertext = randomblob(60) where kind = 1 and ciphertext is null", "personal text", "was erased and is there" },
        { "delete from personal where kind = 1", "window:n7, version 2", "is gone" },
        { "delete from personal where kind = 2", "window:n7, version 2", "is gone" },
        { "delete from personal where kind = 3", "catalogue, version 4", "is gone" },
        { "update personal set salt = null, ciphertext = null where kind = 1", "window:n7, version 2", "is gone" },
        { "delete from subject_keys where subject = (select subject from personal where kind = 1 and ciphertext is not null)", "window:n7, version 2", "is gone" },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public async Task Every_edit_is_found_and_its_place_is_named(string edit, string place, string what)
    {
        using var copy = site.Copy();
        Assert.Empty((await copy.VerifyAsync()).Findings);

        copy.Edit(edit);

        var findings = (await copy.VerifyAsync()).Findings;
        Assert.True(findings.Any(finding => finding.Place.StartsWith(place, StringComparison.Ordinal) && finding.What.Contains(what, StringComparison.Ordinal)),
            $"Looked for '{place}: {what}' among:\n{string.Join('\n', findings)}");
    }

    [Fact]
    public async Task A_clean_journal_says_what_was_looked_at()
    {
        using var copy = site.Copy();

        var report = await copy.VerifyAsync();

        Assert.Empty(report.Findings);
        Assert.Equal((3, 10 + 4 + 6, 2, 5), (report.Streams, report.Events, report.Days, report.References));
    }
}
