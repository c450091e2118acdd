using Feedback.Domain.Evaluations;
using Feedback.Domain.Paper;
using Xunit;
using static Feedback.Domain.Tests.Support.PaperDesk;

namespace Feedback.Domain.Tests.Paper;

/// <summary>Forms are keyed a second time, corrected, and given up where they never arrived.</summary>
public sealed class PaperCheckTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(30, 3)]
    public void A_tenth_of_the_keyed_forms_is_drawn_to_be_keyed_again_and_at_least_one(int keyed, int drawn)
    {
        var desk = Open();
        desk.Key([.. Enumerable.Range(1, keyed).Select(number => Form(number))]);
        Assert.Equal(drawn, desk.State.Sample.Length);
        Assert.All(desk.State.Sample, number => Assert.NotNull(desk.State.Of(number).Keyed));
        Assert.Equal(desk.State.Sample.AsEnumerable(), PaperState.Fold(desk.State.Id, desk.Events).Sample);
    }

    [Fact]
    public void A_second_keying_that_differs_is_told_field_by_field_and_somebody_must_say_which_is_right()
    {
        var desk = Open(collected: 1).Key(Form(1));
        Assert.Equal("paper-recheck-left", desk.Try(new ClosePaperBatch(null)));
        desk.As("account:wang").Do(new RecheckForm(Form(1, Grade.Dissatisfied, "n6", "words")));
        Assert.Equal(["window", "grade", "dimensions.attitude", "comment"], desk.State.Of(1).Recheck!.Differences.AsEnumerable());
        Assert.Equal("paper-disputed", desk.Try(new ClosePaperBatch(null)));

        desk.Do(new KeepFirst(1));
        Assert.Equal("paper-form-undisputed", desk.Try(new KeepFirst(1)));
        Assert.Null(desk.Try(new ClosePaperBatch(null)));
    }

    [Fact]
    public void Other_words_are_a_difference_and_the_same_request_again_is_none()
    {
        var desk = Open(collected: 1).Key(Form(1, words: "很好")).As("account:wang");
        desk.CommentDiffers = true;
        desk.Do(new RecheckForm(Form(1, words: "还好"))).Do(new KeepFirst(1)).Do(new RecheckForm(Form(1, words: "还好")));
        Assert.Equal(["comment"], desk.State.Of(1).Recheck!.Differences.AsEnumerable());
        Assert.Empty(desk.State.Disputed);
        Assert.Equal("paper-form-not-keyed", desk.Try(new RecheckForm(Form(2))));
    }

    [Fact]
    public void A_mistyped_form_is_corrected_by_a_new_attempt_that_settles_the_dispute()
    {
        var desk = Open(collected: 1).Key(Form(1)).As("account:wang").Do(new RecheckForm(Form(1, Grade.Dissatisfied)));
        desk.As("account:li").Correct(Form(1, Grade.Dissatisfied));
        var form = desk.State.Of(1);
        Assert.Equal((2, Grade.Dissatisfied, false), (form.Keyed!.Attempt, form.Keyed.Answers.Grade, form.IsDisputed));
        Assert.Equal(1, desk.State.Valid);
        Assert.Null(desk.Try(new ClosePaperBatch(null)));
        Assert.Equal("paper-form-not-keyed", Open().Try(new CorrectForm(Form(1))));
    }

    [Fact]
    public void Whoever_keyed_a_form_does_not_key_it_the_second_time()
    {
        var desk = Open().Key(Form(1));
        Assert.Equal("paper-recheck-own", desk.Try(new RecheckForm(Form(1))));
        Assert.Null(desk.As("account:wang").Try(new RecheckForm(Form(1))));
    }

    [Fact]
    public void A_form_is_of_who_keyed_it_whoever_learns_what_became_of_it()
    {
        var desk = Open();
        desk.Decide(new KeyForms([Form(1)]));
        desk.As("account:wang").Tell(new PaperOutcome(1, 1, (Form(1).Answers, 42)) { By = desk.State.Of(1).Begun!.Value.Stamp.By });
        Assert.Equal("account:li", desk.State.Of(1).Keyed!.Stamp.By);
        Assert.Null(desk.Try(new RecheckForm(Form(1))));
    }

    [Fact]
    public void Nobody_takes_a_rating_out_of_the_figures_alone()
    {
        var (desk, better) = (Open().Key(Form(1, Grade.VeryDissatisfied)), new CorrectForm(Form(1, Grade.VerySatisfied)));
        Assert.Equal("paper-form-undisputed", desk.As("account:wang").Try(better));
        desk.Do(new RecheckForm(better.Form));
        Assert.Equal("paper-correction-own", desk.Try(better));
        Assert.Null(desk.As("account:li").Try(better));
    }

    [Fact]
    public void Nobody_says_of_two_readings_that_their_own_is_right()
    {
        var second = Form(1, Grade.Dissatisfied);
        var desk = Open(collected: 1).Key(Form(1)).As("account:wang").Do(new RecheckForm(second)).As("account:li");
        Assert.Equal("paper-keep-own", desk.Try(new KeepFirst(1)));
        // Nor by keying it once more as they did, whole or in part, or as nobody did.
        Assert.Equal("paper-keep-own", desk.Try(new CorrectForm(Form(1))));
        Assert.Equal("paper-keep-own", desk.Try(new CorrectForm(second with { Answers = second.Answers with { Grade = Grade.Satisfied } })));
        Assert.Equal("paper-keep-own", desk.Try(new CorrectForm(Form(1, Grade.VeryDissatisfied))));
        Assert.Null(desk.As("account:zhao").Try(new KeepFirst(1)));
        Assert.Empty(desk.State.Disputed);
    }

    [Fact]
    public void Whoever_keyed_the_words_first_takes_those_of_the_second_reading_and_not_their_own()
    {
        var desk = Open(collected: 1).Key(Form(1, words: "很好")).As("account:wang");
        desk.CommentDiffers = true;
        desk.Do(new RecheckForm(Form(1, words: "还好"))).As("account:li");
        desk.CommentDiffers = false;
        Assert.Equal("paper-keep-own", desk.Try(new CorrectForm(Form(1, words: "很好"))));
        desk.CommentDiffers = true;
        Assert.Null(desk.Try(new CorrectForm(Form(1, words: "还好"))));
    }

    [Fact]
    public void Whoever_may_exclude_ratings_corrects_by_themselves_unless_they_are_recused()
    {
        var (desk, better) = (Open().Key(Form(1, Grade.VeryDissatisfied)), new CorrectForm(Form(1, Grade.VerySatisfied)));
        (desk.MayExclude, desk.IsRecused) = (true, true);
        Assert.Equal("recused", desk.Try(better));
        desk.IsRecused = false;
        Assert.Null(desk.Try(better));
    }

    [Fact]
    public void A_batch_whose_forms_grew_too_old_to_be_stored_is_checked_and_closed()
    {
        var desk = Open(collected: 2).Key(Form(1));
        desk.Decide(new KeyForms([Form(2)]));
        desk.Later(days: 100).As("account:wang");
        Assert.Equal("paper-too-old", desk.Refused(Form(2)));
        Assert.Equal("paper-form-begun", desk.Try(new ClosePaperBatch(null)));

        desk.Do(new SpoilForm(2, "other")).Do(new RecheckForm(Form(1, Grade.Dissatisfied))).Do(new KeepFirst(1)).Do(new ClosePaperBatch(null));
        Assert.Equal((1, 1), (desk.State.Closed!.Valid, desk.State.Closed.Spoilt));
    }

    [Fact]
    public void A_form_on_its_way_is_given_up_a_day_later_and_no_sooner()
    {
        var desk = Open();
        desk.Decide(new KeyForms([Form(1)]));
        Assert.Equal("paper-form-begun", desk.Try(new SpoilForm(1, "blank")));
        desk.Unsettled = [1];
        Assert.Equal("paper-form-begun", desk.Later(days: 1).Try(new SpoilForm(1, "blank")));
        desk.Unsettled = [];
        Assert.Null(desk.Try(new SpoilForm(1, "blank")));
        Assert.Equal((1, null), (desk.State.Spoilt, desk.State.Of(1).Begun));
    }

    [Fact]
    public void A_form_that_is_keyed_once_more_long_after_is_looked_after_anew()
    {
        var desk = Open();
        desk.Decide(new KeyForms([Form(1)]));
        var again = desk.Later(days: 1).As("account:wang").Decide(new KeyForms([Form(1)]));
        Assert.Equal((1, "n5"), (Assert.IsType<PaperFormBegun>(Assert.Single(again.Events)).Attempt, desk.State.Of(1).Begun!.Value.Window.Value));
        Assert.Equal("paper-form-begun", desk.Try(new SpoilForm(1, "blank")));
    }

    [Fact]
    public void A_correction_that_never_arrived_is_given_up_and_the_first_stays()
    {
        var desk = Open(collected: 1).Key(Form(1));
        desk.MayExclude = true;
        desk.Decide(new CorrectForm(Form(1, Grade.Dissatisfied)));
        Assert.Equal("paper-form-undisputed", desk.Try(new KeepFirst(1)));
        desk.Later(days: 1).Do(new KeepFirst(1)).As("account:wang").Do(new RecheckForm(Form(1))).Do(new ClosePaperBatch(null));
        Assert.Equal((1, 1), (desk.State.Of(1).Keyed!.Attempt, desk.State.Closed!.Valid));
    }

    [Fact]
    public void A_dimension_that_is_asked_no_longer_keeps_nobody_from_checking_a_form()
    {
        var desk = Open().Key(Form(1), Form(2)).As("account:wang");
        desk.Retired = "attitude";
        var silent = Form(1) with { Answers = Form(1).Answers with { Dimensions = [] } };
        desk.Do(new RecheckForm(silent)).Do(new RecheckForm(Form(2, Grade.Dissatisfied)));
        Assert.Empty(desk.State.Of(1).Recheck!.Differences);
        Assert.Equal(["grade", "dimensions.attitude"], desk.State.Of(2).Recheck!.Differences.AsEnumerable());
        var other = Form(1) with { Answers = Form(1).Answers with { Dimensions = [new("beauty", Grade.Satisfied)] } };
        Assert.Equal("dimension-unknown", desk.Try(new RecheckForm(other)));
    }
}
