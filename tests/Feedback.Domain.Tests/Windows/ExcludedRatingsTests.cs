using Feedback.Domain.Tests.Support;
using Feedback.Domain.Windows;
using Xunit;

namespace Feedback.Domain.Tests.Windows;

public sealed class ExcludedRatingsTests
{
    [Fact]
    public void An_evaluation_is_excluded_from_its_exclusion_to_its_reinstatement()
    {
        var excluded = new ExcludedRatings();
        excluded.Apply(new EvaluationExcluded { Salt = Some.Salt, Evaluation = 7, Reason = "test", At = Some.Morning });
        excluded.Apply(new EvaluationExcluded { Salt = Some.Salt, Evaluation = 9, Reason = "test", At = Some.Morning });
        excluded.Apply(new EvaluationReinstated { Salt = Some.Salt, Evaluation = 7, Reason = "test", At = Some.Morning });

        Assert.Equal((false, false, true), (excluded.Contains(7), excluded.Contains(8), excluded.Contains(9)));
        Assert.Equal("9", ExcludedRatings.Read(excluded.Write()).Write());
        Assert.Equal("", ExcludedRatings.Read("").Write());
    }
}
