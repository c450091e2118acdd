using System.Collections.Immutable;
using System.Text;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Platform;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;
using Xunit;

namespace Feedback.Domain.Tests.Platform;

/// <summary>How our words become those of a platform.</summary>
public sealed class MappingTests
{
    private static readonly HallZone Zone = HallZone.Get("Asia/Shanghai");

    [Fact]
    public void Fields_are_renamed_and_written_in_the_order_of_the_mapping()
    {
        var mapping = Mapping(From("evaluateId", "id"), new FieldRule("areaCode") { Constant = new TextValue("440900") }, From("windowNo", "window"));

        var id = PlatformItems.IdOf(Some.Window, Identities.OfEvaluation("t1", "e-1"));
        Assert.Equal($$$"""{"items":[{"kind":"evaluations","id":"{{{id}}}","change":"new","data":{"evaluateId":"{{{id}}}","areaCode":"440900","windowNo":"n5"}}]}""", Text(mapping, Rating()));
    }

    [Fact]
    public void Values_are_those_of_the_map_and_a_list_is_mapped_one_by_one()
    {
        var mapping = Mapping(
            From("satisfaction", "grade") with { Map = Codes(("5", "A"), ("1", "E")) },
            From("why", "reasons") with { Map = Codes(("slow", "R01")), Otherwise = new TextValue("R99") });
        var rating = Rating(Some.Evaluation() with { Reasons = ["rude", "slow"] });

        Assert.Contains("""{"satisfaction":"A","why":["R99","R01"]}""", Text(mapping, rating), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_the_map_does_not_name_is_a_gap_that_names_the_field_and_the_value()
    {
        var mapping = Mapping(From("satisfaction", "grade") with { Map = Codes(("5", "A")) });

        Assert.Equal(new MappingGap("satisfaction", "grade", "2"), mapping.Map(Rating(Some.Evaluation(Grade.Dissatisfied)), Zone).Gap);
        Assert.Null(mapping.Map(Rating(), Zone).Gap);
    }

    [Theory]
    [InlineData(TimeForm.Iso, "\"2026-03-02T09:30:00+08:00\"")]
    [InlineData(TimeForm.Local, "\"2026-03-02 09:30:00\"")]
    [InlineData(TimeForm.Unix, "1772415000")]
    [InlineData(TimeForm.UnixMilliseconds, "1772415000000")]
    public void Instants_are_written_as_the_platform_reads_them(TimeForm form, string written) =>
        Assert.Contains($$"""{"time":{{written}}}""", Text(Mapping(From("time", "occurredAt") with { Time = form }), Rating()), StringComparison.Ordinal);

    [Fact]
    public void What_there_is_not_is_left_out_or_said_otherwise_and_a_gap_where_it_is_required()
    {
        Assert.Contains("\"data\":{}", Text(Mapping(From("item", "serviceItem")), Rating()), StringComparison.Ordinal);
        Assert.Contains("""{"item":"0"}""", Text(Mapping(From("item", "serviceItem") with { IfMissing = new TextValue("0") }), Rating()), StringComparison.Ordinal);
        Assert.Equal(new MappingGap("item", "serviceItem", null), Mapping(From("item", "serviceItem") with { Required = true }).Map(Rating(), Zone).Gap);
    }

    [Fact]
    public void A_number_can_be_written_as_a_text() =>
        Assert.Contains("""{"grade":"5"}""", Text(Mapping(From("grade", "grade") with { AsText = true }), Rating()), StringComparison.Ordinal);

    [Fact]
    public void An_excluded_rating_says_so_and_a_known_one_is_an_update()
    {
        var item = new PlatformItems(Bureau.Tree).Of(7, Accepted(Some.Evaluation()), excluded: true, isNew: false);

        Assert.Contains("""
            "change":"update","data":{"status":"excluded"}
            """, Text(Mapping(From("status", "status")), item), StringComparison.Ordinal);
    }

    [Fact]
    public void The_grade_of_a_dimension_is_a_field_of_its_own()
    {
        var rating = Rating(Some.Evaluation() with { Dimensions = [new DimensionGrade("attitude", Grade.Satisfied)] });

        Assert.Contains("""{"manner":4}""", Text(Mapping(From("manner", "dimension:attitude"), From("speed", "dimension:timeliness")), rating), StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_matter_tells_its_stage_and_its_times()
    {
        var desk = MatterDesk.Accept();
        var open = new PlatformItems(Bureau.Tree).Of(desk.State, isNew: true);
        var mapping = new ItemMapping(PlatformKind.Matters,
            [Of(PlatformKind.Matters, "state", "stage") with { Map = Codes(("open", "1"), ("completed", "2"), ("withdrawn", "3")) }, Of(PlatformKind.Matters, "from", "acceptedAt") with { Time = TimeForm.Local }, Of(PlatformKind.Matters, "until", "endedAt")]);

        Assert.Equal((desk.State.Id.Value, new DateOnly(2026, 3, 2)), (open.Id, open.Day));
        Assert.Contains("""{"state":"1","from":"2026-03-02 09:30:00"}""", Text(mapping, open), StringComparison.Ordinal);
    }

    [Fact]
    public void Personal_text_is_told_to_be_such()
    {
        Assert.True(Mapping(From("text", "comment")).WantsPersonal);
        Assert.True(Mapping(From("no", "matterNumber")).WantsPersonal);
        Assert.False(Mapping(From("no", "matter")).WantsPersonal);
    }

    private static ItemMapping Mapping(params ImmutableArray<FieldRule> rules) => new(PlatformKind.Evaluations, rules);

    private static FieldRule From(string target, string source) => Of(PlatformKind.Evaluations, target, source);

    private static FieldRule Of(PlatformKind kind, string target, string source) => new(target) { From = SourceFields.Find(kind, source)! };

    private static ImmutableDictionary<string, SourceValue> Codes(params (string Ours, string Theirs)[] codes) =>
        codes.ToImmutableDictionary(code => code.Ours, code => (SourceValue)new TextValue(code.Theirs));

    private static EvaluationAccepted Accepted(Evaluation said) => new() { Salt = Some.Salt, Evaluation = said, Admission = Some.Admission() };

    private static PlatformItem Rating(Evaluation? said = null) => new PlatformItems(Bureau.Tree).Of(7, Accepted(said ?? Some.Evaluation()), excluded: false, isNew: true);

    private static string Text(ItemMapping mapping, PlatformItem item) => Encoding.UTF8.GetString(PlatformText.Write([(item, mapping.Map(item, Zone))]));
}
