using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Feedback.Grains.Organisation;

namespace Feedback.Web.Policies;

/// <summary>Reminds those who may define the years of the calendar, on each of their pages, of one that is missing.</summary>
public sealed class CalendarReminder(IBureau bureau, TimeProvider clock)
{
    /// <summary>The year whose holidays should be known today (UTC) and are not; null for none, and for whoever may not define it.</summary>
    /// <param name="account">Who reads the page.</param>
    public int? YearFor(Account account) => account.ScopeOf(Permission.ManagePolicies).IsEverywhere
        ? bureau.Current.Policies.Calendar.MissingOn(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime))
        : null;
}
