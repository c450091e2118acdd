using Feedback.Grains.Notices;

namespace Feedback.Silo.Notices;

/// <summary>Registers what carries notices out of this machine.</summary>
internal static class NoticesSetup
{
    /// <summary>Adds the settings, the links and the carriers.</summary>
    public static void AddNoticeCarriers(this IServiceCollection services, NoticeChoices choices)
    {
        services.AddSingleton(choices.Settings);
        services.AddSingleton<INoticeLinks, PublicNoticeLinks>();
        services.AddSingleton(OutsideAddresses.OfThisMachine());
        services.AddSingleton<IHookCarrier, HookCarrier>();
        if (choices.Mail is { } mail)
            services.AddSingleton<IMailCarrier>(mail.Directory is null ? new SmtpCarrier(mail) : new MailFolder(mail));
    }
}
