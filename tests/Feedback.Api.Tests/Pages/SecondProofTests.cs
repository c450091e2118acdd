using System.Security.Claims;
using Feedback.Web.SignIn;
using Xunit;

namespace Feedback.Api.Tests.Pages;

public sealed class SecondProofTests
{
    [Theory]
    [InlineData("amr=pwd amr=otp", true)]
    [InlineData("amr=mfa", true)]
    [InlineData("amr=pwd acr=mfa", true)]
    [InlineData("acr=http://schemas.openid.net/pape/policies/2007/06/multi-factor", true)]
    [InlineData("amr=otp", false)]
    [InlineData("amr=pwd", false)]
    [InlineData("amr=MFA", false)]
    [InlineData("acr=no-mfa", false)]
    [InlineData("acr=urn:example:mfa:none", false)]
    [InlineData("acr=otp amr=pwd", false)]
    [InlineData("acr=0", false)]
    [InlineData("sub=mfa", false)]
    public void Only_what_surely_means_two_proofs_is_taken_for_it(string claims, bool proven) =>
        Assert.Equal(proven, SecondProof.IsIn(claims.Split(' ').Select(claim => new Claim(claim[..claim.IndexOf('=', StringComparison.Ordinal)], claim[(claim.IndexOf('=', StringComparison.Ordinal) + 1)..]))));
}
