namespace Feedback.Seeds.Simulation;

/// <summary>How people judge a window: of 1,000 grades so many are 5, 4, 3, 2 and 1.</summary>
/// <param name="PerMille">Five numbers, grade 5 first, 1,000 in sum.</param>
/// <param name="RatedPerMille">Of 1,000 finished matters so many are rated.</param>
internal sealed record WindowTemper(int[] PerMille, int RatedPerMille)
{
    private static readonly WindowTemper Liked = new([720, 200, 55, 17, 8], 680);
    private static readonly WindowTemper Usual = new([610, 260, 90, 28, 12], 640);
    private static readonly WindowTemper Strained = new([470, 300, 140, 60, 30], 600);

    /// <summary>The window in trouble: two grades of five are bad.</summary>
    private static readonly WindowTemper InTrouble = new([180, 190, 220, 240, 170], 610);

    /// <summary>The temper of a window by its place in the district, both counted from 0.</summary>
    public static WindowTemper At(int hall, int window) => (hall, window) switch
    {
        (1, 2) => InTrouble,
        (0, _) => window % 4 == 3 ? Usual : Liked,
        (1, _) => window % 4 == 0 ? Usual : Strained,
        _ => window % 4 == 2 ? Strained : Usual,
    };

    /// <summary>Draws a grade, 5 to 1.</summary>
    public int Grade(Random random)
    {
        var drawn = random.Next(1000);
        for (var i = 0; i < PerMille.Length; i++)
        {
            drawn -= PerMille[i];
            if (drawn < 0)
                return 5 - i;
        }

        return 1;
    }
}
