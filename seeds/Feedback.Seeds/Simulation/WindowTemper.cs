using System.Collections.Immutable;
using Feedback.Domain.Evaluations;

namespace Feedback.Seeds.Simulation;

/// <summary>How people judge a window.</summary>
/// <param name="Weights">How often grades 5, 4, 3, 2 and 1 are given, in proportion to each other.</param>
/// <param name="RatedPerMille">Of 1,000 finished matters so many are rated.</param>
/// <param name="Staged">True where ratings look made up: always at the terminal, all alike, with the same words.</param>
public sealed record WindowTemper(ImmutableArray<int> Weights, int RatedPerMille, bool Staged = false)
{
    internal static readonly WindowTemper Liked = new([720, 200, 55, 17, 8], 680);
    internal static readonly WindowTemper Usual = new([610, 260, 90, 28, 12], 640);
    internal static readonly WindowTemper Strained = new([470, 300, 140, 60, 30], 600);

    /// <summary>The window in trouble: two grades of five are bad.</summary>
    internal static readonly WindowTemper InTrouble = new([180, 190, 220, 240, 170], 610);

    /// <summary>The window that is praised too much: nothing but the best grade, and from nearly everybody.</summary>
    internal static readonly WindowTemper OverPraised = new([1, 0, 0, 0, 0], 985, Staged: true);

    /// <summary>The temper of a window of the demo district today, by its place, both numbers counted from 0.</summary>
    internal static WindowTemper At(int hall, int window) => (hall, window) switch
    {
        (1, 2) => InTrouble,
        (2, 3) => OverPraised,
        (0, _) => window % 4 == 3 ? Usual : Liked,
        (1, _) => window % 4 == 0 ? Usual : Strained,
        _ => window % 4 == 2 ? Strained : Usual,
    };

    /// <summary>Draws a grade.</summary>
    internal Grade Draw(Random random)
    {
        var drawn = random.Next(Weights.Sum());
        var grade = Grade.VerySatisfied;
        foreach (var weight in Weights)
        {
            drawn -= weight;
            if (drawn < 0)
                break;
            grade--;
        }

        return grade;
    }
}
