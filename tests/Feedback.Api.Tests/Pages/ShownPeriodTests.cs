using Feedback.Web.Periods;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Feedback.Api.Tests.Pages;

public sealed class ShownPeriodTests
{
    private static readonly DateOnly Today = new(2026, 3, 31);

    // Each period is half-open: the last day shown is the one before its end.
    [Theory]
    [InlineData("", "2026-03-02", "2026-04-01", "2026-01-31", "2026-03-02")]
    [InlineData("period=today", "2026-03-31", "2026-04-01", "2026-03-30", "2026-03-31")]
    [InlineData("period=7days", "2026-03-25", "2026-04-01", "2026-03-18", "2026-03-25")]
    // February is shorter than March up to its 31st.
    [InlineData("period=month", "2026-03-01", "2026-04-01", "2026-02-01", "2026-03-01")]
    [InlineData("period=quarter", "2026-01-01", "2026-04-01", "2025-10-01", "2025-12-30")]
    [InlineData("period=year", "2026-01-01", "2026-04-01", "2025-01-01", "2025-04-01")]
    [InlineData("period=custom&from=2026-01-10&through=2026-01-12", "2026-01-10", "2026-01-13", "2026-01-07", "2026-01-10")]
    public void A_period_is_held_against_as_many_days_of_the_one_before(string query, string from, string to, string beforeFrom, string beforeTo)
    {
        var period = Read(query, Today);

        Assert.Equal((from, to), (Text(period.Shown.From), Text(period.Shown.To)));
        Assert.Equal((beforeFrom, beforeTo), (Text(period.Before.From), Text(period.Before.To)));
        Assert.False(period.Mistaken);
    }

    [Theory]
    [InlineData("period=century")]
    [InlineData("period=custom")]
    [InlineData("period=custom&from=2026-02-30&through=2026-03-01")]
    [InlineData("period=custom&from=2026-03-02&through=2026-03-01")]
    [InlineData("period=custom&from=2000-01-01&through=2026-03-01")]
    [InlineData("period=custom&from=0001-01-01&through=0001-01-02")]
    public void A_period_that_cannot_be_is_said_to_be_mistaken_and_the_usual_one_shown(string query)
    {
        var period = Read(query, Today);

        Assert.True(period.Mistaken);
        Assert.Equal(Read("", Today).Shown, period.Shown);
    }

    [Theory]
    [InlineData("period=quarter")]
    [InlineData("period=custom&from=2026-01-10&through=2026-01-12")]
    public void The_address_of_a_period_shows_it_again(string query) => Assert.Equal(query, Read(query, Today).Query());

    private static ShownPeriod Read(string query, DateOnly today) => ShownPeriod.Read(new QueryCollection(QueryHelpers.ParseQuery(query)), today);

    private static string Text(DateOnly day) => day.ToString("O");
}
