using Feedback.Domain.Journal;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Windows;
using Xunit;

namespace Feedback.Grains.Tests.Windows;

public sealed class AppendTests
{
    [Fact]
    public async Task Two_hundred_interleaved_submits_leave_versions_without_gaps_or_doubles()
    {
        await using var site = await Site.OpenAsync();
        var gate = site.Silo.Journal.HoldNext(FaultyJournal.IsAppend);
        var calls = Enumerable.Range(0, 200).Select(call =>
            // Every call sends a claim of its own and two that its neighbours send as well.
            site.Silo.SubmitAsync(Places.Window, Some.Rating($"own-{call}"), Some.Rating($"shared-{call / 2}"), Some.Rating($"shared-{(call + 1) / 2}"))).ToList();
        await gate.ReachedAsync();
        gate.Open();

        var results = (await Task.WhenAll(calls)).SelectMany(result => result).ToList();

        var accepted = results.Where(result => result.Status == ClaimStatus.Accepted).Select(result => result.Version).Order().ToList();
        Assert.Equal(Enumerable.Range(1, 200 + 101).Select(version => (long)version), accepted);
        Assert.All(results, result => Assert.True(result.Status is ClaimStatus.Accepted or ClaimStatus.Repeated));
        var ids = await site.Silo.IdsAsync(Places.Window);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task What_arrives_while_an_append_is_on_its_way_rides_in_the_next_one_in_order()
    {
        await using var site = await Site.OpenAsync();
        var gate = site.Silo.Journal.HoldNext(FaultyJournal.IsAppend);
        var calls = new List<Task>();
        for (var call = 1; call <= 10; call++)
        {
            calls.Add(site.Silo.SubmitAsync(Places.Window, Some.Rating($"e-{call}")));
            await gate.ReachedAsync();
            await site.Silo.QuietExceptHeldAsync();
        }

        Assert.DoesNotContain(site.Silo.Journal.Written, FaultyJournal.IsAppend);
        gate.Open();
        await Task.WhenAll(calls);

        Assert.Equal([1, 9], (await site.Silo.RowsAsync(Places.Window)).Select(row => row.Count));
        Assert.Equal(Enumerable.Range(1, 10).Select(number => $"e-{number}"), await site.Silo.IdsAsync(Places.Window));
    }

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    [InlineData("twice")]
    public async Task An_append_whose_outcome_is_unknown_is_stored_exactly_once_by_the_retry(string fault)
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("earlier"));
        switch (fault)
        {
            case "before": site.Silo.Journal.FailBeforeNext(FaultyJournal.IsAppend); break;
            case "after": site.Silo.Journal.FailAfterNext(FaultyJournal.IsAppend); break;
            default: site.Silo.Journal.DoubleNext(FaultyJournal.IsAppend); break;
        }

        var unknown = await site.Silo.SubmitAsync(Places.Window, Some.Ratings(3));
        var decided = await site.Silo.InsistAsync(Some.Rating("e-2"));

