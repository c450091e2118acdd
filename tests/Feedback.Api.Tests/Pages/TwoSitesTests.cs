using System.Net;
using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Feedback.Silo.Hosting;
using Feedback.Storage;
using Feedback.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Feedback.Api.Tests.Pages;

public sealed class TwoSitesTests
{
    [Fact]
    public async Task A_session_that_was_ended_at_one_site_is_dead_at_the_other()
    {
        using var folder = new TemporaryFolder();
        var database = await (await PrivatePostgres.Shared).CreateDatabaseAsync();
        await using var one = await StartAsync(folder["one"], database);
        File.Copy(Path.Combine(folder["one"], "master.key"), Path.Combine(Directory.CreateDirectory(folder["two"]).FullName, "master.key"));
        await using var two = await StartAsync(folder["two"], database);
        var accounts = one.Services.GetRequiredService<IAccounts>();
        await accounts.CreateAsync("anna", Visitor.PasswordOf("anna"), GrantText.Read("security-administrator"));
        using var here = new Visitor(new Uri(one.Urls.First()));
        using var there = new Visitor(new Uri(two.Urls.First()));

        // Each of these ends every session, wherever it began; the next one begins anew.
        await EndsAsync(() => accounts.EndSessionsAsync("anna"));
        await EndsAsync(() => accounts.GrantAsync("anna", GrantText.Read("security-administrator supervisor")));
        await EndsAsync(() => one.Services.GetRequiredService<ISecondFactors>().ResetAsync("anna"));
        await EndsAsync(() => accounts.ResetPasswordAsync("anna", Visitor.PasswordOf("anna")));
        await EndsAsync(() => accounts.DisableAsync("anna"));
        await one.StopAsync();
        await two.StopAsync();

        async Task EndsAsync(Func<Task<AccountOutcome>> end)
        {
            await here.SignInAsync("anna");
            await there.SignInAsync("anna");
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), ((await here.GetAsync("/account")).StatusCode, (await there.GetAsync("/api/v1/accounts")).StatusCode));

            Assert.Equal(AccountOutcome.Done, await end());

            Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Unauthorized), ((await here.GetAsync("/account")).StatusCode, (await there.GetAsync("/api/v1/accounts")).StatusCode));
        }
    }

    private static async Task<WebApplication> StartAsync(string folder, string database)
    {
        var app = await WebSetup.BuildAsync(new Site(DataDirectory.Open(folder), database), "http://127.0.0.1:0", signIn: SignInOptions.Optional);
        await app.StartAsync();
        return app;
    }
}
