using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Feedback.Grains.Cases;
using Feedback.Grains.Notices;
using Feedback.Grains.Tests.Cases;
using Feedback.Grains.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Grains.Tests.Notices;

/// <summary>A site whose notices go to a postbox.</summary>
internal static class NoticeSite
{
    /// <summary>li handles cases of the hall, wang leads it, sun supervises the district, zhao leads it, and qian leads the whole bureau.</summary>
    public static readonly Account[] People =
    [
        Person("li", Role.CaseOfficer, Places.Hall), Person("wang", Role.HallManager, Places.Hall), Person("sun", Role.Supervisor, Places.District),
        Person("zhao", Role.DistrictManager, Places.District), Person("qian", Role.DistrictManager, null), Person("zhou", Role.HallManager, Places.OtherHall),
    ];

    /// <summary>Mails to all of them.</summary>
    public static readonly NoticeSettings Mails = new()
    {
        Mail = true,
        Recipients = NoticeSettings.None.Recipients.AddRange(People.Select(person => KeyValuePair.Create(person.Name, person.Name + "@example.gov.cn"))),
    };

    /// <summary>A hook that hears everything.</summary>
    public static HookEndpoint Hook(string name) => new(name, new Uri("https://hook.example.org/"), [[.. new byte[24]]]);

    public static async Task<(CaseSite Site, Postbox Box)> OpenAsync(NoticeSettings settings, DateTimeOffset? start = null, IReadOnlyList<Account>? people = null)
    {
        TimeProvider? clock = null;
        var box = new Postbox(() => clock!);
        var site = await CaseSite.OpenAsync(start, adds: services =>
        {
            services.AddSingleton(settings);
            services.AddSingleton<IMailCarrier>(box);
            services.AddSingleton<IHookCarrier>(box);
            services.AddSingleton<INoticeLinks>(box);
            services.AddSingleton<IAccounts>(new Directory(people ?? People));
            services.AddSingleton<ICaseNotices, MailedNotices>();
        });
        clock = site.Silo.Clock;
        return (site, box);
    }

    /// <summary>Lets time pass in steps, and what is due by then be done.</summary>
    public static async Task PassAsync(this CaseSite site, TimeSpan time, TimeSpan step)
    {
        for (var left = time; left > TimeSpan.Zero; left -= step)
            await site.GoToAsync(site.Silo.Clock.GetUtcNow() + step);
    }

    private static Account Person(string name, Role role, Domain.Organisation.NodeId? at) => new("id-" + name, name, [new Grant(role, at)], Disabled: false, "stamp");

    /// <summary>Accounts that nobody changes.</summary>
    internal sealed class Directory(IReadOnlyList<Account> people) : IAccounts
    {
        public Task<IReadOnlyList<Account>> ListAsync() => Task.FromResult(people);

        public Task<Account?> SignInAsync(string name, string password) => throw new NotSupportedException();

        public Task<Account?> SignInExternallyAsync(string subject, string? name, Func<Account, Task>? binding = null) => throw new NotSupportedException();

        public Task<Account?> FindAsync(string id) => throw new NotSupportedException();

        public Task<Account?> FindByNameAsync(string name) => Task.FromResult(people.SingleOrDefault(account => account.Name == name));

        public Task<AccountOutcome> CreateAsync(string name, string? password, IReadOnlyList<Grant> grants) => throw new NotSupportedException();

        public Task<AccountOutcome> CreateFirstAsync(IReadOnlyList<NewAccount> accounts) => throw new NotSupportedException();

        public Task<AccountOutcome> ResetPasswordAsync(string name, string password) => throw new NotSupportedException();

        public Task<AccountOutcome> GrantAsync(string name, IReadOnlyList<Grant> grants) => throw new NotSupportedException();

        public Task<AccountOutcome> SetEmailAsync(string name, string? email) => throw new NotSupportedException();

        public Task<AccountOutcome> SetStaffAsync(string name, string? staff) => throw new NotSupportedException();

        public Task<AccountOutcome> DisableAsync(string name) => throw new NotSupportedException();

        public Task<AccountOutcome> EndSessionsAsync(string name) => throw new NotSupportedException();
    }
}
