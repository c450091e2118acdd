using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;
using Xunit;

namespace Feedback.Domain.Tests.Windows;

public sealed class AdmissionsTests
{
    private static readonly Sender Terminal = new("t1", "k1");
    private static readonly Sender Import = new("import", null, "paper-2026-02");
    private static readonly Evaluation Good = Some.Evaluation();
    private static readonly MatterClaim Matter = new(Some.Window, "2026-0815", "oa", new Moment(Some.Morning, 480), "permit", "s-1");

    [Fact]
    public void The_server_sets_time_place_and_versions()
    {
        var admission = Admit(Some.Claim());
        Assert.Equal((Some.Morning, "t1", "k1", (string?)null), (admission.ReceivedAt, admission.Terminal, admission.Key, admission.Imported));
        Assert.Equal((Some.Hall, Some.Hall), (admission.Hall, admission.Parent));
        Assert.Equal((Some.On("2026-03-02"), 9), (admission.Day, admission.Hour));
        Assert.Equal((0, 3, 0), (admission.Scheme, admission.Catalogue, admission.Policy));
        Assert.Empty(admission.Flags);
        Assert.Empty(admission.Uncatalogued);
    }

    [Fact]
    public void A_window_in_a_team_is_counted_in_the_teams_hall()
    {
        var admission = Admit(Some.Claim(Good with { Window = new("n6") }));
        Assert.Equal((Some.Hall, new NodeId("n4")), (admission.Hall, admission.Parent));
    }

    [Fact]
    public void What_happened_before_a_move_is_counted_where_the_window_was()
    {
        var tree = Bureau.Tree.With(Bureau.Moved(5, 7, "2026-03-02"));
        var yesterday = Good with { OccurredAt = new Moment(Some.Morning - Some.Day, 480) };
        Assert.Equal(Some.Hall, Admit(Some.Claim(yesterday), tree: tree).Hall);
        Assert.Equal(new NodeId("n7"), Admit(Some.Claim(), tree: tree).Hall);
    }

    [Theory]
    [InlineData("n99")]
    [InlineData("n3")]
    [InlineData("jiangyuan/transport/hall-1/w-01")]
    public void What_is_no_window_is_refused(string id) =>
        AssertRefused("window-unknown", "window", Some.Claim(Good with { Window = new(id) }));

    [Fact]
    public void A_matter_of_an_unknown_window_is_refused() => AssertRefused("window-unknown", "window", Matter with { At = new("n99") });

    [Theory]
    [InlineData(Origin.Active)]
    [InlineData(Origin.Default)]
    [InlineData(Origin.Callback)]
    public void Without_a_grade_only_declining_is_taken(Origin origin) =>
        AssertRefused("grade-missing", "grade", Some.Claim(Good with { Grade = null, Origin = origin }));

    [Fact]
    public void Who_declined_gave_no_grade()
    {
        AssertRefused("grade-with-declined", "grade", Some.Claim(Good with { Origin = Origin.Declined }));
        Admit(Some.Claim(Good with { Grade = null, Origin = Origin.Declined }));
    }

    [Fact]
    public void A_dimension_that_the_scheme_does_not_ask_about_is_refused() => AssertRefused(
        "dimension-unknown", "dimensions.colour",
        Some.Claim(Good with { Dimensions = [new("attitude", Grade.Satisfied), new("colour", Grade.Satisfied)] }));

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void An_import_is_at_most_five_minutes_ahead(long beyond, bool taken)
    {
        var claim = Some.Claim(Good with { OccurredAt = new Moment(Some.Morning + (5 * Some.Minute) + beyond, 480) });
        var refusal = Decide(claim, Import).Refusal;
        Assert.Equal(taken ? null : "time-in-future", refusal?.Code);
    }

    [Fact]
    public void An_import_keeps_a_time_of_years_ago_without_a_flag()
    {
        var admission = Admit(Some.Claim(Good with { OccurredAt = new Moment(Some.At("2012-05-06T10:00:00+08:00"), 480) }), Import);
        Assert.Equal((Some.On("2012-05-06"), 10, "paper-2026-02"), (admission.Day, admission.Hour, admission.Imported));
        Assert.Empty(admission.Flags);
    }

    [Theory]
    [InlineData(6, DayRule.ClockAhead)]
    [InlineData(-91 * 24 * 60, DayRule.ClockBehind)]
    public void A_wrong_clock_is_flagged_and_the_received_day_counts(int minutes, string flag)
    {
        var admission = Admit(Some.Claim(Good with { OccurredAt = new Moment(Some.Morning + (minutes * Some.Minute), 480) }));
        Assert.Equal<string>([flag], admission.Flags);
        Assert.Equal(Some.On("2026-03-02"), admission.Day);
    }

