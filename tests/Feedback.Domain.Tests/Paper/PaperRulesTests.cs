using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Paper;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Time;
using Xunit;
using static Feedback.Domain.Tests.Support.PaperDesk;

namespace Feedback.Domain.Tests.Paper;

/// <summary>Batch control of printed forms, sentence by sentence.</summary>
public sealed class PaperRulesTests
{
    [Theory]
    [InlineData("2026-02-28", "2026-02-01", 40, 30, "li", "wang", "paper-period")]
    [InlineData("2026-02-01", "2026-06-03", 40, 30, "li", "wang", "paper-day-ahead")]
    [InlineData("2025-12-02", "2026-02-28", 40, 30, "li", "wang", "paper-too-old")]
    [InlineData("2026-02-01", "2026-02-28", 0, 0, "li", "wang", "count-invalid")]
    [InlineData("2026-02-01", "2026-02-28", 5001, 30, "li", "wang", "count-invalid")]
    [InlineData("2026-02-01", "2026-02-28", 40, 41, "li", "wang", "count-invalid")]
    [InlineData("2026-02-01", "2026-02-28", 40, -1, "li", "wang", "count-invalid")]
    [InlineData("2026-02-01", "2026-02-28", 40, 30, "li", "Li", "paper-counters")]
    [InlineData("2025-12-03", "2026-06-02", 40, 40, "li", "wang", null)]
    public void A_batch_is_opened_with_a_period_of_these_months_believable_counts_and_two_who_counted(
        string from, string through, int issued, int collected, string first, string second, string? refusal)
    {
        var desk = new PaperDesk();
        Assert.Equal(refusal, desk.Try(new OpenPaperBatch(Some.Hall, Some.On(from), Some.On(through), issued, new CountForms(collected, [first, second]))));
        Assert.Equal(refusal is null, desk.State.Opened is not null);
    }

    [Fact]
    public void Nothing_is_done_with_a_batch_that_is_not_open_and_none_is_opened_twice()
    {
        Assert.Equal("paper-batch-unknown", new PaperDesk().Try(new SpoilForm(1, "blank")));
        Assert.Equal("paper-batch-exists", Open().Try(Opening()));
    }

    [Fact]
    public void Forms_are_counted_before_anything_is_keyed_and_not_once_something_is()
    {
        var desk = new PaperDesk().Do(Opening() with { Count = null, Through = Some.On("2026-03-20") });
        Assert.Equal("paper-not-counted", desk.Try(new KeyForms([Form(1)])));
        Assert.Equal("paper-not-counted", desk.Try(new ClosePaperBatch(null)));
        Assert.Equal("count-invalid", desk.Try(new CountForms(41, ["li", "wang"])));
        desk.Do(new CountForms(30, ["li", "wang"])).Do(new CountForms(31, ["li", "wang"])).Key(Form(1));
        Assert.Equal((31, 30), (desk.State.Counted!.Collected, desk.State.Difference));
        Assert.Equal("paper-counted", desk.Try(new CountForms(1, ["li", "wang"])));
        Assert.Null(desk.Try(new CountForms(31, ["li", "wang"])));
        var tomorrow = Form(2) with { Answers = Form(2).Answers with { Day = Some.On("2026-03-03") } };
        Assert.Equal("paper-day-ahead", desk.Refused(tomorrow));
    }

    [Fact]
    public void A_form_is_on_its_way_until_its_window_has_told_what_became_of_it()
    {
        var desk = Open();
        var decision = desk.Decide(new KeyForms([Form(1)]));
        Assert.Equal((1, 1), (decision.ToStore[0].Form.Number, decision.ToStore[0].Attempt));
        Assert.Equal(0, desk.State.Valid);
        Assert.Equal("paper-form-begun", desk.Try(new SpoilForm(1, "blank")));
        Assert.Equal("paper-form-begun", desk.Try(new ClosePaperBatch("lost")));

        desk.Tell(new PaperOutcome(1, 1, (decision.ToStore[0].Form.Answers, 42)));
        Assert.Equal((1, 42L), (desk.State.Valid, desk.State.Of(1).Keyed!.Evaluation));
        Assert.Empty(desk.State.Begun);
    }

