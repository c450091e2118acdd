using System.Buffers.Text;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Feedback.Api.Limits;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;
using Feedback.Grains.Keys;
using Feedback.Grains.Organisation;
using Feedback.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace Feedback.Api.Tests.Limits;

/// <summary>The usual limits, on a clock that stands still: what is counted here is exact.</summary>
public sealed class LimitTests : IAsyncLifetime
{
    // 20 requests a second and window, five seconds' worth at once.
    private const int BurstOfWindow = 100;

    private readonly StillClock _clock = new();
    private readonly RunningSite _site;
    private OpenHall _hall = null!;

    public LimitTests() => _site = new RunningSite(services => services.Replace(ServiceDescriptor.Singleton(provider =>
        new RequestLimits(RequestRates.Default, provider.GetRequiredService<IBureau>(), provider.GetRequiredService<IMeterFactory>(), _clock))));

    public async Task InitializeAsync()
    {
        await _site.InitializeAsync();
        _hall = await _site.NewHallAsync(windows: 3);
    }

    public Task DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_device_that_floods_is_refused_and_no_other_terminal_at_its_address()
    {
        var (wild, calm) = (await KeyAsync(_hall.Windows[0]), await KeyAsync(_hall.Windows[1]));
        using var meter = new LimitCount(_site.Service<IMeterFactory>());

        var statuses = await StatusesAsync(BurstOfWindow + 50, () => _site.Client.PushAsync(Some.Evaluation(_hall.Windows[0]), key: wild));
        var refused = await _site.Client.PushAsync(Some.Evaluation(_hall.Windows[0]), key: wild);

        Assert.Equal((BurstOfWindow, 50), (statuses.Count(status => status == 201), statuses.Count(status => status == 429)));
        Assert.Equal((429, "too-many-requests", true, "1"), (refused.Status, refused.Code, (bool)refused.Json["retryable"]!, refused.Headers.GetValues("Retry-After").Single()));
        Assert.Contains("Wait 1 seconds", refused.Title, StringComparison.Ordinal);
        Assert.Equal(51, meter.Of("device"));
        Assert.Equal(201, (await _site.Client.PushAsync(Some.Evaluation(_hall.Windows[1]), key: calm)).Status);
        Assert.Equal(BurstOfWindow, await _site.Client.CountAsync(_hall.Windows[0]));

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(201, (await _site.Client.PushAsync(Some.Evaluation(_hall.Windows[0]), key: wild)).Status);
    }

    [Fact]
    public async Task A_hall_gateway_may_send_as_much_as_its_windows_together_and_a_batch_is_one_request()
    {
        var gateway = await KeyAsync(_hall.Id);

        var statuses = await StatusesAsync((3 * BurstOfWindow) + 30, () => _site.Client.PushAsync("[]", key: gateway));
        Assert.Equal((3 * BurstOfWindow, 30), (statuses.Count(status => status == 400), statuses.Count(status => status == 429)));

        _clock.Advance(TimeSpan.FromSeconds(1));
        var batch = Some.Array(Enumerable.Range(0, 1000).Select(_ => Some.Evaluation(_hall.Window)));
        Assert.Equal(1000, (int)(await _site.Client.PushAsync(batch, key: gateway)).Json["accepted"]!);
    }

    [Fact]
    public async Task A_reader_that_floods_is_refused_and_no_other_reader()
    {
        var (wild, calm) = ((await _site.NewKeyAsync(KeyPurpose.Read, _site.District)).Secret, (await _site.NewKeyAsync(KeyPurpose.Read, _site.District)).Secret);

        var statuses = await StatusesAsync(600, () => _site.Client.GetAsync("/api/v1/charts", wild));

        Assert.Equal((500, 100), (statuses.Count(status => status == 200), statuses.Count(status => status == 429)));
        Assert.Equal(200, (await _site.Client.GetAsync("/api/v1/charts", calm)).Status);
    }

