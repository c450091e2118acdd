using System.Collections.Immutable;

namespace Feedback.Domain.Cases;

/// <summary>What became of an order of the city's hotline, as one side knows it; null for what is not known, and where the order is none of those that the rate is over.</summary>
/// <param name="SignedInTime">及时接收.</param>
/// <param name="ContactedInTime">响应.</param>
/// <param name="Solved">解决.</param>
/// <param name="Satisfied">满意.</param>
/// <param name="Returned">退回.</param>
/// <param name="SentBack">重办.</param>
public sealed record OrderResults(bool? SignedInTime, bool? ContactedInTime, bool? Solved, bool? Satisfied, bool? Returned, bool? SentBack)
{
    /// <summary>The words of the results in their order.</summary>
    public static readonly ImmutableArray<string> Words = ["signed-in-time", "contacted-in-time", "solved", "satisfied", "returned", "sent-back"];

    /// <summary>A result by its place in <see cref="Words"/>.</summary>
    public bool? this[int index] => index switch
    {
        0 => SignedInTime,
        1 => ContactedInTime,
        2 => Solved,
        3 => Satisfied,
        4 => Returned,
        _ => SentBack,
    };

    /// <summary>Results by their words.</summary>
    /// <exception cref="FormatException">One is not among <see cref="Words"/>.</exception>
    public static OrderResults Of(IReadOnlyDictionary<string, bool> results)
    {
        if (results.Keys.FirstOrDefault(word => !Words.Contains(word)) is { } unknown)
            throw new FormatException($"There is no result '{unknown}'.");
        return new OrderResults(At(0), At(1), At(2), At(3), At(4), At(5));

        bool? At(int index) => results.TryGetValue(Words[index], out var yes) ? yes : null;
    }

    /// <summary>
    /// What our own figures count of an order, by the definitions of <see cref="CaseRates"/>: an order that has what a rate counts
    /// below is one of those that it is over, and says yes where it has what is counted above. An order is one, however often it was dispatched.
    /// </summary>
    public static OrderResults Of(CaseState state)
    {
        var counts = state.Counted.ByDay().Values.Aggregate(CaseCounts.Empty, (sum, day) => sum.Plus(day));
        return new OrderResults(
            By(CaseRates.HotlineSigning), By(CaseRates.HotlineResponse), By(CaseRates.HotlineSolution), By(CaseRates.HotlineSatisfaction),
            By(CaseRates.HotlineReturn), By(CaseRates.HotlineSentBack));

        bool? By(CaseRate rate) => rate.Of(counts) is var (above, below) && below > 0 ? above > 0 : null;
    }
}
