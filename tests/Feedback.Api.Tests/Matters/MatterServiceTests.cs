using System.Globalization;
using System.Resources;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Feedback.Api.Matters.Told;
using Feedback.Seeds.Import.Matters;
using Feedback.Silo.Commands;
using Feedback.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Feedback.Api.Tests.Matters;

/// <summary>What <c>import matters</c> sends, and what it says became of it, where the service takes not all of what it found good before.</summary>
public sealed class MatterServiceTests
{
    private const string Header = "办件编号,受理单位,事项编码,申请方式,受理时间,承诺时限,到场次数,办件状态,办结时间,办理结果\n";
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    [Fact]
    public async Task A_row_that_is_refused_keeps_no_other_row_of_its_batch_out()
    {
        await using var lists = await Lists.StartAsync();
        lists.Refuses["BJ-2"] = ("matter-exists", false);
        using var service = new MatterService(new Uri(lists.Url), "token", English);

        var sent = await service.SendAsync(await ReadAsync("BJ-1", "BJ-2", "BJ-3"), check: false, default);

        Assert.Equal((2, 0, 0), (sent.Accepted, sent.Moved, sent.Unchanged));
        Assert.Equal((3L, "BJ-2"), (Assert.Single(sent.Refused).Row, sent.Refused[0].Value));
        Assert.Equal(["BJ-1", "BJ-3"], lists.Stored.Order());
    }

    [Fact]
    public async Task A_row_that_is_put_off_is_sent_again_alone_and_counts_once()
    {
        await using var lists = await Lists.StartAsync();
        lists.Busy.Add("BJ-2");
        using var service = new MatterService(new Uri(lists.Url), "token", English);

        var sent = await service.SendAsync(await ReadAsync("BJ-1", "BJ-2", "BJ-3"), check: false, default);

        Assert.Equal((3, 0, 0, 0), (sent.Accepted, sent.Moved, sent.Unchanged, sent.Refused.Length));
        Assert.Equal(["BJ-1,BJ-2,BJ-3", "BJ-2"], lists.Heard);
    }

    [Fact]
    public async Task A_list_that_is_only_checked_is_sent_once_with_all_its_rows()
    {
        await using var lists = await Lists.StartAsync();
        lists.Refuses["BJ-2"] = ("matter-exists", false);
        using var service = new MatterService(new Uri(lists.Url), "token", English);

        var sent = await service.SendAsync(await ReadAsync("BJ-1", "BJ-2", "BJ-3"), check: true, default);

        Assert.Equal((0, 1), (sent.Accepted, sent.Refused.Length));
        Assert.Equal(["BJ-1,BJ-2,BJ-3"], lists.Heard);
        Assert.Empty(lists.Stored);
    }

    [Theory]
    [InlineData("已办结", "matter-result-")]
    [InlineData("撤回", "matter-reason-")]
    public async Task What_stands_for_an_outcome_that_no_list_tells_has_words_on_the_page(string stage, string prefix)
    {
        var words = new ResourceManager("Feedback.Web.Words.PageWords", typeof(PagesSetup).Assembly);
        var matter = Assert.Single((await FileAsync($"BJ-1,n2,permit,窗口,2026-11-20 09:00:00,,,{stage},2026-11-24 15:00:00,\n")).Matters);

        foreach (var language in new[] { "en", "zh-CN" })
            Assert.NotNull(words.GetString(prefix + matter.Outcome, CultureInfo.GetCultureInfo(language)));
        Assert.NotEqual(words.GetString(prefix + matter.Outcome, English), words.GetString(prefix + matter.Outcome, CultureInfo.GetCultureInfo("zh-CN")));
    }

    private static Task<MatterFile> ReadAsync(params string[] numbers) =>
        FileAsync(string.Concat(numbers.Select(number => $"{number},n2,permit,窗口,2026-11-20 09:00:00,,,在办,,\n")));

    private static async Task<MatterFile> FileAsync(string rows)
    {
        var file = await MatterFile.ReadAsync(
            Encoding.UTF8.GetBytes(Header + rows), MatterMapping.BuiltIn("matters")!, new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 9, 0, 0, TimeSpan.FromHours(8))), English);
        Assert.Empty(file.Errors);
        return file;
    }

    /// <summary>A service that takes lists as the real one does: none of a list with a row that it does not want.</summary>
    private sealed class Lists : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private Lists()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            _app = builder.Build();
            _app.Run(AnswerAsync);
        }

        /// <summary>Numbers that it does not want.</summary>
        public Dictionary<string, (string Code, bool Retryable)> Refuses { get; } = [];

        /// <summary>Numbers that it cannot store for once.</summary>
        public HashSet<string> Busy { get; } = [];

        public HashSet<string> Stored { get; } = [];

        /// <summary>The numbers of each list that was sent.</summary>
        public List<string> Heard { get; } = [];

        public string Url => _app.Urls.Single();

        public static async Task<Lists> StartAsync()
        {
            var lists = new Lists();
            await lists._app.StartAsync();
            return lists;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private async Task AnswerAsync(HttpContext http)
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            var numbers = body.RootElement.EnumerateArray().Select(one => one.GetProperty("number").GetString()!).ToList();
            Heard.Add(string.Join(',', numbers));
            var rejected = numbers.Index().Where(one => Refuses.ContainsKey(one.Item)).Select(one => Rejected(one.Index, Refuses[one.Item])).ToList();
            if (rejected.Count > 0 || http.Request.Query["check"] == "true")
            {
                await WriteAsync(http, new ToldMatters(false, 0, 0, 0, rejected));
                return;
            }

            var busy = numbers.Index().Where(one => Busy.Remove(one.Item)).Select(one => Rejected(one.Index, ("busy", true))).ToList();
            var taken = numbers.Where((_, index) => busy.All(one => one.Index != index)).ToList();
            var fresh = taken.Count(Stored.Add);
            await WriteAsync(http, new ToldMatters(true, fresh, 0, taken.Count - fresh, busy));
        }

        private static Task WriteAsync(HttpContext http, ToldMatters answer) => http.Response.WriteAsJsonAsync(answer, JsonSerializerOptions.Web);

        private static RejectedMatter Rejected(int index, (string Code, bool Retryable) why) =>
            new(index, new JsonObject { ["code"] = why.Code, ["title"] = why.Code, ["retryable"] = why.Retryable });
    }
}
