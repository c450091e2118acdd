using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Domain.WorkingTime;
using Xunit;

namespace Feedback.Domain.Tests.Policies;

/// <summary>Documents of policies have one canonical text each; what is wrong with one is told by the path of its member.</summary>
public sealed class PolicyTextTests
{
    public static TheoryData<string> Words => [.. PolicySubjects.All.Select(subject => subject.Word)];

    [Theory]
    [MemberData(nameof(Words))]
    public void What_holds_by_default_can_be_written_and_read_and_an_empty_document_is_the_default(string word)
    {
        var subject = PolicySubjects.Find(word)!;

        Assert.True(subject.TryCanonical(subject.DefaultText, out var again, out _));
        Assert.Equal(subject.DefaultText, again);
        Assert.True(subject.TryCanonical("{}", out var empty, out _));
        Assert.Equal(subject.DefaultText, empty);
    }

    [Theory]
    [InlineData("bad-rating", """{"opensUpTo":2,"dimensionsUpTo":2,"callBackShare":100,"verifiedBy":"parent-supervision","calledBackBy":"parent-supervision","rectification":"15wd"}""")]
    [InlineData("reopen", """{"within":"30d","times":2}""")]
    [InlineData("feedback", """{"attempts":3}""")]
    [InlineData("hotline", """{"signFor":"1wd","signForComplex":"2wd","extensionBeforeExpiry":"yes","extensions":1,"urgeAfter":"1wd","criticismAfter":5}""")]
    [InlineData("routing", """{"routes":[]}""")]
    [InlineData("acceptance-notice", """{"zh":"受理告知单","en":"Acceptance notice"}""")]
    [InlineData("default-rule", """{"used":"no","days":7,"grade":3}""")]
    public void The_defaults_are_these(string word, string text) => Assert.Equal(text, PolicySubjects.Find(word)!.DefaultText);

