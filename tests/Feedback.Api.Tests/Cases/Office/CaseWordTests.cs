using Feedback.Domain.Cases;
using Feedback.Web.Words;
using Xunit;

namespace Feedback.Api.Tests.Cases.Office;

/// <summary>What is stored as a code is read as words, in both languages.</summary>
public sealed class CaseWordTests
{
    public static TheoryData<string> Names =>
    [
        .. CaseReasons.All.Select(reason => "office-because-" + reason),
        .. CaseReasons.Reopening.Select(reason => "track-reason-" + reason),
        .. Enum.GetValues<CaseEnding>().Select(ending => "office-ending-" + ending.Word()),
        .. Enum.GetValues<RatingFinding>().Select(finding => "office-finding-" + finding.Word()),
        .. Enum.GetValues<FeedbackOutcome>().Select(outcome => "office-outcome-" + outcome.Word()),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_code_that_can_be_stored_has_words(string name)
    {
        Assert.NotNull(PageWords.English.Find(name));
        // Without words of its own, Chinese would read the English ones.
        Assert.NotEqual(PageWords.English.Find(name), PageWords.Chinese.Find(name));
    }

    // A constant that is missing in the list would be stored and not be read.
    [Fact]
    public void Every_coded_reason_is_listed() =>
        Assert.Equal(typeof(CaseReasons).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).Order(), CaseReasons.All.Order());
}
