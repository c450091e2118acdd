using System.Globalization;
using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Grains.Journal;
using Feedback.Storage.Tests.Support;

namespace Feedback.Storage.Tests.Cases;

/// <summary>Builders of cases.</summary>
internal static class SomeCase
{
    public static readonly DateOnly Day = new(2026, 3, 2);

    public static readonly NodeId Hall = new("n3");

    public static CaseId Id(int number) => CaseId.Of(new Opaque((UInt128)number));

    /// <summary>A complaint, opened so many milliseconds after <see cref="Some.Instant"/> as its number says.</summary>
    public static CaseRow Row(int number, long version = 1, string node = "n7") => new(
        Id(number), version, "TS-" + number.ToString("0000", CultureInfo.InvariantCulture), CaseKind.Complaint, CaseChannel.Window, CaseStage.Registered,
        new NodeId(node), Hall, Some.Instant + number, Day);

    /// <summary>A row in which everything is said.</summary>
    public static CaseRow Full(int number) => Row(number) with
    {
        Kind = CaseKind.HotlineOrder,
        Channel = CaseChannel.Hotline,
        Stage = CaseStage.Merged,
        Owner = "u-7",
        Category = "态度/慢",
        External = ("12345", "GD-2026-1"),
        Rating = (new NodeId("n9"), 42),
        ClosedAt = Some.Instant + 5,
        DueAt = Some.Instant + 6,
        DueClock = "completion",
        Overdue = true,
        Supervised = true,
        ToSupervise = true,
        Urged = true,
        Assisting = NodeSet.Read("n4 n5"),
        ToCallBack = true,
        MergedInto = Id(99),
    };

    public static StreamName Stream(int number) => new("case:" + Id(number));

    public static CaseFlow Flow(string code, long count, string node = "n7", int day = 2) => new(new NodeId(node), new DateOnly(2026, 3, day), CaseCounts.Empty.Plus(code, count));

    /// <summary>A case's first append with its row.</summary>
    public static JournalUnit Opened(int number, params CaseFlow[] flows) =>
        StreamTail.Of(Stream(number)).Unit(Stream(number)) with { Cases = [Row(number)], CaseFlows = flows };
}