    [Fact]
    public void A_form_that_is_on_its_way_goes_to_the_same_window_again_and_to_no_other()
    {
        var desk = Open();
        desk.Decide(new KeyForms([Form(1)]));
        Assert.Equal("paper-form-begun", desk.Refused(Form(1, window: "n6")));
        var before = desk.Events.Count;
        Assert.Null(desk.Refused(Form(1, Grade.Dissatisfied)));
        Assert.Equal(before, desk.Events.Count);
    }

    [Fact]
    public void A_form_that_its_window_refuses_for_good_is_free_again()
    {
        var desk = Open();
        desk.Decide(new KeyForms([Form(1)]));
        desk.Tell(new PaperOutcome(1, 1, null, new Refusal("window-unknown")));
        Assert.Null(desk.Try(new SpoilForm(1, "illegible")));
        Assert.Equal((0, 1), (desk.State.Valid, desk.State.Spoilt));
    }

    [Fact]
    public void The_same_form_keyed_again_is_asked_of_its_window_again_and_another_under_its_number_is_refused()
    {
        var desk = Open().Key(Form(1));
        var again = desk.Decide(new KeyForms([Form(1)]));
        Assert.Equal((1, 0), (again.ToStore.Length, again.Events.Length));
        Assert.Equal("paper-form-keyed", desk.Refused(Form(1, Grade.Dissatisfied)));
        Assert.Equal(1, desk.State.Valid);
    }

    [Theory]
    [InlineData(0, "n5", "2026-02-27", "attitude", "count-invalid")]
    [InlineData(41, "n5", "2026-02-27", "attitude", "count-invalid")]
    [InlineData(1, "n3", "2026-02-27", "attitude", "paper-window-elsewhere")]
    [InlineData(1, "n7", "2026-02-27", "attitude", "paper-window-elsewhere")]
    [InlineData(1, "n5", "2026-01-31", "attitude", "paper-day-outside")]
    [InlineData(1, "n5", "2026-03-01", "attitude", "paper-day-outside")]
    [InlineData(1, "n5", "2026-02-27", "beauty", "dimension-unknown")]
    [InlineData(1, "n6", "2026-02-01", "attitude", null)]
    public void A_form_must_belong_to_the_batch(int number, string window, string day, string dimension, string? refusal)
    {
        var form = Form(number, window: window);
        form = form with { Answers = form.Answers with { Day = Some.On(day), Dimensions = [new(dimension, Grade.Satisfied)] } };
        Assert.Equal(refusal, Open().Refused(form));
    }

    [Fact]
    public void One_form_that_is_refused_keeps_no_other_from_being_keyed()
    {
        var desk = Open();
        var decision = desk.Decide(new KeyForms([Form(1), Form(99), Form(2)]));
        Assert.Equal([1, 2], decision.ToStore.Select(one => one.Form.Number));
        Assert.Equal([99], decision.Refused.Keys);
        Assert.Equal("paper-form-twice", desk.Try(new KeyForms([Form(3), Form(3)])));
        Assert.Equal("batch-empty", desk.Try(new KeyForms([])));
    }

    [Fact]
    public void A_spoilt_form_has_a_reason_is_not_keyed_and_may_turn_out_to_be_none()
    {
        var desk = Open();
        Assert.Equal("word-unknown", desk.Try(new SpoilForm(1, "ugly")));
        desk.Do(new SpoilForm(1, "blank")).Do(new SpoilForm(1, "blank"));
        Assert.Equal((1, 3), (desk.State.Spoilt, desk.Events.Count));
        Assert.Equal("paper-form-spoilt", desk.Refused(Form(1)));
        Assert.Equal("paper-form-spoilt", desk.Try(new SpoilForm(1, "torn")));

        desk.Do(new SpoilForm(1, null)).Key(Form(1));
        Assert.Equal((1, 0), (desk.State.Valid, desk.State.Spoilt));
        Assert.Equal("paper-form-keyed", desk.Try(new SpoilForm(1, "blank")));
    }

    [Fact]
    public void A_batch_whose_counts_differ_is_closed_only_with_a_reason_that_stays_visible()
    {
        var desk = Open(collected: 3).Key(Form(1)).Do(new SpoilForm(2, "blank")).As("account:wang").Do(new RecheckForm(Form(1)));
        Assert.Equal(1, desk.State.Difference);
        Assert.Equal("paper-difference", desk.Try(new ClosePaperBatch(" ")));
        desk.Do(new ClosePaperBatch("one form was lost"));
        Assert.Equal((1, 1, "one form was lost"), (desk.State.Closed!.Valid, desk.State.Closed.Spoilt, desk.State.Closed.Reason));
    }

