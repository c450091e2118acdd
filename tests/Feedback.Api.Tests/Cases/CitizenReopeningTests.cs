using System.Net;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Cases;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Feedback.Api.Tests.Cases.FilingCitizen;

namespace Feedback.Api.Tests.Cases;

/// <summary>A closed case is opened again until the day that its page tells.</summary>
public sealed class CitizenReopeningTests : IAsyncLifetime
{
    private readonly MovedClock _clock = new();
    private readonly RunningSite _site;

    public CitizenReopeningTests() => _site = new RunningSite(services => services.AddSingleton<TimeProvider>(_clock));

    public Task InitializeAsync() => _site.InitializeAsync();

    public Task DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_closed_case_is_opened_again_within_its_time_and_later_refused_in_words()
    {
        var hall = await _site.NewHallAsync();
        using var citizen = new Visitor(_site.Url);
        var track = TrackOf(await citizen.FileAsync(hall.Window, "等了两个小时"));
        var id = _site.CaseOf(track);
        await _site.AnswerAsync(id, "已加开窗口");
        await _site.OfficeAsync(id, new CloseCase());
        var draw = IdOf(await citizen.TextAsync(track));

        _clock.Ahead = TimeSpan.FromDays(29);
        var inTime = await citizen.PostAsync(track + "/reopen", ("id", draw), ("reason", "came-back"), ("words", "今天又排长队"));
        Assert.Equal(HttpStatusCode.SeeOther, inTime.StatusCode);
        var open = await citizen.TextAsync(inTime.Headers.Location!.ToString());
        Assert.Contains("You asked to open it again", open, StringComparison.Ordinal);
        Assert.Contains("今天又排长队", open, StringComparison.Ordinal);

        await _site.AnswerAsync(id, "再加一个窗口");
        await _site.OfficeAsync(id, new CloseCase());
        _clock.Ahead = TimeSpan.FromDays(60);
        var late = await citizen.PostAsync(track + "/reopen", ("id", "late"), ("reason", "came-back"), ("words", "又来了"));
        Assert.InRange((int)late.StatusCode, 400, 422);
        var page = WebUtility.HtmlDecode(await late.Content.ReadAsStringAsync());
        Assert.Contains("file it anew and give this number", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/reopen\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_overdue_is_said_openly()
    {
        var hall = await _site.NewHallAsync();
        using var citizen = new Visitor(_site.Url);
        var track = TrackOf(await citizen.FileAsync(hall.Window, "等了两个小时"));
        Assert.DoesNotContain("overdue", await citizen.TextAsync(track), StringComparison.Ordinal);

        _clock.Ahead = TimeSpan.FromDays(20);

        Assert.Contains("First reply</strong> overdue: it was due by", await citizen.TextAsync(track), StringComparison.Ordinal);
    }
}