    [Fact]
    public void What_the_catalogue_lacks_is_taken_and_flagged()
    {
        var admission = Admit(Some.Claim(Good with { ServiceItem = "gone", Reasons = ["odd", "slow"] }));
        Assert.Equal<string>(["uncatalogued"], admission.Flags);
        Assert.Equal<string>(["serviceItem:gone", "reason:odd"], admission.Uncatalogued);
    }

    [Fact]
    public void What_the_catalogue_has_is_not_flagged()
    {
        var admission = Admit(Some.Claim(Good with { ServiceItem = "permit", Reasons = ["slow"] }));
        Assert.Empty(admission.Flags);
        Assert.Empty(admission.Uncatalogued);
    }

    [Fact]
    public void A_reason_is_looked_for_among_the_reasons_only() =>
        Assert.Equal<string>(["reason:permit"], Admit(Some.Claim(Good with { ServiceItem = "permit", Reasons = ["permit"] })).Uncatalogued);

    [Fact]
    public void A_matters_unknown_service_item_is_taken_and_flagged() =>
        Assert.Equal<string>(["serviceItem:gone"], Admit(Matter with { ServiceItem = "gone" }, onDuty: "s-1").Uncatalogued);

    [Fact]
    public void It_is_attributed_to_who_is_signed_in_whomever_the_client_claims()
    {
        var admission = Admit(Some.Claim(Good with { Staff = "s-1" }), onDuty: "s-7");
        Assert.Equal("s-7", admission.Staff);
        Assert.Empty(admission.Flags);
    }

    [Fact]
    public void A_claimed_member_of_staff_is_not_taken_for_the_truth_when_nobody_is_signed_in()
    {
        var admission = Admit(Some.Claim(Good with { Staff = "s-1" }));
        Assert.Null(admission.Staff);
        Assert.Equal<string>(["not-attributed"], admission.Flags);
        Assert.Equal<string>(["not-attributed"], Admit(Matter).Flags);
    }

    [Fact]
    public void Nobody_claimed_and_nobody_signed_in_needs_no_flag() => Assert.Empty(Admit(Some.Claim()).Flags);

    [Fact]
    public void An_import_is_never_attributed_to_who_sits_at_the_window_today()
    {
        var admission = Admit(Some.Claim(Good with { Staff = "s-1" }), Import, onDuty: "s-7");
        Assert.Null(admission.Staff);
        Assert.Equal<string>(["not-attributed"], admission.Flags);
    }

    [Fact]
    public void Who_came_before_anybody_signed_in_is_attributed_to_nobody_and_told()
    {
        var admission = Admit(Some.Claim(Good with { OccurredAt = new Moment(Some.Morning - (66 * Some.Minute), 480) }), onDuty: "s-7");
        Assert.Null(admission.Staff);
        Assert.Equal<string>(["not-attributed"], admission.Flags);
    }

    [Fact]
    public void A_wrong_clock_or_a_day_without_an_hour_is_attributed_to_nobody()
    {
        var ahead = Admit(Some.Claim(Good with { OccurredAt = new Moment(Some.Morning + (6 * Some.Minute), 480) }), onDuty: "s-7");
        var dayOnly = Admit(Some.Claim(Good with { OccurredAt = new Moment(Some.Morning, 480, DateOnly: true) }), onDuty: "s-7");
        Assert.Equal(((string?)null, (string?)null), (ahead.Staff, dayOnly.Staff));
        Assert.Equal<string>(["clock-ahead", "not-attributed"], ahead.Flags);
    }

    [Fact]
    public void Several_remarks_stand_in_a_fixed_order() => Assert.Equal<string>(
        ["clock-ahead", "uncatalogued", "not-attributed"],
        Admit(Some.Claim(Good with { OccurredAt = new Moment(Some.Morning + Some.Day, 480), ServiceItem = "gone", Staff = "s-1" })).Flags);

    private static (Admission? Admission, Refusal? Refusal) Decide(
        WindowClaim claim, Sender? sender = null, string? onDuty = null, OrganisationTree? tree = null) =>
        Admissions.Admit(claim, sender ?? Terminal, Some.Morning, tree ?? Bureau.Tree, Bureau.Catalogue, Roster(onDuty));

    // Signed in since an hour.
    private static DutyRoster Roster(string? onDuty)
    {
        var roster = new DutyRoster();
        if (onDuty is not null)
            roster.Apply(new StaffSignedIn { Salt = Some.Salt, Staff = onDuty, At = Some.Morning - (60 * Some.Minute) });
        return roster;
    }

    private static Admission Admit(WindowClaim claim, Sender? sender = null, string? onDuty = null, OrganisationTree? tree = null)
    {
        var (admission, refusal) = Decide(claim, sender, onDuty, tree);
        Assert.Null(refusal);
        return admission!;
    }

    private static void AssertRefused(string code, string field, WindowClaim claim)
    {
        var (admission, refusal) = Decide(claim);
        Assert.Null(admission);
        Assert.Equal((code, field), (refusal?.Code, refusal?.Field));
    }
}
