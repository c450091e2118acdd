namespace Feedback.Analytics.Periods;

/// <summary>The steps a period is looked at in.</summary>
public enum PeriodUnit
{
    /// <summary>Hours of the day, added over all days of the period. They are no stretch of days: see <see cref="Period.Split"/>.</summary>
    Hour,

    /// <summary>Calendar days of the hall.</summary>
    Day,

    /// <summary>Weeks of ISO 8601, Monday to Sunday.</summary>
    Week,

    /// <summary>Calendar months.</summary>
    Month,

    /// <summary>Calendar quarters, the first from January to March.</summary>
    Quarter,

    /// <summary>Calendar years.</summary>
    Year,

    /// <summary>The period as a whole.</summary>
    Total,
}
