using Feedback.Grains.Due;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Feedback.Grains.Cases;

/// <summary>Registers what cases need besides storage.</summary>
internal static class CasesSetup
{
    /// <summary>Adds the codes, the readers, and those who perform what cases leave for later.</summary>
    public static void AddCases(this IServiceCollection services)
    {
        services.AddSingleton<CaseSecrets>();
        services.AddSingleton<CaseDesk>();
        services.AddSingleton<CaseRecords>();
        services.AddSingleton<CaseSight>();
        services.AddSingleton<RatedCases>();
        services.AddSingleton<RatingReview>();
        services.AddSingleton<Boxes.BoxOpenings>();
        services.AddSingleton<IPastCases, JournaledPastCases>();
        services.AddSingleton<Hotline.HotlineFigureBook>();
        services.AddSingleton<Hotline.HotlineOrders>();
        services.TryAddSingleton<ICaseLeaders, AccountLeaders>();
        services.AddSingleton<IDueHandler, OpenCaseHandler>();
        services.AddSingleton<IDueHandler, CaseClockHandler>();
        services.AddSingleton<IDueHandler, CaseCalendarHandler>();
        services.AddSingleton<IDueHandler, ExcludeRatingHandler>();
        services.AddSingleton<IDueHandler, AbsorbHandler>();
        services.AddSingleton<IDueHandler, AnswerAbsorbedHandler>();
        services.AddSingleton<IDueHandler, CaseNoticeHandler>();
    }
}
