using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Feedback.Grains.Verification;
using Feedback.TestSupport;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Feedback.Grains.Tests.Checkpoints;

/// <summary>Whoever tampers with the journal or its checkpoints is found out, however well they recompute.</summary>
public sealed class TamperingTests
{
    private const int Seed = 20_261_125;
    private const int Tamperings = 1000;

    [Fact]
    public async Task A_thousand_of_a_thousand_tamperings_are_found()
    {
        await using var site = await AttestedSite.OpenAsync();
        foreach (var rows in new[] { 8, 6, 4 })
        {
            await site.FillAsync(rows);
            await site.MakeAsync();
            site.Clock.Advance(TimeSpan.FromHours(1));
        }

        await site.StopAsync();
        var clean = await site.VerifyAsync();
        Assert.Empty(clean.Findings);
        Assert.Equal((7, 3, 3), (clean.Streams, (int)clean.Checkpoints, Directory.GetFiles(site.Checkpoints).Length));

        var random = new Random(Seed);
        var missed = new List<string>();
        for (var i = 0; i < Tamperings; i++)
        {
            var kind = Tampering.Kinds[i % Tampering.Kinds.Count];
            using var copy = new Copy(site);
            var what = copy.Tamper(kind, random);
            if ((await site.VerifyAsync(copy.JournalFile, copy.Checkpoints)).IsClean)
                missed.Add($"{i}, {kind}: {what}");
        }

        Assert.True(missed.Count == 0, $"{missed.Count} of {Tamperings} were not found:\n{string.Join('\n', missed)}");
        Assert.Empty((await site.VerifyAsync()).Findings);
    }

