using System.Collections.Immutable;
using Feedback.Domain.Evaluations;

namespace Feedback.Seeds.Simulation;

/// <summary>What a visitor says of a visit.</summary>
/// <param name="Origin">Where the grade comes from.</param>
/// <param name="Grade">The grade; null exactly when declined.</param>
/// <param name="Channel">The way on which it comes.</param>
internal sealed record Rating(Origin Origin, Grade? Grade, Channel Channel)
{
    private static readonly ImmutableArray<string> DimensionCodes = ["attitude", "ethics", "style", "timeliness"];

    // Most of the four dimensions are judged alike most of the time, so a few lists serve all.
    private static readonly ImmutableArray<ImmutableArray<DimensionGrade>> Alike =
        [.. Enumerable.Range(1, 5).Select(grade => DimensionCodes.Select(code => new DimensionGrade(code, (Grade)grade)).ToImmutableArray())];

    /// <summary>Grades by dimension, ascending by code; empty where nobody was asked.</summary>
    public ImmutableArray<DimensionGrade> Dimensions { get; init; } = [];

    /// <summary>Codes of reasons for a bad grade, ascending.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>The comment; null for none.</summary>
    public string? Comment { get; init; }

    /// <summary>Silence that a rule counts as 基本满意.</summary>
    public static readonly Rating Silence = new(Origin.Default, Domain.Evaluations.Grade.FairlySatisfied, Channel.Terminal);

    /// <summary>Draws a rating of a visit.</summary>
    /// <param name="random">The dice.</param>
    /// <param name="temper">How the window is judged.</param>
    /// <param name="attached">Whether it belongs to a matter; else it came by the window's printed QR code.</param>
    /// <param name="reasons">Codes of the reasons that the form offers with bad grades.</param>
    public static Rating Draw(Random random, WindowTemper temper, bool attached, ImmutableArray<string> reasons)
    {
        var channel = !attached ? Channel.Qr : temper.Staged ? Channel.Terminal : Drawn(random);
        if (!temper.Staged && Chance(random, 40))
            return new Rating(Origin.Declined, null, channel);
        var grade = temper.Draw(random);
        var calledBack = attached && !temper.Staged && Chance(random, 30);
        return new Rating(calledBack ? Origin.Callback : Origin.Active, grade, calledBack ? Channel.Phone : channel)
        {
            Dimensions = temper.Staged ? Alike[(int)grade - 1] : Chance(random, 700) ? Around(random, grade) : [],
            Reasons = grade > Domain.Evaluations.Grade.Dissatisfied || reasons.IsEmpty ? [] : Some(random, reasons),
            Comment = temper.Staged ? (Chance(random, 300) ? Phrases.Staged : null)
                : Chance(random, grade > Domain.Evaluations.Grade.Dissatisfied ? 120 : 550) ? Phrases.For(grade, random) : null,
        };
    }

    private static bool Chance(Random random, int perMille) => random.Next(1000) < perMille;

    private static Channel Drawn(Random random) =>
        random.Next(100) switch { < 68 => Channel.Terminal, < 93 => Channel.Qr, < 97 => Channel.App, _ => Channel.Web };

    // A dimension is mostly judged like the whole, now and then a step better or worse.
    private static ImmutableArray<DimensionGrade> Around(Random random, Grade grade)
    {
        var grades = Alike[(int)grade - 1];
        for (var i = 0; i < grades.Length; i++)
        {
            if (Chance(random, 250))
                grades = grades.SetItem(i, new DimensionGrade(DimensionCodes[i], (Grade)Math.Clamp((int)grade + (Chance(random, 500) ? 1 : -1), 1, 5)));
        }

        return grades;
    }

    private static ImmutableArray<string> Some(Random random, ImmutableArray<string> reasons) =>
        [.. Enumerable.Range(0, 1 + random.Next(2)).Select(_ => reasons[random.Next(reasons.Length)]).Distinct().Order(StringComparer.Ordinal)];
}
