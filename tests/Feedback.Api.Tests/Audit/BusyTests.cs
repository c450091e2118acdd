using System.Net;
using System.Text.Encodings.Web;
using Feedback.Api.Tests.Pages;
using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Feedback.Grains.Organisation;
using Feedback.Grains.Registers;
using Feedback.Silo.Hosting;
using Feedback.Storage;
using Feedback.TestSupport;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace Feedback.Api.Tests.Audit;

/// <summary>What cannot be audited does not happen.</summary>
public sealed class BusyTests
{
    [Fact]
    public async Task While_the_journal_takes_nothing_nobody_signs_in_and_no_register_is_taken()
    {
        using var folder = new TemporaryFolder();
        var data = DataDirectory.Open(folder.Path);
        await using var app = await WebSetup.BuildAsync(new Site(data, null), "http://127.0.0.1:0", signIn: SignInOptions.Optional);
        await app.StartAsync();
        await app.Services.GetRequiredService<IAccounts>().CreateAsync("root", Visitor.PasswordOf("root"), [new Grant(Role.SystemAdministrator, null)]);
        using var visitor = new Visitor(new Uri(app.Urls.First()));
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SignInAsync("root")).StatusCode);

        using (await HoldAsync(data.Journal))
        {
            using var other = new Visitor(new Uri(app.Urls.First()));
            var refused = await other.SignInAsync("root");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (refused.StatusCode, refused.Headers.RetryAfter is not null));
            Assert.False(refused.Headers.Contains("Set-Cookie"));
            await Assert.ThrowsAsync<Grains.Journal.JournalBusyException>(() => app.Services.GetRequiredService<IRegisterImport>().ImportAsync(
                app.Services.GetRequiredService<Grains.Audit.IAudit>(), "account:root", null, RegisterKind.ServiceItems,
                "编号,名称\npermit,许可\n"u8.ToArray(), dryRun: false, System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.Empty((await app.Services.GetRequiredService<IBureau>().RefreshAsync()).Catalogue.ServiceItems);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SignInAsync("root")).StatusCode);
        await app.StopAsync();
    }

    [Fact]
    public async Task Whoever_comes_back_from_a_provider_meanwhile_is_told_to_try_again()
    {
        using var folder = new TemporaryFolder();
        await using var app = await WebSetup.BuildAsync(new Site(DataDirectory.Open(folder.Path), null), "http://127.0.0.1:0", amend: services =>
            services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, BusyProvider>("busy", null));
        await app.StartAsync();
        using var visitor = new Visitor(new Uri(app.Urls.First()));

        var answer = await visitor.GetAsync("/sign-in/provider/back");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, true, "application/problem+json"), (answer.StatusCode, answer.Headers.RetryAfter is not null, answer.Content.Headers.ContentType!.MediaType));
        await app.StopAsync();
    }

    /// <summary>Stands for a provider's way back while the trail takes nothing.</summary>
    private sealed class BusyProvider(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder), IAuthenticationRequestHandler
    {
        public Task<bool> HandleRequestAsync() =>
            Request.Path == "/sign-in/provider/back" ? throw new Grains.Journal.JournalBusyException() : Task.FromResult(false);

        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());
    }

    /// <summary>Another program keeps the journal's file to itself.</summary>
    private static async Task<SqliteConnection> HoldAsync(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var begin = connection.CreateCommand();
        begin.CommandText = "begin immediate";
        await begin.ExecuteNonQueryAsync();
        return connection;
    }
}
