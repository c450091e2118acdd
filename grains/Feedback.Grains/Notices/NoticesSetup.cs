using Feedback.Grains.Cases;
using Feedback.Grains.Due;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Feedback.Grains.Notices;

/// <summary>Registers what tells people and other systems about cases.</summary>
internal static class NoticesSetup
{
    /// <summary>Adds who performs what waits to be delivered. Settings and carriers come from the host; without them nothing is sent.</summary>
    public static void AddNotices(this IServiceCollection services)
    {
        services.TryAddSingleton(NoticeSettings.None);
        services.TryAddSingleton<IMailCarrier, NoCarrier>();
        services.TryAddSingleton<IHookCarrier, NoCarrier>();
        services.TryAddSingleton<INoticeLinks, NoCarrier>();
        services.TryAddSingleton<ICaseNotices, MailedNotices>();
        services.AddSingleton<NoticeRecipients>();
        services.AddSingleton<NoticeMetrics>();
        services.AddSingleton<Delivery>();
        services.AddSingleton<IDueHandler, CaseNewsHandler>();
        services.AddSingleton<IDueHandler, HookHandler>();
        services.AddSingleton<IDueHandler, MailHandler>();
    }
}
