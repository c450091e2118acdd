using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.WorkingTime;
using Xunit;

namespace Feedback.Domain.Tests.Policies;

public sealed class PolicyBookTests
{
    private static readonly DateOnly Day = Some.On("2026-03-02");

    [Fact]
    public void Where_nothing_was_set_the_default_holds()
    {
        var found = In(PolicyBook.Empty, "n5", "2026-03-02");

        Assert.Equal((FeedbackPolicy.Default, null, 0L), (found.Document, found.Node, found.Version));
        Assert.Equal(CasePolicies.Default with { Feedback = FeedbackPolicy.Default }, CasePolicies.At(PolicyBook.Empty, [], Day));
    }

    [Theory]
    [InlineData("n5", 5)]
    [InlineData("n7", 4)]
    [InlineData("n2", 4)]
    [InlineData("n1", 3)]
    public void The_nearest_node_at_or_above_wins(string node, int attempts)
    {
        var book = Book(Set("n2", "2026-01-01", 4), Set("n3", "2026-01-01", 5));

        Assert.Equal(attempts, In(book, node, "2026-03-02").Document.Attempts);
    }

    [Theory]
    [InlineData("2026-02-28", 3, 0)]
    [InlineData("2026-03-01", 4, 1)]
    [InlineData("2026-03-31", 4, 1)]
    [InlineData("2026-04-01", 5, 2)]
    public void A_policy_holds_from_its_day_on(string day, int attempts, long version)
    {
        var found = In(Book(Set("n1", "2026-03-01", 4), Set("n1", "2026-04-01", 5)), "n5", day);

        Assert.Equal((attempts, version), (found.Document.Attempts, found.Version));
    }

    [Fact]
    public void A_later_word_about_an_earlier_day_replaces_what_was_planned()
    {
        var book = Book(Set("n1", "2026-03-01", 4), Set("n1", "2026-06-01", 5), Set("n1", "2026-04-01", 6));

        Assert.Equal([("2026-03-01", 1L), ("2026-04-01", 3L)], book.At(new NodeId("n1"), "feedback").Select(entry => ($"{entry.From:yyyy-MM-dd}", entry.Version)));
        Assert.Equal([(new NodeId("n1"), "feedback")], book.Set);
        Assert.Equal(3, book.Version);
    }

    [Fact]
    public void A_text_that_this_release_cannot_read_is_passed_over()
    {
        var book = Book(Set("n1", "2026-01-01", 4), Set("n1", "2026-02-01", 5) with { Text = """{"attempts":"by later rules"}""" }, Set("n3", "2026-01-01", 5) with { Subject = "of-a-later-release" });

        Assert.Equal(4, In(book, "n5", "2026-03-02").Document.Attempts);
    }

    [Theory]
    [InlineData("n1", 2)]
    [InlineData("n2", 3)]
    [InlineData("n5", 3)]
    [InlineData("n9", 0)]
    public void The_last_decision_about_a_place_is_the_last_here_or_above_planned_ones_included(string node, long version)
    {
        var book = Book(Set("n1", "2026-03-01", 4), Set("n1", "2027-01-01", 5), Set("n2", "2028-01-01", 6), Set("n2", "2026-01-01", 6) with { Subject = "reopen", Text = "{}" });

        Assert.Equal(version, book.LastDecision(Bureau.Tree.LineOn(new NodeId(node), Day), "feedback"));
    }

    [Fact]
    public void What_holds_is_told_as_it_was_set()
    {
        var book = Book(Set("n1", "2026-01-01", 4), Set("n2", "2026-04-01", 6));

        Assert.Equal((new NodeId("n1"), 1L), book.FindEntry(Bureau.Tree.LineOn(new NodeId("n5"), Day), PolicySubjects.Feedback, Day) is var (node, entry) ? (node, entry.Version) : default);
        Assert.Null(book.FindEntry(Bureau.Tree.LineOn(new NodeId("n5"), Day), PolicySubjects.Reopen, Day));
    }

    [Fact]
    public void The_calendar_that_was_announced_last_counts()
    {
        var year = new CalendarYear(2027, [new Holiday(new(2027, 1, 1))], [], "a notice");
        var book = PolicyBook.Empty.Apply(new CalendarDefined { Salt = Some.Salt, Calendar = year })
            .Apply(new CalendarDefined { Salt = Some.Salt, Calendar = year with { Holidays = [new Holiday(new(2027, 1, 4))] } });

        Assert.Equal((DayStatus.Working, DayStatus.Rest), (book.Calendar.StatusOf(new(2027, 1, 1)), book.Calendar.StatusOf(new(2027, 1, 4))));
        Assert.Equal(DayStatus.Unknown, PolicyBook.Empty.Calendar.StatusOf(new(2027, 1, 1)));
    }

