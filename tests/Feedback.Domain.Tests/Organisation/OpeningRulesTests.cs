using Feedback.Domain.Organisation;
using Feedback.Domain.Tests.Support;
using Xunit;
using static Feedback.Domain.Tests.Support.Bureau;

namespace Feedback.Domain.Tests.Organisation;

public sealed class OpeningRulesTests
{
    private static readonly NodeOpened Good = Opened(8, NodeKind.Window, 3, "w-08");

    [Fact]
    public void A_window_may_be_opened_in_a_hall() => Assert.Null(OrganisationRules.MayOpen(Tree, Good));

    [Fact]
    public void A_root_may_be_opened() => Assert.Null(OrganisationRules.MayOpen(Tree, Opened(8, NodeKind.Region, null, "north")));

    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("w-08")]
    [InlineData("n")]
    [InlineData("n8a")]
    [InlineData("123456789-123456789-123456789-123456789-123456789-123456789-1234")]
    public void A_code_of_lower_case_letters_digits_and_hyphens_is_taken(string code) =>
        Assert.Null(OrganisationRules.MayOpen(Tree, Good with { Code = code }));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("w-")]
    [InlineData("-w")]
    [InlineData("W-08")]
    [InlineData("w/08")]
    [InlineData("w 08")]
    [InlineData("w-08\n")]
    [InlineData("窗")]
    [InlineData("123456789-123456789-123456789-123456789-123456789-123456789-12345")]
    public void Any_other_code_is_refused(string code) =>
        Assert.Equal("node-code-invalid", OrganisationRules.MayOpen(Tree, Good with { Code = code })?.Code);

    [Theory]
    [InlineData("n5")]
    [InlineData("n99")]
    public void A_code_that_looks_like_an_id_is_refused(string code) =>
        Assert.Equal("node-code-invalid", OrganisationRules.MayOpen(Tree, Good with { Code = code })?.Code);

    [Theory]
    [InlineData("", "Window", "zh")]
    [InlineData(" ", "Window", "zh")]
    [InlineData("窗口", "", "en")]
    [InlineData("窗口", "\t", "en")]
    public void A_node_without_a_name_is_refused(string zh, string en, string field)
    {
        var refusal = OrganisationRules.MayOpen(Tree, Good with { Zh = zh, En = en });
        Assert.Equal(("node-name-invalid", field), (refusal?.Code, refusal?.Field));
    }

    [Fact]
    public void A_name_has_at_most_200_characters()
    {
        Assert.Null(OrganisationRules.MayOpen(Tree, Good with { Zh = new('窗', 200), En = new('w', 200) }));
        Assert.Equal("zh", OrganisationRules.MayOpen(Tree, Good with { Zh = new('窗', 201) })?.Field);
        Assert.Equal("en", OrganisationRules.MayOpen(Tree, Good with { En = new('w', 201) })?.Field);
    }

    [Fact]
    public void An_unknown_zone_is_refused() =>
        Assert.Equal("zone-unknown", OrganisationRules.MayOpen(Tree, Good with { Zone = "Asia/Atlantis" })?.Code);

    [Fact]
    public void A_window_needs_a_parent() =>
        Assert.Equal("parent-missing", OrganisationRules.MayOpen(Tree, Good with { Parent = null })?.Code);

    [Fact]
    public void An_unknown_parent_is_refused()
    {
        var refusal = OrganisationRules.MayOpen(Tree, Good with { Parent = new("n99") });
        Assert.Equal(("node-unknown", "parent"), (refusal?.Code, refusal?.Field));
    }

    [Fact]
    public void Nothing_is_opened_below_a_window() =>
        Assert.Equal("parent-is-window", OrganisationRules.MayOpen(Tree, Good with { Parent = Some.Window })?.Code);

    [Fact]
    public void A_window_has_the_zone_of_its_hall() =>
        Assert.Equal("zone-differs-from-hall", OrganisationRules.MayOpen(Tree, Good with { Zone = "Asia/Urumqi" })?.Code);

    [Fact]
    public void A_window_has_the_zone_of_its_hall_through_a_team_too() =>
        Assert.Equal("zone-differs-from-hall", OrganisationRules.MayOpen(Tree, Good with { Parent = new("n4"), Zone = "Asia/Urumqi" })?.Code);

    [Fact]
    public void A_window_without_a_hall_has_the_zone_of_its_parent() =>
        Assert.Equal("zone-differs-from-hall", OrganisationRules.MayOpen(Tree, Good with { Parent = new("n2"), Zone = "Asia/Urumqi" })?.Code);

    [Fact]
    public void A_hall_may_have_another_zone_than_its_unit() =>
        Assert.Null(OrganisationRules.MayOpen(Tree, Opened(8, NodeKind.Hall, 2, "hall-3", "Asia/Urumqi")));

    [Fact]
    public void Two_siblings_never_share_a_code()
    {
        Assert.Equal("node-code-taken", OrganisationRules.MayOpen(Tree, Good with { Code = "w-01" })?.Code);
        Assert.Equal("node-code-taken", OrganisationRules.MayOpen(Tree, Opened(8, NodeKind.District, null, "jiangyuan"))?.Code);
        Assert.Null(OrganisationRules.MayOpen(Tree, Good with { Parent = new("n7"), Code = "w-01" }));
    }
}
