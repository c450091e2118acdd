using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Problems;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Organisation;
using Feedback.Grains.Policies;
using Feedback.Web.Frame;
using Feedback.Web.Words;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Policies;

/// <summary>What the page of the calendar shows.</summary>
/// <param name="Calendar">The years that are known.</param>
/// <param name="Missing">The year that should be known today and is not; null for none.</param>
/// <param name="MayDefine">Whether the reader may define a year.</param>
/// <param name="Typed">What the form holds.</param>
/// <param name="Done">The year that was defined just now; null for none.</param>
/// <param name="Error">What is wrong, in words; null when nothing is.</param>
/// <param name="Field">The field that must be mended; null when it is not about one.</param>
public sealed record CalendarsModel(WorkCalendar Calendar, int? Missing, bool MayDefine, CalendarForm Typed, int? Done = null, string? Error = null, string? Field = null);

/// <summary>What the form of a year holds.</summary>
/// <param name="Year">The year.</param>
/// <param name="Source">Where it was announced.</param>
/// <param name="Holidays">The free days, by line.</param>
/// <param name="Workdays">The worked days, by line.</param>
public sealed record CalendarForm(string Year, string Source, string Holidays, string Workdays);

/// <summary>The page of the years of the calendar, which is one for the whole bureau.</summary>
internal sealed class CalendarPages(IBureau bureau, PolicyChanges changes, IAntiforgery forms, TimeProvider clock)
{
    private const string Address = "/calendars";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Address, (HttpContext http, CalendarPages pages) => pages.Show(http)).PageDemands(Permission.ReadPolicies).ExcludeFromDescription();
        app.MapPost(Address, (HttpContext http, CalendarPages pages) => pages.DefineAsync(http)).PageDemandsEverywhere(Permission.ManagePolicies).ExcludeFromDescription();
    }

    private IResult Show(HttpContext http)
    {
        var calendar = bureau.Current.Policies.Calendar;
        int? asked = int.TryParse(http.Request.Query["year"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null;
        int? done = int.TryParse(http.Request.Query["defined"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var defined) && calendar.Knows(defined) ? defined : null;
        var shown = asked ?? calendar.MissingOn(Today) ?? Today.Year + 1;
        var typed = calendar.Year(shown) is { } known
            ? new CalendarForm(Text(shown), known.Source, CalendarLines.Write(known.Holidays), CalendarLines.Write(known.Workdays))
            : new CalendarForm(Text(shown), "", "", "");
        return Page(http, typed, done, null);
    }

    private async Task<IResult> DefineAsync(HttpContext http)
    {
        var (form, status) = await Forms.ReadAsync(http, forms);
        if (form is null)
            return http.Message(status, "badForm");
        var typed = new CalendarForm(form["year"].ToString().Trim(), form["source"].ToString().Trim(), Lines("holidays"), Lines("workdays"));
        var refusal = await DefineAsync(http, typed);
        return refusal is null ? Results.LocalRedirect($"{Address}?defined={typed.Year}") : Page(http, typed, null, refusal);

        string Lines(string name) => form[name].ToString().ReplaceLineEndings("\n").Trim();
    }

    private async Task<Refusal?> DefineAsync(HttpContext http, CalendarForm typed)
    {
        if (!int.TryParse(typed.Year, NumberStyles.None, CultureInfo.InvariantCulture, out var year))
            return new Refusal("count-invalid", "year", "1950–2200");
        var (holidays, unfit) = CalendarLines.Holidays(typed.Holidays);
        if (unfit is not null)
            return unfit;
        var (workdays, wrong) = CalendarLines.Workdays(typed.Workdays);
        return wrong ?? await changes.DefineAsync(new CalendarYear(year, holidays, workdays, typed.Source), PolicyPages.ActorOf(http));
    }

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private IResult Page(HttpContext http, CalendarForm typed, int? done, Refusal? refusal)
    {
        var (calendar, words) = (bureau.Current.Policies.Calendar, PageWords.For(http.Request));
        var parameters = Pages.FrameFor(http, forms);
        parameters["Address"] = Address;
        parameters["Model"] = new CalendarsModel(
            calendar, calendar.MissingOn(Today), http.GetCaller().Caller.ScopeOf(Permission.ManagePolicies).IsEverywhere, typed, done,
            refusal is null ? null : MessageOf(refusal, words), refusal?.Field);
        return http.Page<CalendarsPage>(refusal is null ? StatusCodes.Status200OK : Problem.StatusOf(refusal), parameters);
    }

    // The page calls a field by its label.
    private static string MessageOf(Refusal refusal, PageWords words) => Problem.TitleOf(
        refusal.Field is { } field && words.Find("calendars-" + field) is { } label ? refusal with { Field = label } : refusal, words.Culture);

    private static string Text(int year) => year.ToString(CultureInfo.InvariantCulture);
}