    [Fact]
    public void By_default_people_are_warned_at_a_fifth_and_three_levels_are_told()
    {
        Assert.EndsWith(
            ",\"warnBefore\":\"20%\",\"escalation\":[{\"to\":\"owner\"},{\"after\":\"1wd\",\"to\":\"lead-manager\"},{\"after\":\"3wd\",\"to\":\"supervisor\"}]}",
            PolicySubjects.CaseLimits.DefaultText, StringComparison.Ordinal);
        Assert.StartsWith(
            """{"rules":[{"kind":"complaint","limits":{"first-response":"1wd","progress":"5wd","completion":"15wd","call-back":"5wd"}},{"kind":"suggestion",""",
            PolicySubjects.CaseLimits.DefaultText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("routing", """{"routes":[{"assisting":["n3","n4"],"lead":"n2","category":"fees"}]}""", """{"routes":[{"category":"fees","lead":"n2","assisting":["n3","n4"]}]}""")]
    [InlineData("hotline", """ { "extensionBeforeExpiry" : false, "signFor" : "4wh" } """, """{"signFor":"4wh","signForComplex":"2wd","extensionBeforeExpiry":"no","extensions":1,"urgeAfter":"1wd","criticismAfter":5}""")]
    [InlineData("case-limits", """{"escalation":[],"warnBefore":"1wd","rules":[{"limits":{"completion":"5wd","first-response":"2h"},"kind":"question","category":"fees"}]}""", """{"rules":[{"kind":"question","category":"fees","limits":{"first-response":"2h","completion":"5wd"}}],"warnBefore":"1wd","escalation":[]}""")]
    [InlineData("categories", """{"categories":[{"zh":"收费","code":"fees","en":"Fees"}]}""", """{"categories":[{"code":"fees","zh":"收费","en":"Fees"}]}""")]
    [InlineData("default-rule", """{"grade":4,"used":true}""", """{"used":"yes","days":7,"grade":4}""")]
    public void A_document_is_kept_in_its_one_text(string word, string text, string canonical)
    {
        Assert.True(PolicySubjects.Find(word)!.TryCanonical(text, out var written, out var refusal), refusal?.ToString());
        Assert.Equal(canonical, written);
    }

    [Theory]
    [InlineData("feedback", "", "policy-not-json", "text", null)]
    [InlineData("feedback", "{", "policy-not-json", "text", null)]
    [InlineData("feedback", "[]", "policy-object", "text", null)]
    [InlineData("feedback", "{\"attempts\":0}", "count-invalid", "attempts", "1–20")]
    [InlineData("feedback", "{\"attempts\":\"3\"}", "count-invalid", "attempts", "1–20")]
    [InlineData("feedback", "{\"attempts\":2.5}", "count-invalid", "attempts", "1–20")]
    [InlineData("feedback", "{\"attemps\":3}", "policy-member-unknown", "attemps", "attempts")]
    [InlineData("feedback", "{\"attempts\":3,\"attempts\":4}", "policy-member-twice", "attempts", null)]
    [InlineData("bad-rating", "{\"opensUpTo\":3}", "count-invalid", "opensUpTo", "0–2")]
    [InlineData("bad-rating", "{\"verifiedBy\":\"nobody\"}", "policy-word", "verifiedBy", "parent-supervision, lead-manager, handling-unit")]
    [InlineData("bad-rating", "{\"rectification\":\"soon\"}", "time-limit-invalid", "rectification", "soon")]
    [InlineData("bad-rating", "{\"rectification\":15}", "time-limit-invalid", "rectification", "15")]
    [InlineData("reopen", "{\"within\":\"48h\"}", "policy-limit-days", "within", "48h")]
    [InlineData("hotline", "{\"extensionBeforeExpiry\":\"perhaps\"}", "policy-word", "extensionBeforeExpiry", "yes, no")]
    [InlineData("acceptance-notice", "{\"zh\":\" \"}", "policy-text", "zh", "60")]
    [InlineData("acceptance-notice", "{\"zh\":\"a\\u0000b\"}", "policy-text", "zh", "60")]
    [InlineData("routing", "{\"routes\":{}}", "policy-list", "routes", "500")]
    [InlineData("routing", "{\"routes\":[{\"category\":\"fees\"}]}", "policy-member-missing", "routes[0].lead", null)]
    [InlineData("routing", "{\"routes\":[{\"category\":\"fees\",\"lead\":\"transport\"}]}", "policy-node", "routes[0].lead", "transport")]
    [InlineData("routing", "{\"routes\":[{\"category\":\"fees\",\"lead\":\"n2\",\"assisting\":[\"n3\",\"?\"]}]}", "policy-node", "routes[0].assisting[1]", "?")]
    [InlineData("routing", "{\"routes\":[{\"category\":\"fees\",\"lead\":\"n2\",\"assisting\":[\"n2\"]}]}", "policy-twice", "routes[0].assisting", "n2")]
    [InlineData("routing", "{\"routes\":[{\"category\":\"fees\",\"lead\":\"n2\"},{\"category\":\"fees\",\"lead\":\"n3\"}]}", "policy-twice", "routes[1].category", "fees")]
    [InlineData("case-limits", "{\"rules\":[{\"kind\":\"wish\"}]}", "policy-word", "rules[0].kind", "complaint, suggestion, praise, question, bad-rating, hotline-order, finding")]
    [InlineData("case-limits", "{\"rules\":[{\"kind\":\"praise\",\"limits\":{\"completion\":\"0d\"}}]}", "time-limit-invalid", "rules[0].limits.completion", "0d")]
    [InlineData("case-limits", "{\"rules\":[{\"kind\":\"praise\",\"limits\":{\"answer\":\"1d\"}}]}", "policy-member-unknown", "rules[0].limits.answer", "first-response, progress, completion, rectification, call-back, sign-for")]
    [InlineData("case-limits", "{\"rules\":[{\"kind\":\"praise\"},{\"kind\":\"praise\"}]}", "policy-twice", "rules[1]", "praise")]
    [InlineData("case-limits", "{\"warnBefore\":\"100%\"}", "policy-warn", "warnBefore", "100%")]
    [InlineData("case-limits", "{\"escalation\":[{\"after\":\"1wd\"}]}", "policy-member-missing", "escalation[0].to", null)]
    [InlineData("categories", "{\"categories\":[{\"code\":\"a b\",\"zh\":\"甲\",\"en\":\"A\"}]}", "policy-code", "categories[0].code", "a b")]
    [InlineData("categories", "{\"categories\":[{\"code\":\"a\",\"zh\":\"甲\",\"en\":\"A\",\"parent\":\"b\"}]}", "policy-parent-unknown", "categories[0].parent", "b")]
    [InlineData("categories", "{\"categories\":[{\"code\":\"a\",\"zh\":\"甲\",\"en\":\"A\",\"parent\":\"a\"}]}", "policy-parent-circle", "categories[0].parent", "a")]
    [InlineData("categories", "{\"categories\":[{\"code\":\"a\",\"zh\":\"甲\",\"en\":\"A\"},{\"code\":\"a\",\"zh\":\"乙\",\"en\":\"B\"}]}", "policy-twice", "categories[1].code", "a")]
    [InlineData("default-rule", "{\"used\":\"perhaps\"}", "policy-word", "used", "yes, no")]
    [InlineData("default-rule", "{\"days\":0}", "count-invalid", "days", "1–365")]
    [InlineData("default-rule", "{\"grade\":6}", "count-invalid", "grade", "1–5")]
    public void What_is_wrong_is_told_by_its_place(string word, string text, string code, string field, string? value)
    {
        Assert.False(PolicySubjects.Find(word)!.TryCanonical(text, out var canonical, out var refusal));
        Assert.Equal(new Refusal(code, field, value), refusal);
        Assert.Null(canonical);
    }

    [Fact]
    public void A_text_without_end_is_refused() => Assert.Equal(
        "policy-too-long", PolicySubjects.Feedback.TryParse("{\"attempts\":3" + new string(' ', 100_000) + "}", out _, out var refusal) ? "" : refusal.Code);

    [Theory]
    [InlineData("20%", "15wd", "3wd")]
    [InlineData("20%", "1wd", "1wd")]
    [InlineData("20%", "24h", "288min")]
    [InlineData("20%", "200h", "40h")]
    [InlineData("20%", "16wh", "4wh")]
    [InlineData("50%", "7d", "4d")]
    [InlineData("1%", "30min", "1min")]
    [InlineData("2wd", "15wd", "2wd")]
    public void A_warning_by_share_is_rounded_up(string before, string limit, string length) =>
        Assert.Equal(length, WarnBefore.Read(before)!.Value.Of(Limit.Parse(limit)).ToString());

    [Theory]
    [InlineData(2, null, true)]
    [InlineData(3, null, false)]
    [InlineData(5, 2, true)]
    [InlineData(5, 3, false)]
    [InlineData(null, 1, true)]
    [InlineData(null, null, false)]
    public void By_default_grades_one_and_two_open_a_case_of_dimensions_too(int? overall, int? dimension, bool opens) => Assert.Equal(
        opens, BadRatingPolicy.Default.Opens((Grade?)overall, dimension is { } grade ? [(Grade)grade] : []));

    [Fact]
    public void What_is_switched_off_opens_nothing() =>
        Assert.False(PolicySubjects.BadRating.TryParse("""{"opensUpTo":0,"dimensionsUpTo":0}""", out var off, out _) && off.Opens(Grade.VeryDissatisfied, Grade.VeryDissatisfied));

    [Fact]
    public void Routes_and_limits_of_a_category_hold_for_those_below_it()
    {
        var tree = CategoryTree.Default;
        var routing = new RoutingPolicy([new Route("service", new NodeId("n2"), []), new Route("fees", new NodeId("n3"), [])]);

        Assert.Equal(["fees", "service"], tree.LineOf("fees"));
        Assert.Equal(("n2", "n3"), (routing.Of(tree.LineOf("attitude"))!.Lead.Value, routing.Of(tree.LineOf("fees"))!.Lead.Value));
        Assert.Null(routing.Of(tree.LineOf("integrity")));
        Assert.Equal(["gone"], tree.LineOf("gone"));
        Assert.Empty(tree.LineOf(null));
        Assert.Equal(Limit.Hours(2), CaseLimits.Default.LimitsOf(CaseKind.HotlineOrder, "safety")[ClockKind.Completion]);
        Assert.Equal(new Limit(7, LimitUnit.Days), CaseLimits.Default.LimitsOf(CaseKind.HotlineOrder, "fees", "service")[ClockKind.Completion]);
    }
}
