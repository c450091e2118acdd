using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Policies;
using Feedback.Domain.Tallies;
using Feedback.Domain.Windows;
using Feedback.Grains.Cases;
using Feedback.Grains.Organisation;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Windows;
using Xunit;
using static Feedback.Grains.Tests.Cases.CaseSite;

namespace Feedback.Grains.Tests.Cases;

/// <summary>A bad rating opens a case, and an upheld appeal takes the rating out of the figures.</summary>
public sealed class BadRatingTests
{
    /// <summary>The case of the rating with an id.</summary>
    internal static CaseId CaseOf(string rating) => CaseId.OfRating(Places.Window, Identities.OfEvaluation("t1", rating));

    [Fact]
    public async Task A_bad_rating_is_verified_put_right_called_back_and_closed()
    {
        await using var site = await CaseSite.OpenAsync();
        var stored = (await site.Silo.SubmitAsync(Places.Window, Some.Rating("bad", grade: Grade.Dissatisfied)))[0];
        await site.WorkAsync();
        var id = CaseOf("bad");
        var opened = await site.StateAsync(id);
        Assert.Equal((CaseStage.Verifying, CaseChannel.Automatic, Places.Window, Places.Hall), (opened.Stage, opened.Intake.Channel, opened.Intake.Node, opened.Lead));
        Assert.Equal(new CaseRating(Places.Window, stored.Version, Grade.Dissatisfied, null), opened.Intake.Rating);
        Assert.Equal(id, Assert.Single(await site.Rows.OfRatingAsync(Places.Window, stored.Version)).Id);
        Assert.Contains(site.Told, notice => notice.Kind == CaseNoticeKind.OwnerWanted && notice.Case == id);

        Assert.Equal("verify-inside", (await site.DoAsync(id, Clerk, new VerifyRating(RatingFinding.True))).Refusal!.Code);
        await site.MustAsync(id, Supervisor, new VerifyRating(RatingFinding.True));
        await site.MustAsync(id, Clerk, new HandleCase("rectified"), "已培训");
        await site.MustAsync(id, Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, null), "已整改");
        Assert.Equal("call-back-inside", (await site.DoAsync(id, Clerk, new CallCitizenBack(Reached: true))).Refusal!.Code);
        await site.MustAsync(id, Supervisor, new CallCitizenBack(Reached: true, Solved: true, Grade.Satisfied), "满意");
        var closed = await site.MustAsync(id, Clerk, new CloseCase());

        Assert.Equal((CaseStage.Closed, CaseEnding.Confirmed), (closed.Stage, closed.Closing!.Ending));
        var counts = await site.CountsAsync(Places.Window);
        Assert.Equal((1, 1), CaseRates.Rectification.Of(counts));
        Assert.Equal((1, 1), CaseRates.CallBackSatisfaction.Of(counts));
        await site.WorkAsync();
        Assert.Empty(await site.WaitingAsync());
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task Who_rated_a_matter_whose_number_is_kept_is_called_before_the_answer_is_posted()
    {
        await using var site = await CaseSite.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("bad", grade: Grade.Dissatisfied, matter: "330102-2026-000042"));
        await site.WorkAsync();
        var id = CaseOf("bad");
        Assert.True((await site.StateAsync(id)).Intake.Rating!.HasMatter);

