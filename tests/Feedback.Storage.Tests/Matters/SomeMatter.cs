using System.Globalization;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.ServiceMatters;
using Feedback.Storage.Tests.Support;

namespace Feedback.Storage.Tests.Matters;

/// <summary>Builders of rows of service matters.</summary>
internal static class SomeMatter
{
    public static MatterId Id(int number) => MatterId.Of(new Opaque((UInt128)number));

    public static StreamName Stream(int number) => StreamName.Matter(Id(number));

    /// <summary>An open matter, accepted so many milliseconds after <see cref="Some.Instant"/> as its number says.</summary>
    public static MatterRow Row(int number, long version = 1, string node = "n7") => new(
        Id(number), version, NumberOf(number), new Opaque((UInt128)(number + 1000)), new NodeId(node), "permit", Online: false, MatterStage.Open, 1, Some.Instant + number, Some.Instant + number);

    public static string NumberOf(int number) => "20260302-" + number.ToString("0000000", CultureInfo.InvariantCulture) + "-1";

    /// <summary>A row in which everything is said.</summary>
    public static MatterRow Full(int number) => Row(number) with
    {
        Item = "许可/一",
        Online = true,
        Stage = MatterStage.Withdrawn,
        Visits = 4,
        LastAt = Some.Instant + 9000,
        Limit = "10wd",
        DueAt = Some.Instant + 8000,
        Broken = true,
        Overdue = true,
        Pending = true,
    };
}
