using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Feedback.System.Tests.Support;
using Feedback.TestSupport;
using Feedback.TestSupport.Clusters;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Cluster;

/// <summary>
/// Cases at three silos on one PostgreSQL, one of which is killed while clerks work: every act goes to another silo than the one before, and
/// is sent again under its id until somebody answers. Nothing that was acknowledged is lost, nothing is done twice.
/// </summary>
public sealed class CaseTests
{
    private const int Clerks = 4;
    private const int Enough = 40;

    private static readonly (string Step, string Happening, string Body)[] Steps =
    [
        ("note-progress", "progressed", """{"told":true,"words":"已联系当事人"}"""),
        ("handle", "handled", """{"result":"done","words":"已办理"}"""),
        ("give-feedback", "feedback-given", """{"channel":"phone","outcome":"reached","words":"已电话答复"}"""),
        ("close", "closed", "{}"),
    ];

    [Fact]
    public async Task Clerks_work_at_all_silos_while_one_is_killed_and_each_act_is_done_once()
    {
        await using var cluster = await SiloCluster.StartAsync(3);
        DemoPeople[] people = [.. cluster.Silos.Select(silo => new DemoPeople(cluster.Data, silo.Place.Url))];
        try
        {
            var office = new Office([.. await Task.WhenAll(people.Select(one => one.SignedInAsync("officer")))], cluster.Data.Windows);
            var working = Task.WhenAll(Enumerable.Range(0, Clerks).Select(office.WorkAsync));

            await MoreAsync(office, working);
            await cluster.Silos[0].KillAsync();
            await MoreAsync(office, working);
            cluster.Silos[0].Start();
            await cluster.AllServeAsync();
            await MoreAsync(office, working);
            office.Close();
            await working;

            await office.AssertEverySiloTellsTheSameAsync();
            foreach (var (kind, count) in new[] { "opened" }.Concat(Steps.Select(step => step.Happening)).Select(kind => (kind, office.Cases)))
                Assert.Equal((kind, count), (kind, await StoredEvents.ScalarAsync(cluster.Data.Journal, $"select count(*) from journal_events where kind = 'case.{kind}'")));
            var (code, report) = await cluster.Data.VerifyAsync();
            Assert.True(code == 0 && report["findings"]!.AsArray().Count == 0, report.ToJsonString());
            Assert.All(cluster.Silos, silo => Assert.Equal(0, silo.EndedByItself));
        }
        finally
        {
            foreach (var one in people)
                one.Dispose();
        }
    }

    private static async Task MoreAsync(Office office, Task working)
    {
        var enough = office.Acknowledged + Enough;
        await Wait.UntilAsync("more is acknowledged", () => working.IsFaulted ? throw working.Exception! : Task.FromResult(office.Acknowledged >= enough), TimeSpan.FromSeconds(60));
    }

    /// <summary>Clerks with a browser at every silo.</summary>
    private sealed class Office(IReadOnlyList<HttpClient> silos, IReadOnlyList<string> windows)
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

        private readonly ConcurrentDictionary<string, string> _cases = [];
        private volatile bool _closed;
        private int _acknowledged;

        /// <summary>Acts that were answered.</summary>
        public int Acknowledged => Volatile.Read(ref _acknowledged);

        /// <summary>Cases that were filed, each of them closed.</summary>
        public long Cases => _cases.Count;

        /// <summary>Nobody begins another case.</summary>
        public void Close() => _closed = true;

        /// <summary>Takes one case after the other from its filing to its end.</summary>
        public async Task WorkAsync(int clerk)
        {
            for (var number = 0; !_closed; number++)
            {
                var (turn, request) = (clerk + number, string.Create(CultureInfo.InvariantCulture, $"c{clerk}-{number}"));
                var filing = new JsonObject
                {
                    ["id"] = request,
                    ["kind"] = "question",
                    ["channel"] = "window",
                    ["node"] = windows[turn % windows.Count],
                    ["words"] = "营业时间是几点？",
                    ["contact"] = "13800000000",
                };
                var id = (string)JsonNode.Parse(await DoneAsync(turn, "/api/v1/cases", filing.ToJsonString()))!["id"]!;
                Assert.True(_cases.TryAdd(id, request), $"{request} got the case of {_cases[id]}.");
                foreach (var (at, (step, _, body)) in Steps.Index())
                {
                    var given = JsonNode.Parse(body)!.AsObject();
                    given["id"] = step;
                    await DoneAsync(turn + at + 1, $"/api/v1/cases/{id}/steps/{step}", given.ToJsonString());
                }
            }
        }

        /// <summary>Each case has its acts, each once and in their order, whichever silo is asked.</summary>
        public async Task AssertEverySiloTellsTheSameAsync()
        {
            string[] expected = ["opened", .. Steps.Select(step => step.Happening)];
            foreach (var (at, (id, request)) in _cases.Index())
            {
                var told = JsonNode.Parse(await silos[at % silos.Count].GetStringAsync(new Uri("/api/v1/cases/" + id, UriKind.Relative)))!;
                var happened = told["timeline"]!.AsArray().Select(one => (string)one!["what"]!).Where(expected.Contains);
                Assert.Equal((request, "closed", string.Join(' ', expected)), (request, (string)told["stage"]!, string.Join(' ', happened)));
            }
        }

        // The same request goes to one silo after the other until one says that it is done.
        private async Task<string> DoneAsync(int turn, string path, string body)
        {
            var began = Wait.Clock.GetTimestamp();
            for (var attempt = 0; ; attempt++)
            {
                var said = "nobody listens";
                try
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json"), Headers = { { "If-Match", "*" } } };
                    using var answer = await silos[(turn + attempt) % silos.Count].SendAsync(request);
                    var text = await answer.Content.ReadAsStringAsync();
                    if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created)
                    {
                        Interlocked.Increment(ref _acknowledged);
                        return text;
                    }

                    said = $"{(int)answer.StatusCode} {text}";
                    Assert.True(answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests, $"{path} {body}: {said}");
                }
                catch (HttpRequestException)
                {
                    // It is killed, or about to start; what it did, another one knows.
                }

                if (Wait.Clock.GetElapsedTime(began) > Patience)
                    throw new TimeoutException($"{path} {body} was not done within a minute: {said}.");
                await Task.Delay(Pause, Wait.Clock);
            }
        }
    }
}