    [Theory]
    [InlineData("ask 13812345678", "member-personal")]
    [InlineData("问李某 li@example.com", "member-personal")]
    [InlineData("lost\0", "text-invalid")]
    [InlineData("lost\nand found", "text-invalid")]
    [InlineData("雨中遗失一张 🌧", null)]
    public void What_tells_of_a_person_or_cannot_be_kept_gets_into_no_event(string text, string? refusal)
    {
        Assert.Equal(refusal, Open(collected: 1).Try(new ClosePaperBatch(text)));
        var form = Form(1) with { Answers = Form(1).Answers with { ServiceItem = text } };
        Assert.Equal(refusal, Open().Refused(form));
        Assert.Equal(refusal, Open().Key(Form(1)).As("account:wang").Try(new RecheckForm(form)));
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_text() => Assert.False(PaperRules.IsClean("lost \ud83d"));

    [Fact]
    public void More_forms_than_were_counted_are_a_difference_too()
    {
        var desk = Open(collected: 0).Do(new SpoilForm(2, "blank"));
        Assert.Equal(("paper-difference", -1), (desk.Try(new ClosePaperBatch(null)), desk.State.Difference));
    }

    [Fact]
    public void Nothing_is_done_with_a_closed_batch()
    {
        var desk = Open(collected: 0).Do(new ClosePaperBatch(null));
        Assert.All<PaperCommand>(
            [new KeyForms([Form(1)]), new SpoilForm(1, "blank"), new RecheckForm(Form(1)), new KeepFirst(1), new CorrectForm(Form(1)), new ClosePaperBatch(null)],
            command => Assert.Equal("paper-closed", desk.Try(command)));
    }

    [Fact]
    public void Whoever_saw_an_older_version_decides_nothing()
    {
        var desk = Open().Do(new SpoilForm(1, "blank"));
        Assert.Equal("paper-stale", desk.Try(new SpoilForm(2, "blank"), expected: 2));
        Assert.Null(desk.Try(new SpoilForm(2, "blank"), expected: 3));
    }

    [Fact]
    public void Every_command_travels_as_it_was_meant()
    {
        PaperCommand[] all =
        [
            Opening(), Opening() with { Count = null }, new CountForms(3, ["li", "wang"]), new KeyForms([Form(1, words: "很好"), Form(2)]), new SpoilForm(1, "blank"), new SpoilForm(1, null), new RecheckForm(Form(1)), new KeepFirst(1),
            new CorrectForm(Form(1)), new ClosePaperBatch("lost"), new ClosePaperBatch(null),
        ];
        Assert.All(all, command => Assert.Equal(PaperCommandText.Write(command), PaperCommandText.Write(PaperCommandText.Read(PaperCommandText.Write(command)))));
        Assert.Throws<FormatException>(() => PaperCommandText.Read("{\"step\":\"burn\"}"));
    }

    [Theory]
    [InlineData("p12-3", true)]
    [InlineData("p1-1", true)]
    [InlineData("p12-03", false)]
    [InlineData("p012-3", false)]
    [InlineData("p12-", false)]
    [InlineData("p-3", false)]
    [InlineData("n12-3", false)]
    [InlineData("p12-3-4", false)]
    [InlineData("", false)]
    [InlineData("p1234567890-1", false)]
    public void A_number_of_a_batch_is_written_in_one_way(string text, bool isId) => Assert.Equal(isId, PaperBatchId.IsId(text));

    [Fact]
    public void A_form_becomes_an_evaluation_of_its_day_and_none_of_its_hour()
    {
        var evaluation = Form(7).Answers.Evaluation(PaperBatchId.Of(Some.Hall, 3), 7, 2, HallZone.Get("Asia/Shanghai"));
        Assert.Equal(("paper:p3-3", "7.2", Channel.Paper, true), (evaluation.Source, evaluation.Id, evaluation.Channel, evaluation.OccurredAt.DateOnly));
        Assert.Equal("2026-02-27T00:00:00.000+08:00", evaluation.OccurredAt.ToString());
        Assert.Equal("p3-3", StreamName.Paper(PaperBatchId.Of(Some.Hall, 3)).AsPaper?.Value);
    }
}
