using Feedback.Api.Cluster;
using Feedback.Web.Words;
using Xunit;

namespace Feedback.Api.Tests.Cluster;

public sealed class ClusterFindingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 1, 30, 0, TimeSpan.Zero);

    private static readonly SiloFigures Well = new(
        Now.AddHours(-1), Draining: false, NeedsRestart: false, Windows: 10, Tallies: 3, JournalWaiting: 0, JournalMostWaiting: 100, JournalOldestMs: 3,
        CommittedAt: Now, CommitMs: 4, FailingSince: null, Conflicts: 2, ReportsOldestMs: 90, ErrorsInHour: 0, LastError: null, LastErrorAt: null,
        WorkingSetMb: 200, CpuPercent: 12, ClockAheadMs: -20);

    [Fact]
    public void Of_silos_that_are_well_nothing_is_said()
    {
        var report = Of(Silo("a", Well), Silo("b", Well));

        Assert.Empty(report.Findings);
        Assert.Equal(new ClusterSums(Active: 2, Answering: 2, Windows: 20, Tallies: 6, JournalWaiting: 0, Conflicts: 4, ErrorsInHour: 0, WorkingSetMb: 400), report.Sums);
    }

    [Fact]
    public void A_journal_that_does_not_commit_is_urgent_and_told_with_the_time_since_when()
    {
        Assert.Equal([("journal-failing", true, "a", "2026-11-25T01:29:00Z")], Told(Silo("a", Well with { FailingSince = Now.AddMinutes(-1), JournalOldestMs = 5_000 })));
        Assert.Equal([("journal-slow", true, "a", "2.5")], Told(Silo("a", Well with { JournalOldestMs = 2_500 })));
        Assert.Equal([("restart-needed", true, "a", null)], Told(Silo("a", Well with { FailingSince = Now, NeedsRestart = true })));
        Assert.Equal([("queue-full", true, "a", "80")], Told(Silo("a", Well with { JournalWaiting = 80 })));
    }

    [Fact]
    public void A_silo_that_does_not_answer_is_told_and_the_others_are_shown_all_the_same()
    {
        var report = Of(Silo("b", null) with { Silent = "late" }, Silo("a", Well));

        Assert.Equal([("silo-silent", true, "b", "late")], Told(report));
        Assert.Equal((2, 1, 10), (report.Sums.Active, report.Sums.Answering, report.Sums.Windows));
        Assert.Equal(["a", "b"], report.Silos.Select(silo => silo.Name));
    }

    [Fact]
    public void A_silo_that_was_stopped_is_no_alarm_and_one_that_was_lost_is()
    {
        var gone = Silo("a", null) with { Status = "dead", Since = Now.AddSeconds(-9) };
        var report = Of(gone, gone with { Name = "b", LeftInOrder = true }, Silo("c", Well));

        Assert.Equal([("silo-dead", true, "a", "2026-11-25T01:29:51Z"), ("silo-left", false, "b", "2026-11-25T01:29:51Z")], Told(report));
        Assert.Equal(["c", "a", "b"], report.Silos.Select(silo => silo.Name));
        Assert.Equal(1, report.Sums.Active);
    }

    [Fact]
    public void Two_versions_a_wrong_clock_late_reports_and_warnings_are_told_the_urgent_first()
    {
        var report = Of(
            Silo("a", Well with { ErrorsInHour = 3, ReportsOldestMs = 12_000, Draining = true }),
            Silo("b", Well with { ClockAheadMs = -3_500 }) with { Version = "0.4.0" });

        Assert.Equal(
            [
                ("clock-differs", true, "b", "-3.5"), ("reports-late", false, "a", "12"), ("versions-differ", false, null, "0.3.0, 0.4.0"),
                ("draining", false, "a", null), ("errors", false, "a", "3"),
            ],
            Told(report));
    }

    [Fact]
    public void A_table_of_members_that_cannot_be_read_is_told() =>
        Assert.Equal([("membership-unread", true, null, null)], Told(ClusterReport.Of(Now, [Silo("a", Well)], membershipRead: false)));

    [Fact]
    public void Every_finding_has_words_in_both_languages()
    {
        foreach (var words in new[] { PageWords.Chinese, PageWords.English })
        {
            foreach (var word in ClusterFindings.Codes.Select(code => "is-" + code).Concat(["silent-late", "silent-gone", "silent-failed"]))
                Assert.NotEmpty(words["cluster-" + word]);
        }
    }

    private static SiloView Silo(string name, SiloFigures? figures) =>
        new(name, "10.0.0.1:11111@1", "n1", "active", Now.AddHours(-1), "0.3.0", null, LeftInOrder: false, figures);

    private static ClusterReport Of(params SiloView[] silos) => ClusterReport.Of(Now, silos, membershipRead: true);

    private static IEnumerable<(string, bool, string?, string?)> Told(params SiloView[] silos) => Told(Of(silos));

    private static IEnumerable<(string, bool, string?, string?)> Told(ClusterReport report) =>
        report.Findings.Select(finding => (finding.Code, finding.Urgent, finding.Silo, finding.Value));
}
