using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Matters;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Domain.Platform;
using Feedback.Domain.ServiceMatters;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;

namespace Feedback.Silo.Platform;

/// <summary>One made-up item of each kind, to show how a mapping writes it. Nobody said any of it.</summary>
internal static class PlatformSamples
{
    private const long Morning = 1_772_415_000_000;

    private static readonly NodeId Window = new("n12"), Hall = new("n4");
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly Opaque Salt = new(1);
    private static readonly MatterReference Matter = new(new Opaque(42), null);

    private static readonly Admission Set = new()
    {
        ReceivedAt = Morning + 1000,
        Terminal = "t1",
        Hall = Hall,
        Parent = Hall,
        Day = Day,
        Hour = 9,
        Scheme = 0,
        Catalogue = 0,
        Policy = 0,
    };

    /// <summary>The item of a kind, with every field that it can have.</summary>
    public static PlatformItem Of(PlatformKind kind) => kind switch
    {
        PlatformKind.Evaluations => WithNames(new PlatformItems(OrganisationTree.Empty).Of(
            1, new EvaluationAccepted { Salt = Salt, Evaluation = Said, Matter = Matter, Admission = Set }, excluded: false, isNew: true, "示例评价", "20260302-0001")),
        PlatformKind.Finished => WithNames(new PlatformItems(OrganisationTree.Empty).Of(
            Window, 2, new MatterFinished
            {
                Salt = Salt,
                Source = "oa",
                Matter = Matter,
                ServiceItem = "permit",
                Staff = "s-1",
                FinishedAt = new Moment(Morning, 480),
                Rateable = true,
                Admission = Set,
            },
            isNew: true, "20260302-0001")),
        _ => WithNames(new PlatformItems(OrganisationTree.Empty).Of(
            MatterState.Fold(MatterId.Of(new Opaque(42)),
            [
                new MatterAccepted { Salt = Salt, Stamp = new MatterStamp(Morning, Day, "system"), Node = Hall, Item = "permit", Number = new Opaque(42), Catalogue = 0 },
                new MatterCompleted { Salt = Salt, Stamp = new MatterStamp(Morning + 3_600_000, Day, "system"), Result = "granted", Visits = 1, Deadline = Morning + 86_400_000 },
            ]),
            isNew: true)),
    };

    private static readonly Evaluation Said = new()
    {
        Id = "e-1",
        Source = "t1",
        Window = Window,
        OccurredAt = new Moment(Morning, 480),
        Grade = Grade.VerySatisfied,
        Origin = Origin.Active,
        Channel = Channel.Terminal,
        Dimensions = [new DimensionGrade("attitude", Grade.VerySatisfied), new DimensionGrade("timeliness", Grade.Satisfied)],
        ServiceItem = "permit",
        Staff = "s-1",
        Reasons = ["slow"],
        Language = "zh-CN",
    };

    // What a real organisation has.
    private static PlatformItem WithNames(PlatformItem item) => item with
    {
        Fields = new Dictionary<string, SourceValue>(item.Fields)
        {
            ["path"] = new TextValue("district/hall-1/w-03"),
            ["windowZh"] = new TextValue("3 号窗口"),
            ["hallZh"] = new TextValue("示例大厅"),
            ["nodeZh"] = new TextValue("示例大厅"),
        },
    };
}
