using Feedback.Domain.Audit;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Paper;
using Feedback.Domain.Windows;
using Feedback.Grains.Audit;
using Feedback.Grains.Journal;
using Feedback.Grains.Paper;
using Feedback.Grains.Tests.Cases;
using Feedback.Grains.Tests.Support;
using Xunit;
using static Feedback.Grains.Tests.Paper.PaperSite;

namespace Feedback.Grains.Tests.Paper;

/// <summary>A form that was mistyped is corrected: written down, by nobody who is recused, and the first evaluation counts no longer.</summary>
public sealed class PaperCorrectionTests
{
    [Theory]
    [InlineData("evaluation.excluded", false)]
    [InlineData("evaluation.excluded", true)]
    [InlineData("paper.keyed", false)]
    [InlineData("paper.keyed", true)]
    public async Task A_correction_takes_the_place_of_what_was_mistyped_whatever_breaks(string step, bool stored)
    {
        await using var site = await Site.OpenAsync();
        await OpenAsync(site);
        await KeyTwiceAsync(site);
        if (stored)
            site.Silo.Journal.FailAfterNext(unit => Holds(unit, step));
        else
            site.Silo.Journal.FailBeforeNext(unit => Holds(unit, step));
        await Grain(site).Perform(new PaperRequest(new CorrectForm(Form(1, Grade.Dissatisfied)), "account:li"));
        await site.CrashAndRestartAsync();

        // Whoever reads the batch again finds it done, or does it once more.
        if ((await StateAsync(site)).Of(1).Keyed!.Attempt == 1)
            await DoAsync(site, new SpoilForm(2, "blank"));
        var form = (await StateAsync(site)).Of(1);
        Assert.Equal((2, Grade.Dissatisfied), (form.Keyed!.Attempt, form.Keyed.Answers.Grade));
        var events = await site.Silo.EventsAsync(Places.Window);
        Assert.Equal(["1", "1.2"], await site.Silo.IdsAsync(Places.Window));
        var excluded = Assert.Single(events.Select(one => one.Happened).OfType<EvaluationExcluded>());
        Assert.Equal((1L, PaperWords.Mistyped), (excluded.Evaluation, excluded.Reason));
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task What_a_correction_replaces_is_excluded_in_the_end_though_nobody_touches_the_batch_again()
    {
        await using var site = await CaseSite.OpenAsync();
        await OpenAsync(site.Site);
        await KeyTwiceAsync(site.Site, Grade.FairlySatisfied);
        FailExclusions();
        await Grain(site.Site).Perform(new PaperRequest(new CorrectForm(Form(1, Grade.FairlySatisfied)), "account:li"));
        await site.Site.CrashAndRestartAsync();
        FailExclusions();

        // Whoever looks after it a minute later fails, too.
        await site.GoToAsync(site.Silo.Clock.GetUtcNow().AddMinutes(2));
        Assert.Equal((1, 2), ((await StateAsync(site.Site)).Of(1).Keyed!.Attempt, (await site.Silo.IdsAsync(Places.Window)).Count));
        Assert.Equal(["paper:p4-1"], (await site.WaitingAsync()).Keys);

        site.Silo.Journal.Disarm();
        await site.GoToAsync(site.Silo.Clock.GetUtcNow().AddMinutes(10));
        Assert.Equal(2, (await StateAsync(site.Site)).Of(1).Keyed!.Attempt);
        Assert.Single((await site.Silo.EventsAsync(Places.Window)).Select(one => one.Happened).OfType<EvaluationExcluded>());
        Assert.Empty(await site.WaitingAsync());
        await site.Silo.AssertCleanAsync();

        void FailExclusions()
        {
            for (var tries = 0; tries < 20; tries++)
                site.Silo.Journal.FailBeforeNext(unit => Holds(unit, "evaluation.excluded"));
        }
    }

    [Fact]
    public async Task A_correction_is_written_down_before_the_rating_is_excluded()
    {
        await using var site = await Site.OpenAsync();
        await OpenAsync(site);
        await KeyTwiceAsync(site);
        await Grain(site).Perform(new PaperRequest(new CorrectForm(Form(1, Grade.Dissatisfied)), "account:li") { Address = "192.0.2.7" });

        var trail = await site.Silo.Get<IJournal>().ReadAsync(StreamName.Audit, 0, 100);
        var noted = Assert.Single(trail.SelectMany(EventText.Read).Select(one => one.Happened).OfType<AuditRecorded>(), act => act.Act == Acts.EvaluationExcluded);
        Assert.Equal(
            ("account:li", $"{Places.Window}#1", Places.Window, "paper-mistyped p4-1#1", "192.0.2.7"),
            (noted.Actor, noted.Target, noted.Node!.Value, noted.Reason, noted.Address));
    }

    [Fact]
    public async Task Nobody_corrects_a_form_about_which_a_case_is_open_from_which_they_are_recused()
    {
        await using var site = await CaseSite.OpenAsync();
        await OpenAsync(site.Site);
        await DoAsync(site.Site, new KeyForms([Form(1, Grade.VeryDissatisfied)]));
        await site.WorkAsync();
        Assert.Null(Assert.Single(await site.Rows.OfRatingAsync(Places.Window, 1)).ClosedAt);
        await DoAsync(site.Site, new RecheckForm(Form(1)), by: "account:sun");

        // They are the one complained of, whoever keyed what.
        await site.MustAsync(Assert.Single(await site.Rows.OfRatingAsync(Places.Window, 1)).Id, CaseSite.Clerk, new NamePersons([Places.Staff]));
        Assert.Equal("recused", (await DoAsync(site.Site, new CorrectForm(Form(1)), mayRefuse: true, by: CaseSite.Rated.Name)).Refusal!.Code);

        // They lead the hall.
        Assert.Equal("recused", (await DoAsync(site.Site, new CorrectForm(Form(1)), mayRefuse: true, by: CaseSite.Head.Name)).Refusal!.Code);
        Assert.Equal(["1"], await site.Silo.IdsAsync(Places.Window));
        await DoAsync(site.Site, new CorrectForm(Form(1)));
        Assert.Equal(["1", "1.2"], await site.Silo.IdsAsync(Places.Window));
    }

    // Two people read it differently.
    private static async Task KeyTwiceAsync(Site site, Grade second = Grade.Dissatisfied)
    {
        await DoAsync(site, new KeyForms([Form(1)]));
        await DoAsync(site, new RecheckForm(Form(1, second)), by: "account:wang");
    }
}
