using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Cases;
using Feedback.Grains.Due;
using Feedback.Grains.Notices;
using Feedback.Grains.Tests.Support;
using Xunit;
using static Feedback.Grains.Tests.Cases.CaseSite;

namespace Feedback.Grains.Tests.Notices;

/// <summary>Other systems hear what happens to cases.</summary>
public sealed class HookTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Each_hook_hears_once_what_it_wants_to_hear_of_the_places_it_is_for()
    {
        var (site, box) = await NoticeSite.OpenAsync(new NoticeSettings
        {
            Hooks =
            [
                NoticeSite.Hook("all"), NoticeSite.Hook("ends") with { Events = ["closed", "reopened"] },
                NoticeSite.Hook("hall") with { Node = "n4" }, NoticeSite.Hook("elsewhere") with { Node = "n5" }, NoticeSite.Hook("nowhere") with { Node = "n99" },
            ],
        });
        await using var closing = site;
        var id = await site.OpenCaseAsync();
        await site.MustAsync(id, Clerk, new NoteProgress(null, Told: true), "已联系张先生");
        await site.MustAsync(id, Supervisor, new SuperviseCase("slow"));
        await site.MustAsync(id, Clerk, new HandleCase("apologised"), "当面道歉");
        await site.MustAsync(id, Clerk, new GiveFeedback("phone", FeedbackOutcome.NotReached, null));
        await site.MustAsync(id, Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, null), "已培训");
        await site.MustAsync(id, CaseActor.Citizen, new ConfirmCase());
        await site.MustAsync(id, CaseActor.Citizen, new ReopenCase("not-solved"), "又发生了");
        await site.WorkAsync();

        Assert.Equal(["opened", "supervised", "handled", "answered", "closed", "reopened"], box.WordsOf("all"));
        Assert.Equal(["closed", "reopened"], box.WordsOf("ends"));
        Assert.Equal(box.WordsOf("all"), box.WordsOf("hall"));
        Assert.Empty(box.Of("elsewhere"));
        Assert.Empty(box.Of("nowhere"));
        Assert.Equal([CaseWork.ClockKey(id)], (await site.WaitingAsync()).Keys);

        var state = await site.StateAsync(id);
        Assert.All(box.EventsOf("all"), one =>
        {
            var (data, stage) = (one.GetProperty("data"), one.GetProperty("data").GetProperty("stage").GetString());
            Assert.Equal(("1.0", box.Source, state.Intake.Number), (one.GetProperty("specversion").GetString(), one.GetProperty("source").GetString(), one.GetProperty("subject").GetString()));
            Assert.Equal($"{id}:{data.GetProperty("version").GetInt64()}", one.GetProperty("id").GetString());
            Assert.Equal(("complaint", "n7", "n4"), (data.GetProperty("kind").GetString(), data.GetProperty("node").GetString(), data.GetProperty("lead").GetString()));
            Assert.Equal(one.GetProperty("type").GetString() == "feedback.case.closed", stage == "closed");
        });
        foreach (var said in new[] { "等了", "13800000000", "张先生", "道歉", "培训", "又发生了", "account:" })
            Assert.DoesNotContain(said, box.Everything, StringComparison.Ordinal);
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task The_city_hears_that_its_order_was_returned_or_signed_for_and_that_more_time_is_asked_for()
    {
        var (site, box) = await NoticeSite.OpenAsync(new NoticeSettings { Hooks = [NoticeSite.Hook("city") with { Events = ["signed", "returned", "extension-asked"] }] });
        await using var closing = site;
        var other = new CaseActor("account:zhou") { Handles = NodeScope.At(Places.OtherHall), Works = [Places.OtherHall] };
        var id = await site.OpenCaseAsync(Complaint() with { Kind = CaseKind.HotlineOrder, Category = null, External = new ExternalNumber("12345", "GD-1") });
        // What one hall gives back to another stays with us.
        await site.MustAsync(id, Clerk, new DispatchCase(Places.OtherHall, []));
        await site.MustAsync(id, other, new ReturnCase("not ours"));
        await site.MustAsync(id, Clerk, new DispatchCase(Places.Hall, []));
        await site.WorkAsync();
        Assert.Empty(box.Of("city"));

        await site.MustAsync(id, Clerk, new ReturnCase("not ours"));
        await site.MustAsync(id, CaseActor.City, new DispatchCase(Places.Hall, []));
        await site.MustAsync(id, Clerk, new SignForCase());
        // What goes on inside is signed for again there.
        await site.MustAsync(id, Clerk, new DispatchCase(Places.OtherHall, []));
        await site.MustAsync(id, other, new SignForCase());
        await site.MustAsync(id, other, new AskExtension(ClockKind.Completion, "15d", "survey"));
        await site.WorkAsync();
        Assert.Equal(["returned", "signed", "extension-asked"], box.WordsOf("city"));
    }

    [Fact]
    public async Task A_deadline_that_passes_is_told_with_its_clock()
    {
        var (site, box) = await NoticeSite.OpenAsync(new NoticeSettings { Hooks = [NoticeSite.Hook("late") with { Events = ["overdue"] }] });
        await using var closing = site;
        await site.OpenCaseAsync();

        await site.GoToAsync(Shanghai(2026, 3, 3, 16, 59));
        Assert.Empty(box.Of("late"));
        await site.GoToAsync(Shanghai(2026, 3, 3, 17));
        await site.Silo.AdvanceAsync(5 * Second);

        var data = Assert.Single(box.EventsOf("late")).GetProperty("data");
        Assert.Equal(("first-response", "2026-03-03T09:00:00.000Z"), (data.GetProperty("clock").GetString(), data.GetProperty("deadline").GetString()));
    }

    [Fact]
    public async Task A_hook_that_fails_hears_the_same_again_after_pauses_that_grow()
    {
        var (site, box) = await NoticeSite.OpenAsync(new NoticeSettings { Hooks = [NoticeSite.Hook("shaky")] });
        await using var closing = site;
        box.On("shaky", times => times <= 4 ? throw new DeliveryException("it answers 500") : Task.CompletedTask);
        var id = await site.OpenCaseAsync();

        await site.PassAsync(TimeSpan.FromMinutes(2), Second);

        var tries = box.TriesOf("shaky");
        Assert.Equal(5, tries.Count);
        var pauses = tries.Zip(tries.Skip(1), (one, next) => next - one).ToList();
        Assert.Equal(pauses.Order(), pauses);
        Assert.True(pauses[^1] > 4 * pauses[0], string.Join(", ", pauses));
        Assert.Equal($"{id}:1", Assert.Single(box.Of("shaky")).Id);
        Assert.Equal([CaseWork.ClockKey(id)], (await site.WaitingAsync()).Keys);
    }

    [Fact]
    public async Task A_dead_hook_is_given_up_after_three_days_and_holds_up_nobody()
    {
        var (site, box) = await NoticeSite.OpenAsync(new NoticeSettings { Hooks = [NoticeSite.Hook("dead") with { Events = ["opened"] }, NoticeSite.Hook("live")] });
        await using var closing = site;
        box.IsDead("dead");
        for (var number = 0; number < 40; number++)
            await site.OpenCaseAsync(contact: null);
        await site.PassAsync(10 * Second, Second);
        Assert.Equal(40, box.Of("live").Count);
        // After a few tries all of them know that it is dead.
        Assert.InRange(box.TriesOf("dead").Count, 1, DeliveryLine.MostAtOnce + 4);

        await site.PassAsync(TimeSpan.FromHours(71), TimeSpan.FromHours(1));
        Assert.Equal(40, (await site.WaitingAsync()).Keys.Count(key => key.StartsWith("notice.hook:dead:", StringComparison.Ordinal)));
        await site.PassAsync(TimeSpan.FromHours(3), TimeSpan.FromHours(1));
        Assert.DoesNotContain((await site.WaitingAsync()).Keys, key => key.StartsWith("notice.", StringComparison.Ordinal));
        Assert.Empty(box.Of("dead"));
    }

    [Fact]
    public async Task A_hook_that_hangs_is_left_after_ten_seconds_and_holds_up_nobody_meanwhile()
    {
        var (site, box) = await NoticeSite.OpenAsync(new NoticeSettings { Hooks = [NoticeSite.Hook("slow"), NoticeSite.Hook("live")] });
        await using var closing = site;
        box.On("slow", times => times == 1 ? new TaskCompletionSource().Task : Task.CompletedTask);
        var id = await site.OpenCaseAsync();
        await site.Silo.AdvanceAsync(3 * Second);
        Assert.Single(box.Of("live"));
        Assert.Single(box.TriesOf("slow"));
        await site.MustAsync(id, Supervisor, new SuperviseCase("slow"));
        await site.Silo.AdvanceAsync(3 * Second);
        Assert.Equal(["opened", "supervised"], box.WordsOf("live"));

        await site.PassAsync(TimeSpan.FromSeconds(40), Second);
        Assert.Equal(["opened", "supervised"], box.WordsOf("slow"));
    }

    [Fact]
    public async Task News_told_twice_before_they_are_sent_are_sent_once()
    {
        var (site, box) = await NoticeSite.OpenAsync(new NoticeSettings { Hooks = [NoticeSite.Hook("all")] });
        await using var closing = site;
        var id = await site.OpenCaseAsync();
        var handler = site.Silo.Get<IEnumerable<IDueHandler>>().OfType<CaseNewsHandler>().Single();
        var news = (await site.WaitingAsync()).Values.Single(row => row.Key.StartsWith(NoticeWork.News, StringComparison.Ordinal));
        var command = new DueCommand(news.Key, news.At, NoticeWork.News, news.Command, 0);

        await handler.PerformAsync(command);
        await handler.PerformAsync(command);
        await site.Silo.Get<IDueQueue>().DoneAsync([new DueWork(news, 0)]);
        await site.WorkAsync();

        Assert.Equal($"{id}:1", Assert.Single(box.Of("all")).Id);
    }

    [Fact]
    public async Task A_hook_that_is_gone_hears_no_more_and_where_nobody_listens_nothing_waits()
    {
        var (site, box) = await NoticeSite.OpenAsync(new NoticeSettings { Hooks = [NoticeSite.Hook("gone")] });
        await using var closing = site;
        box.On("gone", _ => throw new DeliveryException("it answers 410", forGood: true));
        await site.OpenCaseAsync();
        await site.WorkAsync();
        Assert.Single(box.TriesOf("gone"));
        Assert.DoesNotContain((await site.WaitingAsync()).Keys, key => key.StartsWith("notice.", StringComparison.Ordinal));

        var (quiet, _) = await NoticeSite.OpenAsync(NoticeSettings.None);
        await using var end = quiet;
        var id = await quiet.OpenCaseAsync();
        Assert.Equal([CaseWork.ClockKey(id)], (await quiet.WaitingAsync()).Keys);
    }

    [Fact]
    public void A_signature_is_that_of_Standard_Webhooks()
    {
        // The example of the reference libraries' own tests: github.com/standard-webhooks/standard-webhooks, libraries/*/test, "sign".
        var key = HookSignature.KeyOf("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!.Value;
        const string Expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

        Assert.Equal(Expected, HookSignature.Sign([key], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8));
        Assert.Equal($"{Expected} {Expected}", HookSignature.Sign([key, key], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8));
    }

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_")]
    public void A_key_of_another_shape_is_none(string text) => Assert.Null(HookSignature.KeyOf(text));

    [Fact]
    public void A_key_has_24_to_64_bytes()
    {
        Assert.Equal([24, 64], new[] { 24, 64 }.Select(length => HookSignature.KeyOf("whsec_" + Convert.ToBase64String(new byte[length]))!.Value.Length));
        Assert.All([23, 65, 200], length => Assert.Null(HookSignature.KeyOf("whsec_" + Convert.ToBase64String(new byte[length]))));
    }
}
