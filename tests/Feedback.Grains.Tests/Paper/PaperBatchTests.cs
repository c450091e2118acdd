using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Paper;
using Feedback.Grains.Journal;
using Feedback.Grains.Paper;
using Feedback.Grains.Tests.Cases;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Windows;
using Feedback.TestSupport;
using Xunit;
using static Feedback.Grains.Tests.Paper.PaperSite;

namespace Feedback.Grains.Tests.Paper;

/// <summary>Batches of printed forms in a running silo: whatever breaks on the way from the paper to the window, each form counts once.</summary>
public sealed class PaperBatchTests
{
    private static readonly Predicate<JournalUnit> Begun = unit => Holds(unit, "paper.begun"), Keyed = unit => Holds(unit, "paper.keyed");

    private static readonly Dictionary<string, Predicate<JournalUnit>> Steps = new()
    {
        ["begun"] = Begun,
        ["evaluation"] = FaultyJournal.IsAppend,
        ["keyed"] = Keyed,
    };

    public static TheoryData<string, bool> EachStep()
    {
        var all = new TheoryData<string, bool>();
        foreach (var step in Steps.Keys)
        {
            all.Add(step, false);
            all.Add(step, true);
        }

        return all;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Forms_are_keyed_spoilt_checked_and_closed_and_everything_is_found_again(bool onPostgres)
    {
        await using var site = await Site.OpenAsync(postgres: onPostgres ? await (await PrivatePostgres.Shared).CreateDatabaseAsync() : null);
        await OpenAsync(site, collected: 3);
        var keyed = await DoAsync(site, new KeyForms([Form(1, words: "服务很好"), Form(2, Grade.Satisfied, Places.TeamWindow)]));
        Assert.Equal([(1, true, (string?)null), (2, true, null)], keyed.Rows.Select(row => (row.Form, row.IsNew, row.Refusal?.Code)));
        await DoAsync(site, new SpoilForm(3, "blank"));
        var state = await StateAsync(site);
        await DoAsync(site, new RecheckForm(Form(Assert.Single(state.Sample), state.Sample[0] == 1 ? Grade.VerySatisfied : Grade.Satisfied, state.Sample[0] == 1 ? Places.Window : Places.TeamWindow, state.Sample[0] == 1 ? "服务很好" : null)), by: "account:wang");
        await DoAsync(site, new ClosePaperBatch(null));

        Assert.Equal((2, 1, null), ((await StateAsync(site)).Closed!.Valid, (await StateAsync(site)).Closed!.Spoilt, (await StateAsync(site)).Closed!.Reason));
        Assert.Equal(["1"], await site.Silo.IdsAsync(Places.Window));
        var accepted = (EvaluationAccepted)Assert.Single(await site.Silo.EventsAsync(Places.TeamWindow)).Happened;
        Assert.Equal((Channel.Paper, new DateOnly(2026, 2, 27), (int?)null), (accepted.Evaluation.Channel, accepted.Admission.Day, accepted.Admission.Hour));
        Assert.Empty(accepted.Admission.Flags);
        await site.Silo.AssertCleanAsync();
        Assert.Equal([Batch], (await site.Silo.Get<PaperLists>().ListAsync(Places.Above, null, 50)).Batches.Select(one => one.Id));
    }

    [Theory, MemberData(nameof(EachStep))]
    public async Task The_silo_dies_before_a_step_is_stored_or_after_it(string step, bool stored)
    {
        await using var site = await Site.OpenAsync();
        await OpenAsync(site);
        var gate = new Gate();
        site.Silo.Journal.OnNext(Steps[step], async write =>
        {
            if (stored)
                await write();
            await gate.PassAsync();
            await write();
        });
        var lost = Grain(site).Perform(new PaperRequest(new KeyForms([Form(1)]), "account:li"));
        await gate.ReachedAsync();
        await site.CrashAndRestartAsync();
        gate.Open();
        lost.Ignore();

        var again = await DoAsync(site, new KeyForms([Form(1)]));
        Assert.Null(Assert.Single(again.Rows).Refusal);
        await AssertOnceAsync(site, Grade.VerySatisfied);
    }

    [Theory, MemberData(nameof(EachStep))]
    public async Task Nobody_knows_whether_a_step_is_stored_and_the_form_is_keyed_again(string step, bool stored)
    {
        await using var site = await Site.OpenAsync();
        await OpenAsync(site);
        if (stored)
            site.Silo.Journal.FailAfterNext(Steps[step]);
        else
            site.Silo.Journal.FailBeforeNext(Steps[step]);
        await Grain(site).Perform(new PaperRequest(new KeyForms([Form(1)]), "account:li"));

        var again = await DoAsync(site, new KeyForms([Form(1)]));
        Assert.Null(Assert.Single(again.Rows).Refusal);
        await AssertOnceAsync(site, Grade.VerySatisfied);
    }

    [Fact]
    public async Task What_reached_the_window_stands_even_where_it_is_keyed_otherwise_after_a_crash()
    {
        await using var site = await Site.OpenAsync();
        await OpenAsync(site);
        site.Silo.Journal.FailBeforeNext(Keyed);
        Assert.Equal("outcome-unknown", (await Grain(site).Perform(new PaperRequest(new KeyForms([Form(1)]), "account:li"))).Refusal!.Code);
        await site.CrashAndRestartAsync();

        var otherwise = await DoAsync(site, new KeyForms([Form(1, Grade.Dissatisfied)]));
        Assert.Equal("paper-form-keyed", Assert.Single(otherwise.Rows).Refusal!.Code);
        await AssertOnceAsync(site, Grade.VerySatisfied);
    }

    [Fact]
    public async Task A_form_whose_window_stored_it_is_noted_before_the_batch_is_closed()
    {
        await using var site = await Site.OpenAsync();
        await OpenAsync(site, collected: 1);
        site.Silo.Journal.FailBeforeNext(Keyed);
        await Grain(site).Perform(new PaperRequest(new KeyForms([Form(1)]), "account:li"));

        Assert.Equal("paper-recheck-left", (await DoAsync(site, new ClosePaperBatch(null), mayRefuse: true)).Refusal!.Code);
        Assert.Equal(1, (await StateAsync(site)).Valid);
    }

    [Fact]
    public async Task A_form_that_a_silo_left_on_its_way_is_noted_by_itself_a_minute_later()
    {
        await using var site = await CaseSite.OpenAsync();
        await OpenAsync(site.Site);
        site.Silo.Journal.FailBeforeNext(Keyed);
        await Grain(site.Site).Perform(new PaperRequest(new KeyForms([Form(1)]), "account:li"));
        await site.Site.CrashAndRestartAsync();
        Assert.NotNull((await StateAsync(site.Site)).Of(1).Begun);
        Assert.Equal(["paper:p4-1"], (await site.WaitingAsync()).Keys);

        await site.GoToAsync(site.Silo.Clock.GetUtcNow().AddMinutes(2));
        await AssertOnceAsync(site.Site, Grade.VerySatisfied);
        Assert.Equal("account:li", (await StateAsync(site.Site)).Of(1).Keyed!.Stamp.By);
        Assert.Empty(await site.WaitingAsync());
    }

    [Fact]
    public async Task A_form_of_today_that_is_keyed_just_after_midnight_is_found_again()
    {
        await using var site = await Site.OpenAsync(start: new DateTimeOffset(2026, 3, 2, 0, 10, 0, TimeSpan.FromHours(8)));
        await OpenAsync(site);
        site.Silo.Journal.FailBeforeNext(Keyed);
        var today = Form(1) with { Answers = Form(1).Answers with { Day = new DateOnly(2026, 3, 2) } };
        await Grain(site).Perform(new PaperRequest(new KeyForms([today]), "account:li"));
        await site.CrashAndRestartAsync();

        Assert.Equal("paper-form-keyed", (await DoAsync(site, new SpoilForm(1, "blank"), mayRefuse: true)).Refusal!.Code);
        await AssertOnceAsync(site, Grade.VerySatisfied);
    }

    [Fact]
    public async Task Other_words_under_the_same_number_are_another_form()
    {
        await using var site = await Site.OpenAsync();
        await OpenAsync(site);
        await DoAsync(site, new KeyForms([Form(1, words: "很好")]));
        Assert.Equal("paper-form-keyed", Assert.Single((await DoAsync(site, new KeyForms([Form(1, words: "不好")]))).Rows).Refusal!.Code);
        Assert.Null(Assert.Single((await DoAsync(site, new KeyForms([Form(1, words: "很好")]))).Rows).Refusal);

        await DoAsync(site, new RecheckForm(Form(1, words: "不好")), by: "account:wang");
        Assert.Equal(["comment"], (await StateAsync(site)).Of(1).Recheck!.Differences.AsEnumerable());
        await DoAsync(site, new RecheckForm(Form(1, words: "很好")), by: "account:wang");
        Assert.Empty((await StateAsync(site)).Disputed);
    }

    [Fact]
    public async Task What_another_silo_appended_first_is_decided_on()
    {
        await using var site = await Site.OpenAsync();
        await OpenAsync(site);
        var journal = site.Silo.Get<IJournal>();
        var row = (await journal.ReadAsync(StreamName.Paper(Batch), 0, 10))[^1];
        var spoilt = new PaperFormSpoilt { Salt = EventMint.NewSalt(), Stamp = new PaperStamp(row.At, "account:wu"), Form = 1, Reason = "torn" };
        await journal.WriteAsync(new JournalUnit { Append = new Append(StreamName.Paper(Batch), StreamTail.After(row).Next([EventText.Write(spoilt)], row.At)) });

        Assert.Equal("paper-form-spoilt", Assert.Single((await DoAsync(site, new KeyForms([Form(1)]))).Rows).Refusal!.Code);
        Assert.Empty(await site.Silo.IdsAsync(Places.Window));
    }

    [Fact]
    public async Task A_form_that_is_told_to_be_stored_and_is_not_is_found()
    {
        await using var site = await Site.OpenAsync();
        await OpenAsync(site);
        var journal = site.Silo.Get<IJournal>();
        var row = (await journal.ReadAsync(StreamName.Paper(Batch), 0, 10))[^1];
        var keyed = new PaperFormKeyed { Salt = EventMint.NewSalt(), Stamp = new PaperStamp(row.At, "account:wu"), Form = 1, Attempt = 1, Answers = Form(1).Answers, Evaluation = 1 };
        await journal.WriteAsync(new JournalUnit { Append = new Append(StreamName.Paper(Batch), StreamTail.After(row).Next([EventText.Write(keyed)], row.At)) });

        var finding = Assert.Single((await site.Silo.VerifyStoredAsync()).Findings);
        Assert.Equal(("paper:p4-1", "form 1 is not what window n7 stored at version 1"), (finding.Place, finding.What));
    }
}
