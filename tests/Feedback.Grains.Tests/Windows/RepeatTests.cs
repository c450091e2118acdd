using Feedback.Domain.Evaluations;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Windows;
using Xunit;

namespace Feedback.Grains.Tests.Windows;

public sealed class RepeatTests
{
    private static readonly EvaluationClaim Full = Some.Rating(matter: "2026-0042", comment: "等了很久") with
    {
        Evaluation = Some.Rating().Evaluation with
        {
            Dimensions = [new DimensionGrade("attitude", Grade.Satisfied)],
            ServiceItem = "permit",
            Staff = "s-7",
            Reasons = ["slow"],
            Language = "zh-CN",
        },
    };

    private static readonly MatterClaim Matter = Some.Finished() with { Staff = "s-7" };

    public static TheoryData<string> OtherMembers => [.. Others.Keys];

    public static TheoryData<string> OtherMattersMembers => [.. OtherMatters.Keys];

    private static readonly Dictionary<string, EvaluationClaim> Others = new()
    {
        ["grade"] = With(said => said with { Grade = Grade.Dissatisfied }),
        ["origin"] = With(said => said with { Origin = Origin.Default }),
        ["occurredAt"] = With(said => said with { OccurredAt = said.OccurredAt with { UtcMilliseconds = said.OccurredAt.UtcMilliseconds + 1 } }),
        ["offset"] = With(said => said with { OccurredAt = said.OccurredAt with { OffsetMinutes = 0 } }),
        ["dimensions"] = With(said => said with { Dimensions = [new DimensionGrade("attitude", Grade.Dissatisfied)] }),
        ["serviceItem"] = With(said => said with { ServiceItem = null }),
        ["staff"] = With(said => said with { Staff = "s-8" }),
        ["channel"] = With(said => said with { Channel = Channel.Qr }),
        ["reasons"] = With(said => said with { Reasons = [] }),
        ["language"] = With(said => said with { Language = "en" }),
        ["matter"] = Full with { Matter = "2026-0043" },
        ["no matter"] = Full with { Matter = null },
        ["comment"] = Full with { Comment = "等了很久。" },
        ["no comment"] = Full with { Comment = null },
    };

    private static readonly Dictionary<string, MatterClaim> OtherMatters = new()
    {
        ["finishedAt"] = Matter with { FinishedAt = new Moment(Matter.FinishedAt.UtcMilliseconds + 1, 480) },
        ["serviceItem"] = Matter with { ServiceItem = "print" },
        ["staff"] = Matter with { Staff = null },
    };

