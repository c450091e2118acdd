using Feedback.Domain.Evaluations;
using Feedback.Domain.Matters;
using Feedback.Domain.Personal;
using Feedback.Domain.Windows;
using Feedback.Grains.Audit;
using Feedback.Grains.Evaluations;
using Feedback.Grains.Personal;
using Feedback.Grains.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Feedback.Grains.Tests.Personal;

public sealed class RetentionTests
{
    private static readonly RetentionPolicy Policy = new(CommentDays: 10, MatterDays: 20, CaseDays: 30);

    [Fact]
    public async Task What_is_older_than_it_is_to_be_kept_is_erased_kind_by_kind_and_no_figure_changes()
    {
        await using var site = await Site.OpenAsync();
        var silo = site.Silo;
        await silo.SubmitAsync(Places.Window, Some.Rating("a", matter: "m-1", comment: "等了很久"), Some.Rating("b", comment: "很好"), Some.Finished("m-9"));
        await silo.JumpAsync(TimeSpan.FromDays(5));
        await silo.SubmitAsync(Places.Window, Some.Rating("young", at: silo.Clock.GetUtcNow(), matter: "m-2", comment: "稍后"));
        await silo.AdvanceAsync(TimeSpan.FromSeconds(10));
        var before = string.Join('\n', await silo.DaysAsync(Places.Window, Some.March));
        var retention = RetentionOf(silo);

        Assert.Equal(0, await retention.RunAsync());
        await silo.JumpAsync(TimeSpan.FromDays(6));
        Assert.Equal(2, await retention.RunAsync());
        Assert.Equal("等了很久 erased, m-1; 很好 erased; m-9; 稍后, m-2", await KeptAsync(silo));
        Assert.Equal(0, await retention.RunAsync());
        await silo.JumpAsync(TimeSpan.FromDays(10));
        Assert.Equal(3, await retention.RunAsync());
        Assert.Equal("等了很久 erased, m-1 erased; 很好 erased; m-9 erased; 稍后 erased, m-2", await KeptAsync(silo));
        await silo.JumpAsync(TimeSpan.FromDays(30));
        Assert.Equal(1, await retention.RunAsync());
        Assert.Equal(0, await RetentionOf(silo).RunAsync());

        Assert.Equal(before, string.Join('\n', await silo.DaysAsync(Places.Window, Some.March)));
        var erasures = (await silo.EventsAsync(Places.Window)).Select(one => one.Happened).OfType<PersonalTextErased>().ToList();
        Assert.Equal(6, erasures.Count);
        Assert.All(erasures, erased => Assert.Equal("retention", erased.Reason));
        // No key is left that would open an older copy of the texts, and no ledger grows by what ages anyway.
        Assert.Equal(1, (await silo.Get<ISubjectKeyStore>().CountKeysAsync()).Values.Sum()); // the registered member of staff
        Assert.Empty(silo.Get<IErasureLedger>().Lines);
    }

    [Fact]
    public async Task What_somebody_asked_for_reaches_the_ledger_whatever_their_words_are()
    {
        await using var site = await Site.OpenAsync();
        var silo = site.Silo;
        await silo.SubmitAsync(Places.Window, Some.Rating("a", comment: "等了很久"));
        var (version, _) = (await silo.EventsAsync(Places.Window)).Single(one => one.Happened is EvaluationAccepted);

        await silo.Window(Places.Window).Erase([version], ErasedPart.Everything, ErasureCause.Asked, "retention");

        Assert.Equal("retention", (await silo.EventsAsync(Places.Window)).Select(one => one.Happened).OfType<PersonalTextErased>().Single().Reason);
        Assert.Equal(version, Assert.Single(silo.Get<IErasureLedger>().Lines).Version);
    }

    [Fact]
    public async Task Many_are_erased_in_steps()
    {
        await using var site = await Site.OpenAsync();
        var silo = site.Silo;
        for (var n = 0; n < 3; n++)
            await silo.SubmitAsync(Places.Window, [.. Enumerable.Range(0, 150).Select(i => Some.Rating($"e-{n}-{i}", comment: "好"))]);
        await silo.JumpAsync(TimeSpan.FromDays(11));

        Assert.Equal(450, await RetentionOf(silo).RunAsync());
    }

