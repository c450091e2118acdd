namespace Feedback.Seeds.Demo;

/// <summary>How many people come to the windows of the demo district, and when: halls, weekdays, seasons and hours differ.</summary>
internal static class DemoRhythm
{
    // Visits to a window on an ordinary workday, on average: the vehicle hall is the busiest.
    private static readonly double[] OfHall = [11, 15, 10];

    // Monday brings what the weekend left; Friday afternoon is quiet.
    private static readonly double[] OfWeekday = [0.7, 1.25, 1.05, 0.95, 1.0, 0.85, 0.7];

    // January to December: before the Spring Festival people get things done, and at the year's end inspections fall due.
    private static readonly double[] OfMonth = [1.15, 0.8, 1.1, 1.05, 0.95, 1.0, 0.9, 0.9, 1.05, 0.95, 1.05, 1.15];

    // Half hours from 09:00 to 12:00 and from 13:30 to 17:00. The vehicle hall is full in the morning, the travel hall after lunch.
    private static readonly int[][] OfHalfHour =
    [
        [6, 9, 12, 12, 9, 5, 5, 8, 10, 9, 7, 5, 3],
        [10, 14, 14, 11, 8, 5, 4, 6, 8, 8, 6, 4, 2],
        [5, 7, 9, 9, 7, 4, 9, 11, 11, 10, 8, 6, 4],
    ];

    private const int MorningHalfHours = 6;
    private static readonly TimeOnly Morning = new(9, 0);
    private static readonly TimeOnly Afternoon = new(13, 30);

    /// <summary>How many visits a window has on a day on average; 0 where the offices are closed.</summary>
    /// <param name="hall">The hall, counted from 0.</param>
    /// <param name="window">The window within its hall, counted from 0.</param>
    /// <param name="day">The local day.</param>
    public static double MeanVisits(int hall, int window, DateOnly day)
    {
        if (!Workdays.Includes(day))
            return 0;
        var afterBreak = Workdays.ClosedBefore(day) > 2 ? 1.3 : 1;
        // Windows differ by up to a third, in no order that anybody would notice.
        var ofWindow = 0.75 + (((hall * 8) + (window * 5)) % 8 * 0.07);
        return OfHall[hall] * ofWindow * OfWeekday[(int)day.DayOfWeek] * OfMonth[day.Month - 1] * afterBreak;
    }

    /// <summary>How many visits a day has: a draw from the Poisson distribution of that mean (Knuth's method, fit for small means).</summary>
    public static int Visits(double mean, Random random)
    {
        var (limit, product, visits) = (Math.Exp(-mean), random.NextDouble(), 0);
        while (product > limit)
        {
            product *= random.NextDouble();
            visits++;
        }

        return visits;
    }

    /// <summary>When a visit ends, to the second.</summary>
    public static TimeOnly Time(int hall, Random random)
    {
        var weights = OfHalfHour[hall];
        var drawn = random.Next(weights.Sum());
        var half = 0;
        while (drawn >= weights[half])
            drawn -= weights[half++];
        var start = half < MorningHalfHours ? Morning.AddMinutes(30 * half) : Afternoon.AddMinutes(30 * (half - MorningHalfHours));
        return start.Add(TimeSpan.FromSeconds(random.Next(1800)));
    }
}