    [Fact]
    public async Task A_repeated_claim_gets_its_first_receipt_before_and_after_a_restart()
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(3, "before"));
        var first = (await site.Silo.SubmitAsync(Places.Window, Some.Rating("other"), Full, Matter))[1..];
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(3, "after"));
        Assert.All(first, result => Assert.Equal(ClaimStatus.Accepted, result.Status));

        var again = await site.Silo.SubmitAsync(Places.Window, Full, Matter);
        var silo = await site.CrashAndRestartAsync();
        var afterwards = await silo.SubmitAsync(Places.Window, Full, Matter);

        Assert.Equal(first.Select(result => result with { Status = ClaimStatus.Repeated }).ToArray(), again.ToArray());
        Assert.Equal(again.ToArray(), afterwards.ToArray());
        Assert.Equal(9, (await silo.EventsAsync(Places.Window)).Count);
    }

    [Theory]
    [MemberData(nameof(OtherMembers))]
    public async Task The_same_evaluation_with_another_member_conflicts_on_its_way_and_once_stored(string member)
    {
        await using var site = await Site.OpenAsync();
        var gate = site.Silo.Journal.HoldNext(FaultyJournal.IsAppend);
        var first = site.Silo.SubmitAsync(Places.Window, Full);
        await gate.ReachedAsync();
        var onItsWay = await site.Silo.SubmitAsync(Places.Window, Others[member]);
        gate.Open();
        Assert.Equal(ClaimStatus.Accepted, (await first)[0].Status);

        var stored = await site.Silo.SubmitAsync(Places.Window, Others[member]);

        Assert.Equal(ClaimStatus.Conflicting, Assert.Single(onItsWay).Status);
        Assert.Equal(new ClaimResult(ClaimStatus.Conflicting), Assert.Single(stored));
        Assert.Single(await site.Silo.EventsAsync(Places.Window));
    }

    [Theory]
    [MemberData(nameof(OtherMattersMembers))]
    public async Task The_same_finished_matter_with_another_member_conflicts(string member)
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Matter);

        Assert.Equal(ClaimStatus.Conflicting, (await site.Silo.SubmitAsync(Places.Window, OtherMatters[member]))[0].Status);
    }

    [Fact]
    public async Task A_matter_and_an_evaluation_of_one_number_and_source_are_two_things()
    {
        await using var site = await Site.OpenAsync();

        var results = await site.Silo.SubmitAsync(Places.Window,
            Some.Finished("42"), Some.Rating() with { Evaluation = Some.Rating("42").Evaluation with { Source = "oa" } });

        Assert.All(results, result => Assert.Equal(ClaimStatus.Accepted, result.Status));
    }

    [Fact]
    public async Task One_id_of_two_sources_is_two_things()
    {
        await using var site = await Site.OpenAsync();

        var results = await site.Silo.SubmitAsync(Places.Window,
            Some.Rating("42"), Some.Rating() with { Evaluation = Some.Rating("42").Evaluation with { Source = "t2" } });

        Assert.All(results, result => Assert.Equal(ClaimStatus.Accepted, result.Status));
    }

    [Fact]
    public async Task An_erased_comment_is_no_longer_compared_and_everything_else_is()
    {
        await using var site = await Site.OpenAsync();
        var first = (await site.Silo.SubmitAsync(Places.Window, Full))[0];
        var (_, happened) = Assert.Single(await site.Silo.EventsAsync(Places.Window));
        await site.Silo.Journal.WriteAsync(new JournalUnit { Erasure = new Erasure([((EvaluationAccepted)happened).Comment!.Ref], []) });

        var results = await site.Silo.SubmitAsync(Places.Window, Others["comment"]);
        var withoutComment = await site.Silo.SubmitAsync(Places.Window, Others["no comment"]);
        var withOtherGrade = await site.Silo.SubmitAsync(Places.Window, Others["grade"]);

        Assert.Equal(first with { Status = ClaimStatus.Repeated }, results[0]);
        Assert.Equal(first with { Status = ClaimStatus.Repeated }, withoutComment[0]);
        Assert.Equal(ClaimStatus.Conflicting, withOtherGrade[0].Status);
    }

    [Fact]
    public async Task A_repeat_of_what_is_on_its_way_waits_for_the_same_receipt()
    {
        await using var site = await Site.OpenAsync();
        var gate = site.Silo.Journal.HoldNext(FaultyJournal.IsAppend);
        var first = site.Silo.SubmitAsync(Places.Window, Full);
        await gate.ReachedAsync();
        var joining = site.Silo.SubmitAsync(Places.Window, Full);
        var waitingFor = site.Silo.SubmitAsync(Places.Window, Some.Rating("next"));
        gate.Open();

        Assert.Equal((await first)[0] with { Status = ClaimStatus.Repeated }, (await joining)[0]);
        Assert.Equal(2, (await waitingFor)[0].Version);
        Assert.Equal(2, (await site.Silo.EventsAsync(Places.Window)).Count);
    }

    [Fact]
    public async Task Of_doubles_in_one_batch_one_is_stored_and_others_are_repeats_or_conflicts()
    {
        await using var site = await Site.OpenAsync();

        var results = await site.Silo.SubmitAsync(Places.Window, Full, Some.Rating("other"), Full, Others["grade"], Full);

        Assert.Equal(
            [ClaimStatus.Accepted, ClaimStatus.Accepted, ClaimStatus.Repeated, ClaimStatus.Conflicting, ClaimStatus.Repeated],
            results.Select(result => result.Status));
        Assert.Equal(results[0].Digest, results[2].Digest);
        Assert.Equal(results[0].Version, results[4].Version);
        Assert.Equal(2, (await site.Silo.EventsAsync(Places.Window)).Count);
    }

    private static EvaluationClaim With(Func<Evaluation, Evaluation> change) => Full with { Evaluation = change(Full.Evaluation) };
}
