using Feedback.Domain.Cases;
using Feedback.Domain.ServiceMatters;
using Feedback.Domain.Tests.Support;
using Xunit;

namespace Feedback.Domain.Tests.Journal;

/// <summary>Ids of cases and of service matters have one shape and another letter.</summary>
public sealed class OpaqueIdTests
{
    [Fact]
    public void An_id_has_the_letter_of_its_kind_and_its_bits()
    {
        var (@case, matter) = (CaseId.Of(Some.Salt), MatterId.Of(Some.Salt));

        Assert.Equal(("qAAECAwQFBgcICQoLDA0ODw", "mAAECAwQFBgcICQoLDA0ODw"), (@case.Value, matter.Value));
        Assert.Equal((Some.Salt, Some.Salt), (@case.ToBits(), matter.ToBits()));
        Assert.True(CaseId.IsId(@case.Value) && MatterId.IsId(matter.Value));
        Assert.False(CaseId.IsId(matter.Value) || MatterId.IsId(@case.Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("q")]
    [InlineData("AAECAwQFBgcICQoLDA0ODw")]
    [InlineData("QAAECAwQFBgcICQoLDA0ODw")]
    [InlineData("qAAECAwQFBgcICQoLDA0OD")]
    [InlineData("qAAECAwQFBgcICQoLDA0ODwA")]
    [InlineData("qAAECAwQFBgcICQoLDA0OD+")]
    [InlineData("qAAECAwQFBgcICQoLDA0O==")]
    [InlineData("qAAECAwQFBgcICQoLDA0 Dw")]
    [InlineData("qAAECAwQFBgcICQoLDA0ＯDw")]
    public void Any_other_text_is_no_id(string text) => Assert.False(CaseId.IsId(text));

    // The last letter has four bits more than there are: of sixteen texts that read alike one is the id.
    [Theory]
    [InlineData("qAAECAwQFBgcICQoLDA0ODx")]
    [InlineData("qAAECAwQFBgcICQoLDA0OD_")]
    public void Another_text_with_the_same_bits_is_no_id(string text) => Assert.False(CaseId.IsId(text));
}
