using System.Net;
using System.Text.RegularExpressions;
using Feedback.Api.Access;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace Feedback.Api.Tests.Released;

/// <summary>What somebody sees who works at a window and is rated there.</summary>
[Collection(OneSite.Name)]
public sealed partial class ClerkTests(RunningSite site)
{
    private const string Days = "from=2026-01-01&to=2026-01-02";

    [Fact]
    public async Task Signing_in_leads_to_the_released_figures_of_the_own_window_and_back_there_from_everywhere()
    {
        var hall = await site.NewHallAsync();
        using var clerk = await SignedInAsync("clerk-leads", "window-staff@" + hall.Window);

        Assert.Equal("/released", (await clerk.GetAsync("/nodes")).Headers.Location!.OriginalString);
        Assert.Equal("/released/" + hall.Window, (await clerk.GetAsync("/released")).Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await clerk.GetAsync("/released/" + hall.Window)).StatusCode);
    }

    [Theory]
    [InlineData("en", "Ratings are shown five at a time, and on the next working day at the earliest.", "no rating released yet")]
    [InlineData("zh", "评价每满五条一并公布，最早在下一个工作日显示。", "暂无已公布的评价")]
    public async Task The_page_tells_one_figure_and_how_it_is_released(string language, string how, string none)
    {
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Evaluation(hall.Window, 1).With(("comment", "很慢"), ("reasons", new System.Text.Json.Nodes.JsonArray("slow"))));
        using var clerk = await SignedInAsync("clerk-reads-" + language, "window-staff@" + hall.Window);

        var page = await clerk.TextAsync("/released/" + hall.Window, language);

        Assert.Contains(how, page, StringComparison.Ordinal);
        Assert.Contains(none, page, StringComparison.Ordinal);
        Assert.DoesNotContain("很慢", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/nodes/", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<table", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_charts_live_views_and_places_are_closed_to_a_clerk()
    {
        var hall = await site.NewHallAsync();
        using var clerk = await SignedInAsync("clerk-tries", "window-staff@" + hall.Window);

        foreach (var path in new[] { "nodes", $"satisfaction?node={hall.Window}&{Days}", $"live?node={hall.Window}", "charts", $"charts/trend.png?node={hall.Window}&{Days}" })
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, (await clerk.GetAsync("/api/v1/" + path)).StatusCode));
        foreach (var path in new[] { $"/nodes/{hall.Window}", $"/nodes/{hall.Window}.csv", $"/nodes/{hall.Id}" })
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await clerk.GetAsync(path)).StatusCode));
    }

    [Fact]
    public async Task Every_endpoint_that_demands_what_a_clerk_may_not_do_is_closed_to_one()
    {
        var hall = await site.NewHallAsync();
        using var clerk = await SignedInAsync("clerk-tries-all", "window-staff@" + hall.Window);
        var closed = from endpoint in site.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                     let permission = endpoint.Metadata.GetMetadata<EndpointPolicy>()?.Permission
                     where permission is { } demanded and not Permission.OwnAccount && !Rights.Of(Role.WindowStaff).Contains(demanded)
                     where endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? false
                     select Parameter().Replace(endpoint.RoutePattern.RawText!, hall.Window);

        var tried = closed.ToList();
        Assert.NotEmpty(tried);
        foreach (var path in tried)
            Assert.Contains((await clerk.GetAsync(path)).StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.Unauthorized });
    }

    [Fact]
    public async Task The_neighbours_window_and_the_hall_look_as_if_they_did_not_exist()
    {
        var hall = await site.NewHallAsync(windows: 2);
        using var clerk = await SignedInAsync("clerk-curious", "window-staff@" + hall.Window);

        Assert.Equal(HttpStatusCode.OK, (await clerk.GetAsync($"/api/v1/released?node={hall.Window}&{Days}")).StatusCode);
        foreach (var node in new[] { hall.Windows[1], hall.Id, site.District.Value, "n999999" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await clerk.GetAsync($"/api/v1/released?node={node}&{Days}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await clerk.GetAsync($"/released/{node}")).StatusCode);
        }
    }

    [Fact]
    public async Task Who_has_several_windows_chooses_one()
    {
        var hall = await site.NewHallAsync(windows: 2);
        using var clerk = await SignedInAsync("clerk-of-two", $"window-staff@{hall.Windows[0]} window-staff@{hall.Windows[1]}");

        var page = await clerk.TextAsync("/released");

        Assert.All(hall.Windows, window => Assert.Contains($"href=\"/released/{window}\"", page, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    private async Task<Visitor> SignedInAsync(string name, string grants)
    {
        Assert.Equal(AccountOutcome.Done, await site.Service<IAccounts>().CreateAsync(name, Visitor.PasswordOf(name), GrantText.Read(grants)));
        var visitor = new Visitor(site.Url);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SignInAsync(name)).StatusCode);
        return visitor;
    }
}
