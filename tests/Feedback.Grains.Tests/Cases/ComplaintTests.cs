using System.Text;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Personal;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Cases;
using Feedback.Grains.Tests.Support;
using Xunit;
using static Feedback.Grains.Tests.Cases.CaseSite;

namespace Feedback.Grains.Tests.Cases;

/// <summary>A complaint goes its way.</summary>
public sealed class ComplaintTests
{
    [Fact]
    public async Task A_complaint_goes_from_intake_to_the_citizens_confirmation_across_National_Day()
    {
        await using var site = await CaseSite.OpenAsync(Shanghai(2025, 9, 26));
        var id = CaseSecrets.NewId();
        var opened = await site.Case(id).Perform(new CaseRequest(new OpenCase(Complaint()), Clerk) { Words = "窗口的人很凶", Contact = "13800000000", WithQueryCode = true, Id = "r-1" });
        Assert.Null(opened.Refusal);
        Assert.Equal(opened.Number, CaseNumber.Read(opened.Number!));
        Assert.Matches("^[0-9]{6}$", opened.QueryCode);

        var row = await site.Rows.FindAsync(id);
        Assert.Equal((opened.Number, CaseStage.Registered, Places.Window, Places.Hall, "account:li", new DateOnly(2025, 9, 26)), (row!.Number, row.Stage, row.Node, row.Lead, row.Owner, row.Day));
        // The Sunday after is worked for the holidays.
        Assert.Equal((At(2025, 9, 28, 17), "first-response"), (row.DueAt, row.DueClock));
        var deadline = site.Records.TimesOf(await site.StateAsync(id)).Explained[ClockKind.Completion];
        Assert.Equal(At(2025, 10, 23, 17), deadline.At);
        var words = string.Concat(DeadlineWords.Of(deadline, Domain.Time.HallZone.Get("Asia/Shanghai"), chinese: true));
        Assert.Contains("国庆", words, StringComparison.Ordinal);
        Assert.Contains("10月23日", words, StringComparison.Ordinal);

        await site.GoToAsync(Shanghai(2025, 9, 28, 16));
        var told = await site.MustAsync(id, Clerk, new NoteProgress(null, Told: true), "已联系，正在核实");
        Assert.False(told.IsLive(ClockKind.FirstResponse));
        Assert.Equal(At(2025, 10, 11, 17), (await site.Rows.FindAsync(id))!.DueAt);

        await site.GoToAsync(Shanghai(2025, 10, 10));
        await site.MustAsync(id, Clerk, new HandleCase("apologised"), "当面道歉");
        Assert.Equal("answer-missing", (await site.DoAsync(id, Clerk, new CloseCase())).Refusal!.Code);
        await site.MustAsync(id, Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, null), "已当面道歉并培训");
        var closed = await site.MustAsync(id, CaseActor.Citizen, new ConfirmCase(Grade.Satisfied));

