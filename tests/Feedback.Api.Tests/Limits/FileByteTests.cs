using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Feedback.Api.Limits;
using Feedback.Api.Tests.Cases;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Cases;
using Feedback.Grains.Cases;
using Feedback.Grains.Organisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;
using static Feedback.Api.Tests.Cases.FilingCitizen;

namespace Feedback.Api.Tests.Limits;

/// <summary>One million bytes an hour and address, on a clock that stands still.</summary>
public sealed class FileByteTests : IAsyncLifetime
{
    private static readonly RequestRates Rates = RequestRates.Default with { FileBytes = 1_000_000 };

    private readonly StillClock _clock = new();
    private readonly RunningSite _site;
    private OpenHall _hall = null!;

    public FileByteTests() => _site = new RunningSite(services => services.Replace(ServiceDescriptor.Singleton(provider =>
        new RequestLimits(Rates, provider.GetRequiredService<IBureau>(), provider.GetRequiredService<IMeterFactory>(), _clock))));

    public async Task InitializeAsync()
    {
        await _site.InitializeAsync();
        _hall = await _site.NewHallAsync();
    }

    public Task DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Who_sends_more_than_an_address_may_is_told_to_wait_and_files_without_files_at_once()
    {
        using var citizen = new Visitor(_site.Url);
        Assert.Equal(HttpStatusCode.SeeOther, (await FileAsync(citizen, Photo(600_000))).StatusCode);

        var refused = await FileAsync(citizen, Photo(600_000));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        // A fifth of the budget is missing, and so a fifth of an hour; what surrounds the files makes it a little more.
        var seconds = int.Parse(refused.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture);
        Assert.InRange(seconds, 720, 740);
        Assert.Contains("More files came from this network", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("with them in 13 minutes", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("文件超过了上限", WebUtility.HtmlDecode(await (await FileAsync(citizen, Photo(600_000), language: "zh-CN")).Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.NotEmpty(await citizen.FileAsync(_hall.Window, "没有照片"));

        _clock.Advance(TimeSpan.FromSeconds(seconds + 5));
        Assert.Equal(HttpStatusCode.SeeOther, (await FileAsync(citizen, Photo(600_000))).StatusCode);
    }

    [Fact]
    public async Task What_announces_no_length_is_counted_as_it_is_read()
    {
        using var citizen = new Visitor(_site.Url);

        var refused = await FileAsync(citizen, Photo(1_200_000), chunked: true);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Contains("More files came from this network", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        // What was read of it is used up.
        Assert.Equal(HttpStatusCode.TooManyRequests, (await FileAsync(citizen, Photo(200_000))).StatusCode);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.SeeOther, (await FileAsync(citizen, Photo(900_000), chunked: true)).StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Files_sent_to_a_case_by_its_code_count_for_the_same_address(bool chunked)
    {
        using var citizen = new Visitor(_site.Url);
        var filed = await citizen.FileAsync(_hall.Window, "照片随后补充");
        var code = CodeOf(filed);

        Assert.Equal(200, (await AttachAsync(code, Photo(700_000), chunked)).Status);
        var refused = await AttachAsync(code, Photo(700_000), chunked);

        Assert.Equal((429, "too-many-bytes", true), (refused.Status, refused.Code, (bool)refused.Json["retryable"]!));
        Assert.NotEmpty(refused.Headers.GetValues("Retry-After"));
        Assert.Single((await _site.Service<CaseRecords>().FindAsync(_site.CaseOf(filed)))!.Timeline, one => one.Happened is CaseAttached);
    }

    [Fact]
    public async Task What_was_announced_and_never_read_is_given_back()
    {
        using var citizen = new Visitor(_site.Url);
        for (var tries = 0; tries < 3; tries++)
            Assert.Equal(404, (await AttachAsync(new string('A', 44), Photo(900_000), chunked: false)).Status);

        Assert.Equal(HttpStatusCode.SeeOther, (await FileAsync(citizen, Photo(900_000))).StatusCode);
    }

    // Phones write films behind the picture.
    private static byte[] Photo(int bytes) => [.. SomeFile.Jpeg, .. new byte[bytes - SomeFile.Jpeg.Length]];

    private async Task<HttpResponseMessage> FileAsync(Visitor citizen, byte[] photo, bool chunked = false, string language = "en")
    {
        var path = "/file?at=" + _hall.Window;
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new MultipartFormDataContent
            {
                { new StringContent(IdOf(await citizen.TextAsync(path))), "id" },
                { new StringContent("complaint"), "kind" },
                { new StringContent("地面很滑"), "words" },
                { new ByteArrayContent(photo) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } }, "files", "photo.jpg" },
            },
        };
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        request.Headers.ExpectContinue = !chunked;
        return await citizen.SendAsync(request);
    }

    private async Task<Answer> AttachAsync(string code, byte[] photo, bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/case-tracking/files?code=" + code)
        {
            Content = new ByteArrayContent(photo) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } },
        };
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        request.Headers.ExpectContinue = !chunked;
        return await _site.Client.SendAsync(request);
    }
}
