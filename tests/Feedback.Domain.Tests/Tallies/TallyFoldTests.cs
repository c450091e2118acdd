using CsCheck;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Tallies;
using Feedback.Domain.Tests.Support;
using Xunit;

namespace Feedback.Domain.Tests.Tallies;

public sealed class TallyFoldTests
{
    private static readonly Evaluation Full = Some.Evaluation(Grade.Dissatisfied) with
    {
        Dimensions = [new DimensionGrade("attitude", Grade.VeryDissatisfied), new DimensionGrade("style", Grade.Satisfied)],
        ServiceItem = "permit",
        Staff = "s-1",
        Channel = Channel.Qr,
        Reasons = ["rude", "slow"],
    };

    [Fact]
    public void An_active_evaluation_counts_everything_it_says() => Assert.Equal(
        """{"grades":{"active":{"2":1}},"dimensions":{"attitude":{"1":1},"style":{"4":1}},"hours":{"09":{"2":1}},"channels":{"qr":1}"""
        + ""","reasons":{"rude":1,"slow":1},"serviceItems":{"permit":{"2":1}},"unattached":1,"flags":{"clock-ahead":1},"staff":{"s-7":{"2":1}}}""",
        TallyFold.Of(Some.Accepted(Full, admission: Some.Admission() with { Staff = "s-7", Flags = ["clock-ahead"] })).ToString());

    [Theory]
    [InlineData(Origin.Default, """{"grades":{"default":{"2":1}},"channels":{"qr":1},"reasons":{"rude":1,"slow":1},"unattached":1}""")]
    [InlineData(Origin.Callback, """{"grades":{"callback":{"2":1}},"channels":{"qr":1},"reasons":{"rude":1,"slow":1},"unattached":1}""")]
    public void Silence_and_calling_back_enter_no_active_figure(Origin origin, string expected) =>
        Assert.Equal(expected, TallyFold.Of(Some.Accepted(Full with { Origin = origin }, admission: Some.Admission() with { Staff = "s-7" })).ToString());

    [Fact]
    public void Who_declined_is_counted_without_a_grade() => Assert.Equal(
        """{"grades":{"declined":{"none":1}},"channels":{"terminal":1}}""",
        TallyFold.Of(Some.Accepted(Some.Evaluation(null, Origin.Declined))).ToString());

    [Fact]
    public void No_default_callback_or_declined_evaluation_enters_an_active_cell() => Gen.Select(
            Gen.OneOf(Origin.Default, Origin.Callback, Origin.Declined), Gen.Int[1, 5], Gen.Int[1, 5], Gen.Bool, Gen.Int[1, 7])
        .Sample(
            (origin, grade, dimension, attached, channel) =>
            {
                var said = Full with
                {
                    Origin = origin,
                    Grade = origin == Origin.Declined ? null : (Grade)grade,
                    Channel = (Channel)channel,
                    Dimensions = [new DimensionGrade("attitude", (Grade)dimension)],
                };
                var tally = TallyFold.Of(Some.Accepted(said, attached ? 1 : null, Some.Admission() with { Staff = "s-7" }));
                return tally.All(cell => cell.Key.Kind is CellKind.Graded or CellKind.Channel or CellKind.Reason or CellKind.Unattached)
                    && tally.Of(CellKind.Graded).All(cell => cell.Key.Origin == origin) && tally.Evaluations == 1;
            },
            iter: 10_000);

    [Fact]
    public void A_rating_with_a_matter_is_not_unattached() => Assert.Equal(0, TallyFold.Of(Some.Accepted(matter: 1)).Unattached);

    [Fact]
    public void A_day_without_an_hour_is_counted_under_unknown() => Assert.Equal(
        """{"grades":{"active":{"5":1}},"hours":{"unknown":{"5":1}},"channels":{"terminal":1},"unattached":1}""",
        TallyFold.Of(Some.Accepted(admission: Some.Admission() with { Hour = null })).ToString());

    [Fact]
    public void What_the_catalogue_lacks_is_counted_under_a_question_mark()
    {
        var tally = TallyFold.Of(Some.Accepted(
            Full with { ServiceItem = "gone", Reasons = ["odd", "queer", "slow"] },
            admission: Some.Admission() with { Uncatalogued = ["serviceItem:gone", "reason:odd", "reason:queer"] }));
        Assert.Equal(1, tally[Cell.ServiceItem("?", Grade.Dissatisfied)]);
        Assert.Equal((2, 1), (tally[Cell.Reason("?")], tally[Cell.Reason("slow")]));
    }

    [Fact]
    public void A_reason_is_not_mistaken_for_an_unknown_service_item_of_the_same_code()
    {
        var tally = TallyFold.Of(Some.Accepted(
            Full with { ServiceItem = "01", Reasons = ["01"] }, admission: Some.Admission() with { Uncatalogued = ["serviceItem:01"] }));
        Assert.Equal((1, 1), (tally[Cell.ServiceItem("?", Grade.Dissatisfied)], tally[Cell.Reason("01")]));
    }

    [Fact]
    public void The_staff_member_claimed_is_not_the_one_counted()
    {
        Assert.Empty(TallyFold.Of(Some.Accepted(Full)).Of(CellKind.Staff));
        Assert.Equal(1, TallyFold.Of(Some.Accepted(Full, admission: Some.Admission() with { Staff = "s-7" }))[Cell.Staff("s-7", Grade.Dissatisfied)]);
    }

    [Fact]
    public void An_excluded_evaluation_is_counted_only_as_such() => Assert.Equal(
        """{"excluded":{"active":{"2":1}}}""", TallyFold.OfExcluded(Some.Accepted(Full)).ToString());
}