    [Fact]
    public void The_limits_of_a_bad_rating_and_of_an_order_come_from_their_own_policies_unless_limits_are_set()
    {
        var policies = CasePolicies.Default with { BadRating = BadRatingPolicy.Default with { Rectification = Limit.WorkingDays(5) } };

        Assert.Equal(Limit.WorkingDays(5), policies.LimitsOf(CaseKind.BadRating, null)[ClockKind.Rectification]);
        Assert.Equal(Limit.WorkingDays(1), policies.LimitsOf(CaseKind.HotlineOrder, "fees")[ClockKind.SignFor]);
        Assert.Equal(Limit.WorkingDays(2), policies.LimitsOf(CaseKind.HotlineOrder, "complex")[ClockKind.SignFor]);
        Assert.DoesNotContain(ClockKind.SignFor, policies.LimitsOf(CaseKind.Complaint, null).Keys);

        Assert.True(PolicySubjects.CaseLimits.TryParse("""{"rules":[{"kind":"bad-rating","limits":{"rectification":"3wd"}}]}""", out var limits, out _));
        Assert.Equal([(ClockKind.Rectification, Limit.WorkingDays(3))], (policies with { Limits = limits }).LimitsOf(CaseKind.BadRating, null).Select(one => (one.Key, one.Value)));
        // A kind that is not told keeps its default.
        Assert.Equal(Limit.WorkingDays(15), (policies with { Limits = limits }).LimitsOf(CaseKind.Complaint, null)[ClockKind.Completion]);
    }

    [Theory]
    [InlineData("n1", "feedback", "2026-03-02", "{}", null, null)]
    [InlineData("n9", "feedback", "2026-03-02", "{}", "node-unknown", "node")]
    [InlineData("n1", "weather", "2026-03-02", "{}", "policy-subject-unknown", "subject")]
    [InlineData("n1", "feedback", "2026-03-01", "{}", "policy-in-past", "from")]
    [InlineData("n1", "feedback", "2026-03-02", "{\"x\":1}", "policy-member-unknown", "x")]
    [InlineData("n1", "routing", "2026-03-02", "{\"routes\":[{\"category\":\"fees\",\"lead\":\"n2\",\"assisting\":[\"n99\"]}]}", "node-unknown", "routes")]
    [InlineData("n1", "routing", "2026-03-02", "{\"routes\":[{\"category\":\"fees\",\"lead\":\"n2\"}]}", null, null)]
    public void What_is_to_be_set_is_checked(string node, string subject, string from, string text, string? code, string? field)
    {
        var (canonical, refusal) = PolicyRules.Check(Bureau.Tree, new NodeId(node), subject, Some.On(from), text, Day);

        Assert.Equal((code, field, code is null), (refusal?.Code, refusal?.Field, canonical is not null));
    }

    [Fact]
    public void What_whoever_sets_it_does_not_see_is_not_there()
    {
        Assert.Equal("node-unknown", Check("n3", "feedback", "{}"));
        Assert.Equal("node-unknown", Check("n2", "routing", """{"routes":[{"category":"fees","lead":"n3"}]}"""));
        Assert.Null(Check("n2", "routing", """{"routes":[{"category":"fees","lead":"n2"}]}"""));

        static string? Check(string node, string subject, string text) =>
            PolicyRules.Check(Bureau.Tree, new NodeId(node), subject, Day, text, Day, at => at.Id != new NodeId("n3")).Refusal?.Code;
    }

    [Fact]
    public void Levels_are_told_at_closings_and_warnings_come_at_openings()
    {
        var (start, limit) = (Office.At("2026-03-02 09:10"), Limit.WorkingDays(15));
        var due = Deadlines.After(start, limit, Office.Shanghai)!.Value;

        Assert.Equal("2026-03-23 17:00", Office.Local(due));
        Assert.Equal("2026-03-19 09:00", Office.Local(CaseLimits.Default.Warn.At(start, due, limit, Office.Shanghai)));
        Assert.Equal(["2026-03-23 17:00", "2026-03-24 17:00", "2026-03-26 17:00"], CaseLimits.Default.Escalation.Select(level => Office.Local(level.After is { } after ? Deadlines.After(due, after, Office.Shanghai) : due)));
        // A warning never comes before the start.
        Assert.Equal(start, new WarnBefore(null, Limit.WorkingDays(30)).At(start, due, limit, Office.Shanghai));
    }

    private static PolicyInForce<FeedbackPolicy> In(PolicyBook book, string node, string day) =>
        book.Find(Bureau.Tree.LineOn(new NodeId(node), Some.On(day)), PolicySubjects.Feedback, Some.On(day));

    private static PolicyBook Book(params PolicySet[] events) => events.Aggregate(PolicyBook.Empty, (book, happened) => book.Apply(happened));

    private static PolicySet Set(string node, string from, int attempts) => new()
    {
        Salt = Some.Salt,
        Node = new NodeId(node),
        Subject = "feedback",
        From = Some.On(from),
        Text = PolicySubjects.Feedback.Write(new FeedbackPolicy(attempts)),
    };
}