    [Theory]
    [InlineData("update journal set at = at + 1 where stream = (select id from streams where name = 'audit:0') and version = 1", "audit:0", "stored at other times")]
    [InlineData("delete from journal where stream = (select id from streams where name = 'window:n11') and version > 3", "window:n11", "its tail is missing")]
    [InlineData("delete from journal where stream = (select id from streams where name = 'keys'); delete from streams where name = 'keys'", "keys", "has vanished")]
    [InlineData("delete from journal where stream = (select id from streams where name = 'checkpoints')", "checkpoint 1", "is missing in the journal")]
    [InlineData("update journal set events = replace(events, '},{', '}, {') where stream = (select id from streams where name = 'audit:0')", "audit:0", "between its events")]
    public async Task What_was_done_is_told_in_words(string edit, string place, string what)
    {
        await using var site = await AttestedSite.OpenAsync();
        await site.FillAsync(4);
        await site.MakeAsync();
        await site.StopAsync();
        Support.SqliteFile.Edit(site.JournalFile, edit);

        Assert.Contains((await site.VerifyAsync()).Findings, finding => finding.Place == place && finding.What.Contains(what, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_appended_after_the_newest_checkpoint_and_recomputed_is_not_found_until_the_next_one_is_made()
    {
        await using var site = await AttestedSite.OpenAsync();
        await site.FillAsync(2);
        await site.MakeAsync();
        await site.AppendAsync(AttestedSite.WindowOne);
        await site.AppendAsync(AttestedSite.WindowOne);
        var tail = (await site.Journal.TailAsync(AttestedSite.WindowOne)).Version;
        await site.StopAsync();
        Assert.Empty((await TamperedAsync(site, tail)).Findings);

        await site.StartAsync();
        await site.MakeAsync();
        await site.StopAsync();
        Assert.Empty((await site.VerifyAsync()).Findings);
        Assert.Contains((await TamperedAsync(site, tail)).Findings, finding => finding.What.Contains("not what checkpoint 2 attests", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_restore_of_an_older_database_is_told_apart_from_a_cut()
    {
        await using var site = await AttestedSite.OpenAsync();
        await site.FillAsync(2);
        await site.MakeAsync();
        await site.StopAsync();
        using var older = new Copy(site);
        await site.StartAsync();
        var former = await site.Journal.GenerationAsync();
        await site.FillAsync(2);
        await site.MakeAsync();
        await site.StopAsync();

        // The older file as it is: somebody cut off what came later.
        Assert.Contains((await site.VerifyAsync(older.JournalFile)).Findings, finding => finding is { Place: "checkpoint 2" } && finding.What.Contains("missing in the journal", StringComparison.Ordinal));
        // With another life's name, too: anybody can write that.
        File.Copy(older.JournalFile, site.JournalFile, overwrite: true);
        await Storage.Schema.Generation.RenewSqliteAsync(site.JournalFile);
        Assert.Contains((await site.VerifyAsync()).Findings, finding => finding is { Place: "checkpoint 2" } && finding.What.Contains("missing in the journal", StringComparison.Ordinal));
        // Restored, and so signed, it begins another life, and goes on being attested.
        await site.StartAsync();
        await site.NewMaker().MakeAfterRestoreAsync(former);
        var restored = await site.VerifyAsync();
        Assert.Empty(restored.Findings);
        Assert.Contains("1 checkpoints", Assert.Single(restored.Notes), StringComparison.Ordinal);
        await site.FillAsync(1);
        await site.MakeAsync();
        Assert.Empty((await site.VerifyAsync()).Findings);
        Assert.Equal(4, Directory.GetFiles(site.Checkpoints).Length);
    }

    [Fact]
    public async Task Another_life_of_the_database_that_nobody_signed_is_found_however_it_is_attested_later()
    {
        await using var site = await AttestedSite.OpenAsync();
        await site.FillAsync(1);
        await site.MakeAsync();
        await site.StopAsync();
        await Storage.Schema.Generation.RenewSqliteAsync(site.JournalFile);
        await site.StartAsync();
        await site.FillAsync(1);
        await site.MakeAsync();

        Assert.Contains("nobody signed", Assert.Single((await site.VerifyAsync()).Findings).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auditor_verifies_with_older_copies_and_the_public_key_and_finds_a_rewritten_history()
    {
        await using var site = await AttestedSite.OpenAsync();
        await site.FillAsync(2);
        await site.MakeAsync();
        using var copies = new Copy(site, withJournal: false);
        await site.FillAsync(2);
        await site.MakeAsync();
        site.Clock.Advance(TimeSpan.FromHours(1));
        var good = await site.VerifyAsync(directory: copies.Checkpoints, copies: true);
        Assert.Empty(good.Findings);
        Assert.Contains("newest 1", Assert.Single(good.Notes), StringComparison.Ordinal);

        // Whoever has everything on the machine, the key too, makes another history. What lies elsewhere they cannot reach.
        await using var other = await AttestedSite.OpenAsync();
        await other.FillAsync(2);
        await other.MakeAsync();
        var rewritten = await site.VerifyAsync(other.JournalFile, copies.Checkpoints, copies: true);
        Assert.NotEmpty(rewritten.Findings);
    }

    private static async Task<VerificationReport> TamperedAsync(AttestedSite site, long version)
    {
        using var copy = new Copy(site);
        using (var file = copy.Open())
        {
            var rows = Tampering.Read(file).Where(row => row.Stream == AttestedSite.WindowOne.Value).ToList();
            var (before, last) = (rows[^2], rows[^1]);
            Assert.Equal(version, last.Version);
            var forged = EventText.Write(new Domain.Keys.KeyRevoked { Salt = default, Key = "k1", At = last.At });
            using var command = file.CreateCommand();
            command.CommandText = "update journal set events = cast(@events as text), digest = @digest where version = @version and stream = (select id from streams where name = @stream)";
            command.Parameters.AddWithValue("@events", JournalRow.Join([forged]));
            command.Parameters.AddWithValue("@digest", Digest.FromBytes(before.Digest).After(forged).ToBytes());
            command.Parameters.AddWithValue("@version", version);
            command.Parameters.AddWithValue("@stream", last.Stream);
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        return await site.VerifyAsync(copy.JournalFile);
    }

    /// <summary>Copies of a stopped site's files.</summary>
    private sealed class Copy : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Copy(AttestedSite site, bool withJournal = true)
        {
            if (withJournal)
                File.Copy(site.JournalFile, JournalFile);
            Directory.CreateDirectory(Checkpoints);
            foreach (var file in Directory.GetFiles(site.Checkpoints))
                File.Copy(file, Path.Combine(Checkpoints, Path.GetFileName(file)));
        }

        public string JournalFile => _folder["journal.db"];

        public string Checkpoints => _folder["checkpoints"];

        public string Tamper(string kind, Random random)
        {
            using var file = Open();
            using var all = file.BeginTransaction();
            var what = new Tampering(file, Checkpoints, random).Do(kind);
            all.Commit();
            return what;
        }

        public SqliteConnection Open()
        {
            var file = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = JournalFile, Pooling = false }.ConnectionString);
            file.Open();
            using var pragma = file.CreateCommand();
            pragma.CommandText = "pragma synchronous = off";
            pragma.ExecuteNonQuery();
            return file;
        }

        public void Dispose() => _folder.Dispose();
    }
}