        await site.MustAsync(id, Supervisor, new VerifyRating(RatingFinding.True));
        await site.MustAsync(id, Clerk, new HandleCase("rectified"), "已培训");
        Assert.Equal("call-first", (await site.DoAsync(id, Clerk, new GiveFeedback("tracking", FeedbackOutcome.Posted, null), "已整改")).Refusal!.Code);
        await site.MustAsync(id, Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, null), "已整改");
        Assert.True((await site.StateAsync(id)).ToCallBack);
    }

    [Fact]
    public async Task An_upheld_appeal_excludes_the_rating_which_stays_visible_and_the_tallies_follow()
    {
        await using var site = await CaseSite.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("good"));
        var bad = (await site.Silo.SubmitAsync(Places.Window, Some.Rating("bad", grade: Grade.VeryDissatisfied)))[0];
        await site.WorkAsync();
        var id = CaseOf("bad");
        await site.MustAsync(id, Clerk, new AppealRating("self-rating"), "是员工自己点的");
        await site.MustAsync(id, Supervisor, new DecideAppeal(true, "self-rating"));
        await site.WorkAsync();

        var excluded = Assert.Single((await site.Silo.EventsAsync(Places.Window)).Select(one => one.Happened).OfType<EvaluationExcluded>());
        Assert.Equal((bad.Version, "self-rating"), (excluded.Evaluation, excluded.Reason));
        var standing = await site.Silo.Window(Places.Window).FindRating(bad.Version);
        Assert.Equal((true, false), (standing.Stored, standing.Counted));
        await site.Silo.SoonAsync(async () =>
        {
            var tally = Assert.Single(await site.Silo.DaysAsync(Places.District, Some.March)).Tally;
            Assert.Equal((0, 1, 1), (tally[Cell.Graded(Origin.Active, Grade.VeryDissatisfied)], tally[Cell.Excluded(Origin.Active, Grade.VeryDissatisfied)], tally[Cell.Graded(Origin.Active, Grade.VerySatisfied)]));
        });
        Assert.Equal(1, (await site.CountsAsync(Places.Window))["excluded/bad-rating"]);
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task What_supervision_excludes_in_the_case_leaves_the_window_and_is_counted_as_excluded_there()
    {
        await using var site = await CaseSite.OpenAsync();
        var bad = (await site.Silo.SubmitAsync(Places.Window, Some.Rating("bad", grade: Grade.Dissatisfied)))[0];
        await site.WorkAsync();
        var id = CaseOf("bad");
        await site.MustAsync(id, Supervisor, new VerifyRating(RatingFinding.True));
        await site.MustAsync(id, Supervisor, new ExcludeBadRating("flagged"));
        await site.MustAsync(id, Supervisor, new ExcludeBadRating("flagged"));
        await site.WorkAsync();

        var excluded = Assert.Single((await site.Silo.EventsAsync(Places.Window)).Select(one => one.Happened).OfType<EvaluationExcluded>());
        Assert.Equal((bad.Version, "flagged"), (excluded.Evaluation, excluded.Reason));
        var counts = await site.CountsAsync(Places.Window);
        Assert.Equal((1, 0), (counts["excluded/bad-rating"], counts["valid/bad-rating"]));
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task Whom_a_terminal_names_is_kept_from_the_case_though_nobody_signed_in_and_is_attributed_nothing()
    {
        await using var site = await CaseSite.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Naming("named", Places.Staff), Naming("stranger", "s-99"));
        await site.Silo.Window(Places.Window).Submit(new Submission([Naming("by-anybody", Places.Staff)], new Sender(Sender.Public, null)));
        await site.WorkAsync();

        Assert.Equal([Places.Staff], (await site.StateAsync(CaseOf("named"))).Persons);
        Assert.Null((await site.StateAsync(CaseOf("named"))).Intake.Rating!.Staff);
        Assert.Empty((await site.StateAsync(CaseOf("stranger"))).Persons);
        Assert.Empty((await site.StateAsync(CaseOf("by-anybody"))).Persons);
        Assert.All((await site.Silo.EventsAsync(Places.Window)).Select(one => one.Happened).OfType<EvaluationAccepted>(), rated => Assert.Null(rated.Admission.Staff));
        // Who leads the hall is their superior.
        Assert.Equal("recused", (await site.DoAsync(CaseOf("named"), Head, new NameOwner(Clerk))).Refusal!.Code);
        await site.Silo.AssertCleanAsync();

        static EvaluationClaim Naming(string id, string staff)
        {
            var claim = Some.Rating(id, grade: Grade.Dissatisfied);
            return claim with { Evaluation = claim.Evaluation with { Staff = staff } };
        }
    }

    [Fact]
    public async Task Only_bad_ratings_that_somebody_gave_open_cases()
    {
        await using var site = await CaseSite.OpenAsync();
        var dimension = Some.Rating("attitude", grade: Grade.Satisfied);
        dimension = dimension with { Evaluation = dimension.Evaluation with { Dimensions = [new DimensionGrade("attitude", Grade.Dissatisfied)] } };
        await site.Silo.SubmitAsync(Places.Window,
            Some.Rating("fair", grade: Grade.FairlySatisfied), Some.Rating("by-default", grade: Grade.Dissatisfied, origin: Origin.Default),
            Some.Rating("declined", grade: null, origin: Origin.Declined), dimension);
        await site.Silo.Window(Places.Window).Submit(new Submission([Some.Rating("old", grade: Grade.VeryDissatisfied)], new Sender("import", null, "import-1")));
        await site.WorkAsync();

        var row = await site.Rows.AllAsync().ToListAsync();
        Assert.Equal([CaseOf("attitude")], row.Select(one => one.Id));
    }

    [Fact]
    public async Task Where_the_policy_opens_no_cases_a_bad_rating_opens_none()
    {
        await using var site = await CaseSite.OpenAsync();
        await site.Silo.Bureau.DecideAsync(StreamName.Policies, _ => new Decision([new PolicySet
        {
            Salt = EventMint.NewSalt(), Node = Places.Hall, Subject = PolicySubjects.BadRating.Word, From = Some.Monday,
            Text = PolicySubjects.BadRating.Write(BadRatingPolicy.Default with { OpensUpTo = 1, DimensionsUpTo = 0 }),
        }]));
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("two", grade: Grade.Dissatisfied), Some.Rating("one", grade: Grade.VeryDissatisfied));
        await site.Silo.SubmitAsync(Places.OtherWindow, Some.Rating("other", Places.OtherWindow, grade: Grade.Dissatisfied));
        await site.WorkAsync();

        var cases = await site.Rows.AllAsync().Select(row => (row.Node, row.Rating!.Value.Version)).ToListAsync();
        Assert.Equal([(Places.Window, 2L), (Places.OtherWindow, 1L)], cases.OrderBy(one => one.Node));
        Assert.DoesNotContain(await site.WaitingAsync(), work => work.Key.StartsWith(CaseWork.Open, StringComparison.Ordinal));
    }
}
