using System.Net;
using Feedback.Api.Access;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Feedback.Api.Tests.Pages;

/// <summary>Sessions end by themselves, however much they are used.</summary>
public sealed class SessionLengthTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(TestSupport.Wait.Clock.GetUtcNow());
    private readonly RunningSite _site;

    public SessionLengthTests() => _site = new RunningSite(services => services.PostConfigureAll<CookieAuthenticationOptions>(options => options.TimeProvider = _clock));

    public Task InitializeAsync() => _site.InitializeAsync();

    public Task DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_session_that_is_used_all_day_ends_after_twelve_hours()
    {
        await _site.Service<IAccounts>().CreateAsync("busy", Visitor.PasswordOf("busy"), GrantText.Read("hall-manager"));
        using var visitor = new Visitor(_site.Url);
        await visitor.SignInAsync("busy");

        for (var hour = 0; hour < 12; hour++)
        {
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/account")).StatusCode);
            _clock.Advance(TimeSpan.FromHours(1));
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/account")).StatusCode);
        Assert.False(_site.Service<IOptionsMonitor<CookieAuthenticationOptions>>().Get(HalfSessions.Scheme).SlidingExpiration);
    }
}