    [Fact]
    public async Task A_clock_that_jumped_far_ahead_erases_nothing()
    {
        await using var site = await Site.OpenAsync();
        var silo = site.Silo;
        await silo.SubmitAsync(Places.Window, Some.Rating("a", comment: "等了很久"));
        var (begun, late) = (RetentionOf(silo), RetentionOf(silo));
        await begun.BeginAsync();
        await silo.JumpAsync(TimeSpan.FromDays(32));

        await Assert.ThrowsAsync<ClockAheadException>(() => late.RunAsync());
        // What is stored by the wrong clock does not make it right.
        await silo.SubmitAsync(Places.Window, Some.Rating("b", at: silo.Clock.GetUtcNow()));
        await Assert.ThrowsAsync<ClockAheadException>(() => begun.RunAsync());
        Assert.DoesNotContain((await silo.EventsAsync(Places.Window)), one => one.Happened is PersonalTextErased);

        Assert.Equal(1, await RetentionOf(silo).RunAsync());
    }

    [Fact]
    public async Task It_runs_once_a_day()
    {
        await using var site = await Site.OpenAsync();
        var silo = site.Silo;
        await silo.SubmitAsync(Places.Window, Some.Rating("a", comment: "等了很久"));
        using var service = new RetentionService(RetentionOf(silo), silo.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<RetentionService>.Instance);
        await service.StartAsync(default);

        await silo.JumpAsync(TimeSpan.FromMinutes(10));
        Assert.Equal("等了很久", await KeptAsync(silo));
        for (var day = 0; day < 11; day++)
            await silo.JumpAsync(TimeSpan.FromDays(1));

        await TestSupport.Wait.UntilAsync("it is erased", async () => await KeptAsync(silo) == "等了很久 erased");
        await service.StopAsync(default);
    }

    [Theory]
    [InlineData("", 730, 1095, 1095)]
    [InlineData("comment=30", 30, 1095, 1095)]
    [InlineData("comment=off, matter=off,case=off", null, null, null)]
    [InlineData("matter=1", 730, 1, 1095)]
    [InlineData("case=1825", 730, 1095, 1825)]
    public void Its_text_is_read(string text, int? comments, int? matters, int? cases) =>
        Assert.Equal(new RetentionPolicy(comments, matters, cases), RetentionPolicy.Parse(text));

    [Theory]
    [InlineData("comment")]
    [InlineData("comment=0")]
    [InlineData("comment=-5")]
    [InlineData("comments=5")]
    [InlineData("matter=2 years")]
    public void What_is_no_retention_is_refused(string text) => Assert.Throws<FormatException>(() => RetentionPolicy.Parse(text));

    private static Retention RetentionOf(RunningSilo silo) => new(
        Policy, silo.Get<Feedback.Grains.Journal.IJournal>(), silo.Get<IPersonalStore>(), ActivatorUtilities.CreateInstance<CaseRetention>(silo.Get<IServiceProvider>()),
        silo.Get<IGrainFactory>(), silo.Get<IAudit>(), silo.Clock);

    // The texts of the window's events in order; what was said stands there for what is gone.
    private static async Task<string> KeptAsync(RunningSilo silo)
    {
        var records = silo.Get<SubjectRecords>();
        var told = new List<string>();
        var said = new Dictionary<int, string[]> { [0] = ["等了很久", "m-1"], [1] = ["很好"], [2] = ["m-9"], [3] = ["稍后", "m-2"] };
        foreach (var (version, happened) in (await silo.EventsAsync(Places.Window)).Where(one => one.Happened is EvaluationAccepted or MatterFinished))
        {
            var record = (await records.FindAsync(Places.Window, version))!;
            var words = new[] { record.Comment, record.Number }.Where(text => text.State != TextState.None).Zip(said[told.Count]);
            told.Add(string.Join(", ", words.Select(pair => pair.First.State == TextState.Erased ? pair.Second + " erased" : pair.First.Plain)));
        }

        return string.Join("; ", told);
    }
}