    [Fact]
    public async Task A_hall_of_200_phones_behind_one_address_is_not_refused()
    {
        // Each loads a page with its style sheet, script and font and sends two requests more, all in the same second.
        string[] visit = ["/language", "/assets/pages.css", "/assets/pages.js", "/healthz/live", "/healthz/live", "/sign-in"];
        var phones = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.WhenAll(visit.Select(path => _site.Client.GetAsync(path, token: null)))));

        Assert.Equal(0, phones.SelectMany(phone => phone).Count(answer => answer.Status == 429));
    }

    [Fact]
    public async Task Strangers_who_flood_use_up_their_address_and_nobody_who_is_known()
    {
        using var clerk = await SignedInAsync("clerk");
        var key = await KeyAsync(_hall.Window);
        await StatusesAsync(2_100, () => _site.Client.GetAsync("/healthz/live", token: null));

        Assert.Equal(429, (await _site.Client.GetAsync("/healthz/live", token: null)).Status);
        Assert.Equal(201, (await _site.Client.PushAsync(Some.Evaluation(_hall.Window), key: key)).Status);
        Assert.Equal(200, (await _site.Client.GetAsync("/api/v1/nodes")).Status);
        Assert.Equal(200, (int)(await clerk.GetAsync("/assets/pages.css")).StatusCode);
        Assert.Equal(200, (int)(await clerk.GetAsync("/nodes/" + _hall.Id)).StatusCode);
    }

    [Fact]
    public async Task Keys_that_nobody_has_are_refused_ever_faster_and_good_ones_never()
    {
        var statuses = await StatusesAsync(500, () => _site.Client.GetAsync("/api/v1/charts", token: "nonsense"));

        Assert.Equal((400, 100), (statuses.Count(status => status == 401), statuses.Count(status => status == 429)));
        Assert.Equal(200, (await _site.Client.GetAsync("/api/v1/charts")).Status);
    }

    [Fact]
    public async Task Who_floods_the_sign_in_of_a_hall_keeps_nobody_out_who_signed_in_there_before()
    {
        using var clerk = await SignedInAsync("clerk");
        using var stranger = new Visitor(_site.Url);
        // Forms without a seal are refused before any password is hashed, and count all the same.
        var tries = await StatusesAsync(130, async () => new Answer((int)(await stranger.PostAsync("/sign-in", ("name", "clerk"))).StatusCode, null, "", null!));

        // The clerk's browser was a stranger's when it first came.
        Assert.Equal((99, 31), (tries.Count(status => status == 400), tries.Count(status => status == 429)));
        Assert.Equal(302, (int)(await clerk.SignInAsync("clerk")).StatusCode);
        Assert.Equal(429, (int)(await stranger.PostAsync("/sign-in", ("name", "clerk"))).StatusCode);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(400, (int)(await stranger.PostAsync("/sign-in", ("name", "clerk"))).StatusCode);
    }

    [Fact]
    public async Task A_forged_mark_of_a_known_browser_is_worth_nothing()
    {
        using var stranger = new HttpClient { BaseAddress = _site.Url };
        stranger.DefaultRequestHeaders.Add("Cookie", "feedback-browser=CfDJ8" + new string('x', 100));

        var tries = await StatusesAsync(130, async () => new Answer((int)(await stranger.PostAsync("/sign-in", null)).StatusCode, null, "", null!));

        Assert.Equal(30, tries.Count(status => status == 429));
    }

    [Fact]
    public async Task Forged_signatures_use_up_no_share_of_the_terminal_that_they_name()
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = await EnrolAsync(own);

        var forged = await StatusesAsync(600, () => _site.Client.PushAsync(Some.Evaluation(_hall.Window).With(("signature", $"{key.Id}.{Base64Url.EncodeToString(new byte[64])}")), key: null));
        var signed = await StatusesAsync(BurstOfWindow + 10, () => _site.Client.PushAsync(Signed(own, key), key: null));

        Assert.Equal((400, 200), (forged.Count(status => status == 401), forged.Count(status => status == 429)));
        Assert.Equal((BurstOfWindow, 10), (signed.Count(status => status == 201), signed.Count(status => status == 429)));
    }

    [Theory]
    [InlineData("{", 400)]
    [InlineData("{}", 401)]
    [InlineData("[{},{}]", 401)]
    public async Task What_nobody_signed_uses_up_the_address_and_then_no_batch_without_a_key_is_looked_at_but_single_signed_ones_are(string body, int status)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = await EnrolAsync(own);

        var statuses = await StatusesAsync(410, () => _site.Client.PushAsync(body, key: null));

        Assert.Equal((400, 10), (statuses.Count(one => one == status), statuses.Count(one => one == 429)));
        Assert.Equal((429, "too-many-requests"), await _site.Client.PushAsync(Some.Array([Signed(own, key)]), key: null) is var batch ? (batch.Status, batch.Code) : default);
        Assert.Equal(201, (await _site.Client.PushAsync(Signed(own, key), key: null)).Status);
        Assert.Equal(1, (int)(await _site.Client.PushAsync(Some.Array([Some.Evaluation(_hall.Window)]))).Json["accepted"]!);
    }

    [Fact]
    public async Task Forged_rows_among_signed_ones_count_for_the_address()
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = await EnrolAsync(own);
        await StatusesAsync(399, () => _site.Client.PushAsync("{", key: null));

        var mixed = await _site.Client.PushAsync(Some.Array([Signed(own, key), Signed(own, key).With(("grade", 1))]), key: null);

        Assert.Equal((200, 1), (mixed.Status, (int)mixed.Json["accepted"]!));
        Assert.Equal(429, (await _site.Client.PushAsync("{", key: null)).Status);
    }

    private async Task<IssuedKey> EnrolAsync(ECDsa own)
    {
        var enrolment = _site.Service<Enrolment>();
        var code = await enrolment.IssueAsync(new NodeId(_hall.Window), null, [KeyAlgorithm.Es256], TimeSpan.FromHours(1), KeyActor.Verb);
        var (material, _) = KeyMaterial.Of(KeyAlgorithm.Es256, null, PublicKeyText.Of(own).Text);
        return (await enrolment.EnrolAsync(code.Letters, material!, null)).Key!;
    }

    private JsonObject Signed(ECDsa own, IssuedKey key)
    {
        var (id, at) = (Some.Id(), Wait.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        var text = string.Create(CultureInfo.InvariantCulture,
            $"feedback-signature-1\nkind:evaluation\nid:{id}\nsource:{key.Terminal}\nwindow:{_hall.Window}\nat:{at}\noffset:0\ngrade:5\norigin:active\nchannel:terminal\n");
        var signature = own.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return Some.Evaluation(_hall.Window, id: id, occurredAt: DateTimeOffset.FromUnixTimeMilliseconds(at).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture))
            .With(("source", key.Terminal), ("signature", $"{key.Id}.{Base64Url.EncodeToString(signature)}"));
    }

    private async Task<string> KeyAsync(string node) => (await _site.NewKeyAsync(KeyPurpose.Device, new NodeId(node))).Secret;

    private async Task<Visitor> SignedInAsync(string name)
    {
        await _site.Service<IAccounts>().CreateAsync(name, Visitor.PasswordOf(name), [new Grant(Role.HallManager, new NodeId(_hall.Id))]);
        var visitor = new Visitor(_site.Url);
        Assert.Equal(302, (int)(await visitor.SignInAsync(name)).StatusCode);
        return visitor;
    }

    private static async Task<int[]> StatusesAsync(int times, Func<Task<Answer>> ask)
    {
        var statuses = new List<int>();
        foreach (var some in Enumerable.Range(0, times).Chunk(20))
            statuses.AddRange((await Task.WhenAll(some.Select(_ => ask()))).Select(answer => answer.Status));
        return [.. statuses];
    }

    /// <summary>Listens to how many requests were refused, and why.</summary>
    private sealed class LimitCount : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly Dictionary<string, long> _counts = [];

        public LimitCount(IMeterFactory meters)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == RequestLimits.MeterName && instrument.Meter.Scope == meters)
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
            {
                lock (_counts)
                {
                    var what = Convert.ToString(tags[0].Value, CultureInfo.InvariantCulture)!;
                    _counts[what] = _counts.GetValueOrDefault(what) + count;
                }
            });
            _listener.Start();
        }

        public long Of(string what) => _counts.GetValueOrDefault(what);

        public void Dispose() => _listener.Dispose();
    }
}
