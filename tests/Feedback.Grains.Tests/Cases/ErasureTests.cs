using Feedback.Domain.Cases;
using Feedback.Domain.Personal;
using Feedback.Domain.Windows;
using Feedback.Grains.Cases;
using Feedback.Grains.Personal;
using Feedback.Grains.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Feedback.Grains.Tests.Cases.CaseSite;

namespace Feedback.Grains.Tests.Cases;

/// <summary>A citizen is erased from a case; the case and what is counted of it stay.</summary>
public sealed class ErasureTests
{
    [Fact]
    public async Task Erasing_destroys_the_texts_and_their_key_and_no_figure()
    {
        await using var site = await CaseSite.OpenAsync();
        var id = await site.OpenCaseAsync();
        await site.Case(id).Perform(new CaseRequest(new AttachFile(default, "image/png", 0, default), Clerk) { File = [1, 2, 3] });
        await site.MustAsync(id, Clerk, new NoteProgress(null, Told: true), "已联系张先生");
        var counts = (await site.CountsAsync(Places.Window)).Write();

        Assert.Null((await site.Case(id).Erase(ErasureCause.Asked, "asked for")).Refusal);

        var found = (await site.Records.FindAsync(id))!;
        Assert.Equal(4, found.Timeline.Count(one => one.Happened is PersonalTextErased));
        Assert.All((await site.Records.ReadTextsAsync(found, Clerk, contact: true)).Texts, text => Assert.Null(text.Text));
        Assert.False(found.State.CanBeReached);
        Assert.Equal(counts, (await site.CountsAsync(Places.Window)).Write());
        Assert.Equal(found.State.Version, (await site.Rows.FindAsync(id))!.Version);
        Assert.Equal(["1"], SqliteFile.Rows(site.Site.Journal, "select count(*) from subject_keys where wrapped is null"));
        var line = Assert.Single(site.Silo.Get<IErasureLedger>().Lines);
        Assert.Equal((id, 4), (line.Case, line.References.Count));
        await site.Silo.AssertCleanAsync();

        // Twice is once; and what is written afterwards is sealed under a key of its own.
        Assert.Equal(0, (await site.Case(id).Erase(ErasureCause.Asked, "asked for")).Version);
        await site.MustAsync(id, Clerk, new NoteProgress(null, Told: false), "后来的记录");
        found = (await site.Records.FindAsync(id))!;
        Assert.Equal("后来的记录", (await site.Records.ReadTextsAsync(found, Clerk, contact: false)).Texts[^1].Text);
        await site.Silo.DeactivateAsync(site.Case(id));
        await site.MustAsync(id, Clerk, new NoteProgress(null, Told: false), "再后来的");
        Assert.Equal(["2"], SqliteFile.Rows(site.Site.Journal, "select count(distinct subject) from personal where kind in (4, 5, 6)"));
        await site.Silo.AssertCleanAsync();
        Assert.Equal("case-unknown", (await site.Case(CaseSecrets.NewId()).Erase(ErasureCause.Asked, "asked for")).Refusal!.Code);
    }

    [Fact]
    public async Task Whoever_was_erased_and_came_back_with_an_older_copy_is_erased_once_more_before_the_site_opens()
    {
        await using var site = await CaseSite.OpenAsync();
        var (id, other) = (await site.OpenCaseAsync(), await site.OpenCaseAsync());
        var texts = (await CaseBook.ReadAsync(id, site.Silo.Journal)).Texts.Select(text => text.Ref).ToList();
        var subject = (await site.Silo.Get<IPersonalStore>().FindAsync(texts)).Values.First().Key.Subject;
        await site.Silo.Get<IErasureLedger>().AppendAsync(ErasedSubject.OfCase(id, 1, 0, texts, subject));

        await ActivatorUtilities.CreateInstance<ErasureReplay>(site.Silo.Get<IServiceProvider>()).StartAsync(CancellationToken.None);

        Assert.Empty(await site.Silo.Get<IPersonalStore>().FindAsync(texts));
        Assert.Equal(2, (await site.EventsAsync(id)).OfType<PersonalTextErased>().Count(one => one.Reason == ErasedPartWords.Restored));
        Assert.DoesNotContain(await site.EventsAsync(other), one => one is PersonalTextErased);
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task Verify_tells_what_was_erased_from_what_was_tampered_with()
    {
        await using var site = await CaseSite.OpenAsync();
        var (erased, kept) = (await site.OpenCaseAsync(), await site.OpenCaseAsync());
        await site.Case(erased).Erase(ErasureCause.Asked, "asked for");
        await site.Silo.AssertCleanAsync();

        SqliteFile.Edit(site.Site.Journal, "update personal set salt = null, ciphertext = null where kind = 5 and ciphertext is not null");
        SqliteFile.Edit(site.Site.Journal, "update personal set salt = zeroblob(16) where kind = 4 and ciphertext is not null");
        var findings = (await site.Silo.VerifyStoredAsync()).Findings;

        Assert.Equal(2, findings.Count);
        Assert.All(findings, finding => Assert.Equal($"case:{kept}, version 1", finding.Place));
        Assert.Contains(findings, finding => finding.What.Contains("is gone, and no event says that it was erased", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.What.Contains("is not the one that the event speaks of", StringComparison.Ordinal));
    }
}
