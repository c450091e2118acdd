using System.Net.Http.Headers;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Verbs;

public sealed class LiveTests
{
    [Fact]
    public async Task A_stream_of_figures_ends_in_order_when_the_server_stops()
    {
        using var data = await DemoData.CreateAsync();
        await using var server = await data.StartAsync("serve");
        using var http = new HttpClient { BaseAddress = server.Url };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/live?node={data.District}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", data.ApiToken);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var viewer = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.StartsWith("id: ", await viewer.ReadLineAsync(), StringComparison.Ordinal);

        var rest = viewer.ReadToEndAsync();
        Assert.Equal(0, (await server.StopAsync()).Code);

        // A viewer that the server had to cut off would get an exception here.
        Assert.Contains("figures", await rest, StringComparison.Ordinal);
    }
}
