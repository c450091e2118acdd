using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Personal;
using Feedback.Domain.Platform;
using Feedback.Grains.Journal;
using Feedback.Grains.Notices;
using Feedback.Grains.Platform;
using Feedback.Grains.Tests.Support;
using Xunit;
using static Feedback.Grains.Tests.Platform.PlatformSite;

namespace Feedback.Grains.Tests.Platform;

/// <summary>What the platform gets, whatever happens on the way.</summary>
public sealed class SendingTests
{
    private static readonly DateOnly Monday = Some.Monday;

    [Fact]
    public async Task Every_rating_is_sent_once_in_batches_and_nothing_is_left()
    {
        await using var site = await PlatformSite.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(25));
        await site.Silo.SubmitAsync(Places.OtherWindow, Some.Rating("o-1", Places.OtherWindow, grade: Grade.Dissatisfied));

        await site.SendAllAsync();

        // Ten of a window, then the other window, and round again: nobody waits behind a busier one.
        Assert.Equal((4, 26, 0), (site.Platform.Requests.Count, site.Platform.Items.Count, site.Platform.Doubles.Count));
        Assert.Equal("""{"grade":2,"status":"counted"}""", site.Platform.Items[IdOf("o-1", Places.OtherWindow)].Data.ToJsonString());
        Assert.Equal(default, await site.Store.WaitingAsync("window:"));
        Assert.Equal([new ReportedDay(Monday, PlatformKind.Evaluations, 26, null, null, null)], await site.Store.DaysAsync(Monday));
        await site.SendAllAsync();
        Assert.Equal(4, site.Platform.Requests.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_between_sending_and_the_cursor_sends_the_same_body_under_the_same_key(bool onPostgres)
    {
        await using var site = await PlatformSite.OpenAsync(onPostgres: onPostgres);
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(3));
        site.Silo.Journal.FailBeforeNext(IsEnd);
        Assert.IsType<IOException>(await site.FailAsync());

        // More comes in meanwhile, and is not in what was sent before.
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(2, "later"));
        await site.Site.CrashAndRestartAsync();
        await site.SendAllAsync();