        Assert.All(unknown, result => Assert.True(result is { MayComeAgain: true, Version: 0 }));
        Assert.Equal(fault == "before" ? ClaimStatus.Accepted : ClaimStatus.Repeated, decided.Status);
        Assert.Equal(fault == "before" ? ["earlier", "e-2"] : ["earlier", "e-1", "e-2", "e-3"], await site.Silo.IdsAsync(Places.Window));
    }

    [Fact]
    public async Task Nothing_that_waits_behind_an_append_of_unknown_outcome_is_lost_or_doubled()
    {
        await using var site = await Site.OpenAsync();
        var gate = new Gate();
        site.Silo.Journal.OnNext(FaultyJournal.IsAppend, async write =>
        {
            await gate.PassAsync();
            await write();
            throw new IOException("Stored, but you cannot know.");
        });
        var first = site.Silo.SubmitAsync(Places.Window, Some.Rating("first"));
        await gate.ReachedAsync();
        var waiting = site.Silo.SubmitAsync(Places.Window, Some.Rating("waiting"), Some.Rating("first"));
        await site.Silo.QuietExceptHeldAsync();
        gate.Open();

        Assert.All((await first).Concat(await waiting), result => Assert.True(result.MayComeAgain));
        Assert.Equal(1, (await site.Silo.InsistAsync(Some.Rating("first"))).Version);
        Assert.Equal(2, (await site.Silo.InsistAsync(Some.Rating("waiting"))).Version);
        Assert.Equal(["first", "waiting"], await site.Silo.IdsAsync(Places.Window));
    }

    [Fact]
    public async Task A_full_journal_is_told_at_once_and_the_same_window_goes_on()
    {
        await using var site = await Site.OpenAsync();
        site.Silo.Journal.RefuseNext(FaultyJournal.IsAppend);

        var refused = await site.Silo.SubmitAsync(Places.Window, Some.Rating());
        var accepted = await site.Silo.SubmitAsync(Places.Window, Some.Rating());

        Assert.True(Assert.Single(refused) is { Status: ClaimStatus.Refused, Refusal: { Code: "busy", Retryable: true } });
        Assert.Equal(ClaimStatus.Accepted, accepted[0].Status);
    }

    [Fact]
    public async Task Callers_wait_a_second_and_a_half_at_most_while_the_append_goes_on()
    {
        await using var site = await Site.OpenAsync();
        var gate = site.Silo.Journal.HoldNext(FaultyJournal.IsAppend);
        var submit = site.Silo.SubmitAsync(Places.Window, Some.Rating());
        await gate.ReachedAsync();

        site.Silo.Clock.Advance(TimeSpan.FromSeconds(1.4));
        await site.Silo.QuietExceptHeldAsync();
        Assert.False(submit.IsCompleted);
        site.Silo.Clock.Advance(TimeSpan.FromSeconds(0.1));
        var undecided = await Until.EndsAsync(submit);
        var joined = site.Silo.SubmitAsync(Places.Window, Some.Rating());
        await site.Silo.QuietExceptHeldAsync();
        gate.Open();

        Assert.Equal(new ClaimResult(ClaimStatus.Undecided), Assert.Single(undecided));
        Assert.Equal(1, (await joined)[0].Version);
        Assert.Equal(["e-1"], await site.Silo.IdsAsync(Places.Window));
    }

    [Fact]
    public async Task Another_writer_on_the_stream_is_noticed_and_read_and_nothing_is_lost()
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("mine"));
        var tail = StreamTail.After((await site.Silo.RowsAsync(Places.Window))[^1]);
        var theirs = new StaffSignedIn { Salt = Opaque.FromBytes(new byte[16]), Staff = Places.Staff, At = 0 };
        await site.Silo.Journal.WriteAsync(new JournalUnit
        {
            Append = new Append(StreamName.Window(Places.Window), tail.Next([EventText.Write(theirs)], 0)),
        });

        var refused = await site.Silo.SubmitAsync(Places.Window, Some.Rating("next"));
        var decided = await site.Silo.InsistAsync(Some.Rating("next"));

        Assert.Equal(new ClaimResult(ClaimStatus.Elsewhere), refused[0]);
        Assert.Equal(3, decided.Version);
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task A_claim_that_cannot_be_taken_does_not_touch_its_neighbours()
    {
        await using var site = await Site.OpenAsync();

        var results = await site.Silo.SubmitAsync(Places.Window,
            Some.Rating("good-1"), Some.Rating("bad", grade: null), Some.Rating("good-2"), Some.Rating("elsewhere", window: new("n99")));

        Assert.Equal(
            [ClaimStatus.Accepted, ClaimStatus.Refused, ClaimStatus.Accepted, ClaimStatus.Refused], results.Select(result => result.Status));
        Assert.Equal("grade-missing", results[1].Refusal!.Code);
        Assert.Equal(["good-1", "good-2"], await site.Silo.IdsAsync(Places.Window));
    }

    [Fact]
    public async Task A_claim_on_which_something_breaks_unexpectedly_does_not_touch_its_neighbours_or_those_of_other_calls()
    {
        await using var site = await Site.OpenAsync();
        var gate = site.Silo.Journal.HoldNext(FaultyJournal.IsAppend);
        var first = site.Silo.SubmitAsync(Places.Window, Some.Rating("first"));
        await gate.ReachedAsync();
        // One breaks when its identity is taken, the other when its event is written, after its personal text was sealed.
        var broken = Some.Rating("broken", comment: "seal me");
        var mixed = site.Silo.SubmitAsync(
            Places.Window,
            Some.Rating("good-1", comment: "slow"), Some.Finished(number: null!), broken with { Evaluation = broken.Evaluation with { Reasons = default } }, Some.Rating("good-2", comment: "kind"));
        var other = site.Silo.SubmitAsync(Places.Window, Some.Rating("other"));
        await site.Silo.QuietExceptHeldAsync();
        gate.Open();

        Assert.Equal(ClaimStatus.Accepted, (await first)[0].Status);
        var results = await mixed;
        Assert.Equal([ClaimStatus.Accepted, ClaimStatus.Refused, ClaimStatus.Refused, ClaimStatus.Accepted], results.Select(result => result.Status));
        Assert.All(results.Where(result => result.Refusal is not null), result => Assert.Equal(("unexpected", true), (result.Refusal!.Code, result.Refusal.Retryable)));
        Assert.Equal(ClaimStatus.Accepted, (await other)[0].Status);
        Assert.Equal(["first", "good-1", "good-2", "other"], await site.Silo.IdsAsync(Places.Window));
        var append = site.Silo.Journal.Written.Last(FaultyJournal.IsAppend);
        Assert.Equal((3, 2, 2), (append.Append!.Row.Count, append.SubjectKeys.Count, append.Personal.Count));
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task An_unknown_window_is_refused_and_stores_nothing()
    {
        await using var site = await Site.OpenAsync();

        var results = await site.Silo.SubmitAsync(new("n99"), Some.Rating(window: new("n99")), Some.Finished(window: new("n99")));
        var hall = await site.Silo.SubmitAsync(Places.Hall, Some.Rating(window: Places.Hall));

        Assert.All(results.Concat(hall), result => Assert.Equal(("window-unknown", false), (result.Refusal!.Code, result.Refusal.Retryable)));
        Assert.Empty(await site.Silo.EventsAsync(new("n99")));
    }

    [Fact]
    public async Task Where_the_clock_steps_back_row_times_never_do_and_the_true_time_is_kept()
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("a"));
        site.Silo.Clock.AdjustTime(Some.Morning.AddMinutes(-30));
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("b", at: Some.Morning.AddMinutes(-30)));

        var rows = await site.Silo.RowsAsync(Places.Window);
        var (_, happened) = EventText.Read(rows[1]).Single();

        Assert.Equal(Some.Morning.ToUnixTimeMilliseconds(), rows[1].At);
        Assert.Equal(
            Some.Morning.AddMinutes(-30).ToUnixTimeMilliseconds(), ((Domain.Evaluations.EvaluationAccepted)happened).Admission.ReceivedAt);
        Assert.Equal(ClaimStatus.Repeated, (await site.Silo.SubmitAsync(Places.Window, Some.Rating("b", at: Some.Morning.AddMinutes(-30))))[0].Status);
    }
}