        Assert.Equal((CaseStage.Closed, CaseEnding.Confirmed), (closed.Stage, closed.Closing!.Ending));
        row = await site.Rows.FindAsync(id);
        Assert.Equal((CaseStage.Closed, closed.Version, (long?)null), (row!.Stage, row.Version, row.DueAt));
        var counts = await site.CountsAsync(Places.Window);
        Assert.Equal((1, 1, 1), (counts["opened/complaint"], counts["closed/complaint"], counts["confirmed/complaint"]));
        Assert.Empty(await site.WaitingAsync());
        await site.Silo.AssertCleanAsync();
        Assert.Equal(1, (await site.Silo.VerifyAsync()).Cases);
    }

    [Fact]
    public async Task What_a_citizen_says_is_sealed_under_one_key_and_told_to_those_who_may_read_it()
    {
        await using var site = await CaseSite.OpenAsync();
        var id = await site.OpenCaseAsync(Complaint() with { About = [Places.Staff] }, words: "窗口的人很凶", contact: "13800000000");
        await site.MustAsync(id, Clerk, new NoteProgress(null, Told: false), "内部记录");
        await site.MustAsync(id, Clerk, new HandleCase("apologised"));
        await site.MustAsync(id, Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, null), "已道歉");

        var found = (await site.Records.FindAsync(id))!;
        var (texts, refusal) = await site.Records.ReadTextsAsync(found, Clerk, contact: true);
        Assert.Null(refusal);
        Assert.Equal(["窗口的人很凶", "13800000000", "内部记录", "已道歉"], texts.Select(text => text.Text));
        Assert.Equal(["窗口的人很凶", "已道歉"], (await site.Records.ReadTextsAsync(found, CaseActor.Citizen, contact: false)).Texts.Select(text => text.Text));
        // Who leads the person complained of is told nothing.
        Assert.Equal("recused", (await site.Records.ReadTextsAsync(found, Head, contact: false)).Refusal!.Code);
        Assert.Equal("case-elsewhere", (await site.Records.ReadTextsAsync(found, new CaseActor("account:qian"), contact: false)).Refusal!.Code);
        Assert.Single(SqliteFile.Rows(site.Site.Journal, "select distinct hex(subject) from personal where kind in (4, 5, 6)"));
        Assert.All(found.Timeline, one => Assert.DoesNotContain("13800000000", Encoding.UTF8.GetString(Domain.Journal.EventText.Write(one.Happened)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_that_is_sent_again_is_answered_by_what_it_did_and_one_that_is_stale_is_refused()
    {
        await using var site = await CaseSite.OpenAsync();
        var id = CaseSecrets.NewId();
        var opening = new CaseRequest(new OpenCase(Complaint()), Clerk) { Words = "等", WithQueryCode = true, Id = "r-1" };
        var first = await site.Case(id).Perform(opening);
        var noted = new CaseRequest(new NoteProgress(null, Told: true), Clerk) { Words = "已联系", Id = "r-2", Expected = first.Version };
        var second = await site.Case(id).Perform(noted);
        await site.MustAsync(id, Clerk, new HandleCase("done"));

        Assert.Equal(first, await site.Case(id).Perform(opening));
        Assert.Equal(second, await site.Case(id).Perform(noted));
        await site.Silo.DeactivateAsync(site.Case(id));
        Assert.Equal(first, await site.Case(id).Perform(opening));
        Assert.Equal(second, await site.Case(id).Perform(noted));

        var stale = new CaseRequest(new UrgeCase("late"), CaseActor.Citizen) { Expected = first.Version, Id = "r-3" };
        Assert.Equal("version-stale", (await site.Case(id).Perform(stale)).Refusal!.Code);
        Assert.Equal("case-exists", (await site.DoAsync(id, Clerk, new OpenCase(Complaint()))).Refusal!.Code);
        Assert.Single(await site.EventsAsync(id), one => one is CaseProgressed);
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task A_file_that_is_sent_again_is_kept_once_and_another_under_its_id_is_refused()
    {
        await using var site = await CaseSite.OpenAsync();
        var id = await site.OpenCaseAsync();
        var first = await site.Case(id).Perform(File([1, 2, 3]));

        Assert.Equal(first, await site.Case(id).Perform(File([1, 2, 3])));
        Assert.Equal("file-id-taken", (await site.Case(id).Perform(File([1, 2, 4]))).Refusal!.Code);
        await site.Silo.DeactivateAsync(site.Case(id));
        Assert.Equal(first, await site.Case(id).Perform(File([1, 2, 3])));
        Assert.Equal("file-id-taken", (await site.Case(id).Perform(File([1, 2, 4]))).Refusal!.Code);
        Assert.Single(await site.EventsAsync(id), one => one is CaseAttached);

        // Others number their own.
        Assert.Null((await site.Case(id).Perform(File([1, 2, 4], CaseActor.Citizen))).Refusal);
        // Once it is erased, nobody can tell what it was.
        Assert.Null((await site.Case(id).Erase(ErasureCause.Asked, "asked for")).Refusal);
        Assert.Equal(first, await site.Case(id).Perform(File([1, 2, 4])));
        await site.Silo.AssertCleanAsync();

        static CaseRequest File(byte[] file, CaseActor? actor = null) => new(new AttachFile(default, "image/png", 0, default), actor ?? Clerk) { File = file, Id = "f-1" };
    }

    [Fact]
    public async Task Texts_that_are_too_long_or_belong_nowhere_are_refused()
    {
        await using var site = await CaseSite.OpenAsync();
        var id = await site.OpenCaseAsync();

        Assert.Equal("text-too-long", (await site.DoAsync(id, Clerk, new NoteProgress(null, false), new string('长', CaseRequest.LongestText + 1))).Refusal!.Code);
        Assert.Equal("words-not-here", (await site.DoAsync(id, Clerk, new CategoriseCase("fees"), "不该在这里")).Refusal!.Code);
        Assert.Equal("category-unknown", (await site.DoAsync(id, Clerk, new CategoriseCase("nonsense"))).Refusal!.Code);
        Assert.Equal("time-limit-invalid", (await site.DoAsync(id, Clerk, new AskExtension(ClockKind.Completion, "soon", "survey"))).Refusal!.Code);
        Assert.Equal("file-missing", (await site.DoAsync(id, Clerk, new AttachFile(default, "image/png", 0, default))).Refusal!.Code);
        Assert.Equal("case-unknown", (await site.DoAsync(CaseSecrets.NewId(), Clerk, new CloseCase())).Refusal!.Code);
        Assert.Equal("node-unknown", (await site.DoAsync(CaseSecrets.NewId(), Clerk, new OpenCase(Complaint(new("n99"))))).Refusal!.Code);
    }

    [Fact]
    public async Task A_file_is_kept_encrypted_and_read_back_whole()
    {
        await using var site = await CaseSite.OpenAsync();
        var id = await site.OpenCaseAsync(words: null, contact: null);
        byte[] file = [0x89, 0x50, 0x4E, 0x47, 0, 255, 7];
        Assert.Null((await site.Case(id).Perform(new CaseRequest(new AttachFile(default, "image/png", 0, default), Clerk) { File = file })).Refusal);

        var found = (await site.Records.FindAsync(id))!;
        var attached = Assert.Single(found.Timeline.Select(one => one.Happened).OfType<CaseAttached>());
        Assert.Equal(("image/png", 7), (attached.Type, attached.Size));
        Assert.Equal(file, (await site.Records.ReadFileAsync(found, Clerk, attached.File)).File);
        Assert.Equal("case-elsewhere", (await site.Records.ReadFileAsync(found, new CaseActor("account:qian"), attached.File)).Refusal!.Code);
        await site.Silo.AssertCleanAsync();
    }
}