        Assert.Equal(3, site.Platform.Requests.Count);
        Assert.Equal(site.Platform.Requests[0], site.Platform.Requests[1]);
        Assert.Equal((5, 0), (site.Platform.Items.Count, site.Platform.Doubles.Count));
        Assert.Equal(5, Assert.Single(await site.Store.DaysAsync(Monday)).Ours);
    }

    [Fact]
    public async Task A_cursor_that_was_moved_although_nobody_knows_sends_nothing_again()
    {
        await using var site = await PlatformSite.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(3));
        site.Silo.Journal.FailAfterNext(IsEnd);
        Assert.IsType<IOException>(await site.FailAsync());

        await site.Site.CrashAndRestartAsync();
        await site.SendAllAsync();

        Assert.Single(site.Platform.Requests);
        Assert.Equal(3, Assert.Single(await site.Store.DaysAsync(Monday)).Ours);
    }

    [Fact]
    public async Task What_the_platform_fails_on_is_sent_until_it_takes_it()
    {
        await using var site = await PlatformSite.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(15));
        site.Platform.Answers = number => number switch { 1 => new PlatformAnswer(500, []), 2 => throw new DeliveryException("no answer"), 4 => new PlatformAnswer(503, []), _ => null };

        for (var failures = 0; failures < 3; failures++)
            Assert.IsType<DeliveryException>(await site.FailAsync());
        await site.SendAllAsync();

        Assert.Equal((15, 0), (site.Platform.Items.Count, site.Platform.Doubles.Count));
        Assert.Equal(3, site.Platform.Requests.Take(3).Count(request => request == site.Platform.Requests[0]));
        Assert.Equal(15, Assert.Single(await site.Store.DaysAsync(Monday)).Ours);
    }

    [Fact]
    public async Task Who_does_not_answer_for_thirty_seconds_gets_the_same_again_and_takes_it_once()
    {
        await using var site = await PlatformSite.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(2));
        var held = site.Platform.Held = new Gate();
        var sending = site.FailAsync();
        await held.ReachedAsync();

        site.Silo.Clock.Advance(PlatformSender.Patience);
        Assert.IsType<DeliveryException>(await Until.EndsAsync(sending));
        // What was said too late was heard all the same.
        held.Open();
        await Until.HoldsAsync("it is heard", () => site.Platform.Items.Count == 2);
        site.Platform.Held = null;
        await site.SendAllAsync();

        Assert.Equal((2, 0), (site.Platform.Requests.Count, site.Platform.Doubles.Count));
        Assert.Equal(site.Platform.Requests[0], site.Platform.Requests[1]);
        Assert.Equal(2, Assert.Single(await site.Store.DaysAsync(Monday)).Ours);
    }

    [Fact]
    public async Task An_item_that_the_platform_does_not_want_holds_up_no_other()
    {
        await using var site = await PlatformSite.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(3));
        site.Platform.Answers = _ => new PlatformAnswer(200, [new ItemRejection(IdOf("e-2"), "unknown\u0000 window"), new ItemRejection("n7-unknown", "never sent")]);

        await site.SendAllAsync();

        Assert.Equal(new[] { IdOf("e-1"), IdOf("e-3") }.Order(), site.Platform.Items.Keys.Order());
        var rejected = Assert.Single(await site.Store.ListRejectedAsync(again: false, 10));
        Assert.Equal((IdOf("e-2"), "unknown window", Monday, false), (rejected.Id, rejected.Reason, rejected.Day, rejected.IsKnown));
        Assert.Equal(2, Assert.Single(await site.Store.DaysAsync(Monday)).Ours);
    }

    [Fact]
    public async Task Where_the_platform_takes_nothing_for_the_sake_of_one_item_the_others_are_sent_without_it()
    {
        await using var site = await PlatformSite.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(3));
        site.Platform.Answers = number => number == 1 ? new PlatformAnswer(422, [new ItemRejection(IdOf("e-1"), "no")]) : null;

        await site.SendAllAsync();

        Assert.Equal(new[] { IdOf("e-2"), IdOf("e-3") }.Order(), site.Platform.Items.Keys.Order());
        Assert.NotEqual(site.Platform.Requests[0].Key, site.Platform.Requests[1].Key);
        Assert.Equal(1, await site.Store.CountRejectedAsync());
        Assert.Equal(new EndedBatch("", 0, 2, 1), (await site.Store.LastAsync())! with { Id = "", At = 0 });
    }

    [Fact]
    public async Task A_refusal_that_names_nothing_is_a_failure_and_nothing_is_lost_by_it()
    {
        await using var site = await PlatformSite.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(1));
        site.Platform.Answers = number => number == 1 ? new PlatformAnswer(401, []) : null;

        Assert.Contains("401", (await site.FailAsync()).Message, StringComparison.Ordinal);
        await site.SendAllAsync();

        Assert.Single(site.Platform.Items);
    }

    [Fact]
    public async Task What_the_mapping_has_no_word_for_is_rejected_and_sent_once_the_mapping_is_mended()
    {
        var narrow = Rule(PlatformKind.Evaluations, "grade") with { Map = ImmutableDictionary<string, SourceValue>.Empty.Add("5", new TextValue("A")) };
        await using var site = await PlatformSite.OpenAsync(Usual with { Mappings = Mapping(PlatformKind.Evaluations, narrow) });
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("good"), Some.Rating("bad", grade: Grade.VeryDissatisfied));
        await site.SendAllAsync();
        Assert.Equal([IdOf("good")], site.Platform.Items.Keys);
        Assert.Equal("mapping: grade has nothing for grade '1'", Assert.Single(await site.Store.ListRejectedAsync(again: false, 10)).Reason);

        site.Settings = Usual with { Mappings = Mapping(PlatformKind.Evaluations, narrow with { Otherwise = new TextValue("E") }) };
        await site.Site.CrashAndRestartAsync();
        await site.SendAllAsync();
        Assert.Single(site.Platform.Items);
        await site.Silo.Journal.WriteAsync(new JournalUnit { Platform = new PlatformChange { Again = [IdOf("bad")] } });
        await site.SendAllAsync();

        Assert.Equal("""{"grade":"E"}""", site.Platform.Items[IdOf("bad")].Data.ToJsonString());
        Assert.Equal(0, await site.Store.CountRejectedAsync());
        Assert.Equal(2, Assert.Single(await site.Store.DaysAsync(Monday)).Ours);
    }

    [Fact]
    public async Task An_item_that_is_sent_again_and_rejected_again_stays_listed_and_is_not_sent_by_itself()
    {
        await using var site = await PlatformSite.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(1));
        site.Platform.Answers = _ => new PlatformAnswer(200, [new ItemRejection(IdOf("e-1"), "no")]);
        await site.SendAllAsync();

        await site.Silo.Journal.WriteAsync(new JournalUnit { Platform = new PlatformChange { Again = [IdOf("e-1")] } });
        await site.SendAllAsync();
        await site.SendAllAsync();

        Assert.Equal(2, site.Platform.Requests.Count);
        Assert.False(Assert.Single(await site.Store.ListRejectedAsync(again: false, 10)).Again);
    }

    [Fact]
    public async Task A_rating_that_is_excluded_or_taken_back_later_is_an_update_and_counts_no_second_time()
    {
        await using var site = await PlatformSite.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(2));
        await site.SendAllAsync();

        await Until.DecidedAsync(() => site.Silo.Window(Places.Window).SetExcluded(1, excluded: true, "test"));
        await site.SendAllAsync();
        Assert.Equal("excluded", (string?)site.Platform.Items[IdOf("e-1")].Data["status"]);
        Assert.Contains("\"change\":\"update\"", site.Platform.Requests[^1].Body, StringComparison.Ordinal);
        await Until.DecidedAsync(() => site.Silo.Window(Places.Window).SetExcluded(1, excluded: false, "test"));
        await site.SendAllAsync();

        Assert.Equal(("counted", 0), ((string?)site.Platform.Items[IdOf("e-1")].Data["status"], site.Platform.Doubles.Count));
        Assert.Equal(2, Assert.Single(await site.Store.DaysAsync(Monday)).Ours);
    }

    [Fact]
    public async Task An_update_of_a_rating_that_was_never_taken_is_new_to_the_platform()
    {
        await using var site = await PlatformSite.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(1));
        site.Platform.Answers = number => number == 1 ? new PlatformAnswer(200, [new ItemRejection(IdOf("e-1"), "no")]) : null;
        await site.SendAllAsync();

        await Until.DecidedAsync(() => site.Silo.Window(Places.Window).SetExcluded(1, excluded: true, "test"));
        await site.SendAllAsync();

        Assert.Contains("\"change\":\"new\"", site.Platform.Requests[^1].Body, StringComparison.Ordinal);
        Assert.Equal((0, 1), (await site.Store.CountRejectedAsync(), Assert.Single(await site.Store.DaysAsync(Monday)).Ours));
    }

    [Fact]
    public async Task A_comment_leaves_only_where_it_is_asked_for_and_never_once_it_is_erased()
    {
        var comment = Rule(PlatformKind.Evaluations, SourceFields.Comment);
        await using var site = await PlatformSite.OpenAsync(Usual with { Mappings = Mapping(PlatformKind.Evaluations, comment) });
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("kept", comment: "等了三个小时"), Some.Rating("erased", comment: "电话 13800000000"));
        await Until.DecidedAsync(() => site.Silo.Window(Places.Window).Erase([2], ErasedPart.Comment, ErasureCause.Asked, "asked"));
        await site.SendAllAsync();
        Assert.Equal("等了三个小时", (string?)site.Platform.Items[IdOf("kept")].Data["comment"]);
        Assert.Equal("{}", site.Platform.Items[IdOf("erased")].Data.ToJsonString());

        // Whoever has it already is told that it is no more.
        await Until.DecidedAsync(() => site.Silo.Window(Places.Window).Erase([1], ErasedPart.Comment, ErasureCause.Asked, "asked"));
        await site.SendAllAsync();

        Assert.Equal("{}", site.Platform.Items[IdOf("kept")].Data.ToJsonString());
        Assert.DoesNotContain(site.Platform.Requests, request => request.Body.Contains("13800000000", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Days_before_the_first_one_and_places_outside_the_node_are_not_reported()
    {
        await using var site = await PlatformSite.OpenAsync(Usual with { From = Monday.AddDays(1), Node = Places.Hall.Value });
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(2));
        await site.Silo.JumpAsync(TimeSpan.FromDays(1));
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("today", at: site.Silo.Clock.GetUtcNow()));
        await site.Silo.SubmitAsync(Places.OtherWindow, Some.Rating("elsewhere", Places.OtherWindow, site.Silo.Clock.GetUtcNow()));

        await site.SendAllAsync();

        Assert.Equal([IdOf("today")], site.Platform.Items.Keys);
        Assert.Equal(default, await site.Store.WaitingAsync("window:"));
    }

    [Theory]
    [InlineData(new[] { Origin.Active }, new[] { "chosen" })]
    [InlineData(new[] { Origin.Active, Origin.Default }, new[] { "chosen", "silent" })]
    public async Task Silence_is_reported_only_where_it_is_asked_for(Origin[] origins, string[] reported)
    {
        await using var site = await PlatformSite.OpenAsync(Usual with { Origins = [.. origins] });
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("chosen"), Some.Rating("silent", origin: Origin.Default), Some.Rating("declined", grade: null, origin: Origin.Declined));

        await site.SendAllAsync();

        Assert.Equal(reported.Select(rating => IdOf(rating)).Order(), site.Platform.Items.Keys.Order());
    }

    [Fact]
    public async Task A_batch_that_is_larger_than_the_operator_wants_now_is_planned_anew()
    {
        await using var site = await PlatformSite.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(8));
        site.Platform.Answers = number => number == 1 ? new PlatformAnswer(413, []) : null;
        await site.FailAsync();

        site.Settings = Usual with { BatchSize = 3 };
        await site.Site.CrashAndRestartAsync();
        await site.SendAllAsync();

        Assert.Equal((4, 8, 0), (site.Platform.Requests.Count, site.Platform.Items.Count, site.Platform.Doubles.Count));
    }

    private static bool IsEnd(JournalUnit unit) => unit.Platform?.End is not null;
}
