using System.Text;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Keys;
using Feedback.Domain.Matters;
using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;
using Feedback.Grains.Keys;
using Xunit;

namespace Feedback.Api.Tests.Terminals;

[Collection(OneSite.Name)]
public sealed class SignedEventTests(RunningSite site)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Theory]
    [InlineData(KeyAlgorithm.HmacSha256)]
    [InlineData(KeyAlgorithm.Es256)]
    public async Task A_signed_evaluation_needs_no_key_beside_it_and_keeps_its_signature_for_good(KeyAlgorithm algorithm)
    {
        var hall = await site.NewHallAsync();
        using var terminal = await SigningTerminal.IssuedAsync(site, hall.Window, algorithm);
        var full = Full(hall.Window);

        var answer = await PushAsync(terminal.Sign(full));

        Assert.Equal((201, (string?)full["id"]), (answer.Status, (string?)answer.Json["id"]));
        var stored = Assert.IsType<EvaluationAccepted>(Assert.Single(await StoredAsync(hall.Window)));
        var sent = (string)terminal.Sign(full)["signature"]!;
        Assert.Equal((terminal.Terminal, terminal.Key, terminal.Terminal), (stored.Admission.Terminal, stored.Admission.Key, stored.Evaluation.Source));
        Assert.Empty(stored.Admission.Flags.Except([Admissions.UncataloguedFlag, Admissions.UnattributedFlag]));
        if (algorithm == KeyAlgorithm.HmacSha256)
            Assert.Equal(sent, $"{stored.Admission.Key}.{stored.Admission.Signature}");
        // From the journal alone, with the matter's number and the comment that lie beside it.
        var claim = new EvaluationClaim(stored.Evaluation, (string)full["matter"]!, (string)full["comment"]!);
        Assert.True(Signature.TryParse($"{stored.Admission.Key}.{stored.Admission.Signature}", out var signature));
        var key = site.Bureau.Current.Keys.FindById(signature.Key)!;
        Assert.True(site.Service<SignatureCheck>().IsRight(key, claim, signature));
        Assert.False(site.Service<SignatureCheck>().IsRight(key, claim with { Comment = "another" }, signature));
    }

    [Fact]
    public async Task A_signed_matter_needs_no_key_beside_it_and_keeps_its_signature()
    {
        var hall = await site.NewHallAsync();
        using var terminal = await SigningTerminal.IssuedAsync(site, hall.Window, KeyAlgorithm.Es256);

        var answer = await PushAsync(terminal.Sign(Some.Matter(hall.Window).With(("serviceItem", "permit"), ("staff", "s-1"))), Client.Matters);

        Assert.Equal(201, answer.Status);
        Assert.Equal(86, Assert.IsType<MatterFinished>(Assert.Single(await StoredAsync(hall.Window))).Admission.Signature!.Length);
    }

    [Fact]
    public async Task A_signed_evaluation_comes_in_a_CloudEvent_too()
    {
        var hall = await site.NewHallAsync();
        using var terminal = await SigningTerminal.IssuedAsync(site, hall.Window);
        var cloudEvent = Some.CloudEvent(hall.Window);
        var data = cloudEvent["data"]!.AsObject();
        var signed = terminal.Sign(data.With(("id", (string)cloudEvent["id"]!), ("source", (string)cloudEvent["source"]!), ("occurredAt", (string)cloudEvent["time"]!)));

        var answer = await site.Client.PushAsync(cloudEvent.With(("data", data.With(("signature", (string)signed["signature"]!)))), mediaType: "application/cloudevents+json", key: null);

        Assert.Equal(201, answer.Status);
    }

    [Fact]
    public async Task A_replay_returns_the_first_receipt_and_counts_once()
    {
        var hall = await site.NewHallAsync();
        using var terminal = await SigningTerminal.IssuedAsync(site, hall.Window, KeyAlgorithm.Es256);
        var evaluation = Some.Evaluation(hall.Window);
        var (first, again, signedAnew) = (await PushAsync(terminal.Sign(evaluation)), await PushAsync(terminal.Sign(evaluation)), await PushAsync(terminal.Sign(evaluation)));

        Assert.Equal((201, 200, 200), (first.Status, again.Status, signedAnew.Status));
        Assert.Equal((first.Text, first.Text), (again.Text, signedAnew.Text));
        Assert.Equal(1, await site.Client.CountAsync(hall.Window));
    }

    [Theory]
    [InlineData(Client.Evaluations)]
    [InlineData(Client.Matters)]
    public async Task Something_else_under_the_same_id_is_a_conflict_however_well_it_is_signed(string path)
    {
        var hall = await site.NewHallAsync();
        using var terminal = await SigningTerminal.IssuedAsync(site, hall.Window);
        var body = path == Client.Evaluations ? Some.Evaluation(hall.Window) : Some.Matter(hall.Window);
        await PushAsync(terminal.Sign(body), path);

        var other = await PushAsync(terminal.Sign(body.With(("staff", "s-9"))), path);

        Assert.Equal((409, "conflict"), (other.Status, other.Code));
    }

    [Fact]
    public async Task Every_member_is_signed()
    {
        var hall = await site.NewHallAsync(windows: 2);
        using var terminal = await SigningTerminal.IssuedAsync(site, hall.Id);
        var signed = terminal.Sign(Full(hall.Window));
        (string, JsonNode?)[] others =
        [
            ("id", "other"), ("source", "other"), ("window", hall.Windows[1]), ("occurredAt", Some.Time(Hour)), ("grade", 1), ("origin", "callback"),
            ("dimensions", new JsonObject { ["attitude"] = 1 }), ("serviceItem", "other"), ("staff", "other"), ("channel", "qr"),
            ("reasons", new JsonArray("other")), ("language", "en"), ("matter", "other"), ("comment", "other"), ("comment", null),
        ];
        foreach (var (name, value) in others)
        {
            var answer = await PushAsync(signed.With((name, value)));
            Assert.Equal((name, 401, "signature-wrong", "signature"), (name, answer.Status, answer.Code, answer.Field));
        }

        Assert.Equal(0, await site.Client.CountAsync(hall.Id));
        Assert.Equal(201, (await PushAsync(signed)).Status);
    }

    [Fact]
    public async Task The_key_of_another_hall_pushes_nothing_here_and_learns_nothing()
    {
        var (mine, other) = (await site.NewHallAsync(), await site.NewHallAsync());
        using var terminal = await SigningTerminal.IssuedAsync(site, other.Id);

        var foreign = await PushAsync(terminal.Sign(Some.Evaluation(mine.Window)));
        var missing = await PushAsync(terminal.Sign(Some.Evaluation("n999999")));

        Assert.Equal((404, "window-unknown", "window"), (foreign.Status, foreign.Code, foreign.Field));
        Assert.Equal(missing.Text.Replace("n999999", "…", StringComparison.Ordinal), foreign.Text.Replace(mine.Window, "…", StringComparison.Ordinal));
        // Nor does a signature made up tell apart what there is.
        foreach (var window in new[] { other.Window, mine.Window, "n999999" })
            Assert.Equal((401, "signature-wrong"), await CodeAsync(terminal.Sign(Some.Evaluation("n1")).With(("window", window))));
    }

    [Fact]
    public async Task A_signature_that_is_none_or_by_nobody_is_refused_by_name()
    {
        var hall = await site.NewHallAsync();
        using var terminal = await SigningTerminal.IssuedAsync(site, hall.Window);
        var (plainKey, _) = await site.NewKeyAsync(KeyPurpose.Device, new NodeId(hall.Id));
        var (token, _) = await site.NewKeyAsync(KeyPurpose.Read, new NodeId(hall.Id));
        var signed = terminal.Sign(Some.Evaluation(hall.Window));
        var bytes = ((string)signed["signature"]!)[(terminal.Key.Length + 1)..];

        foreach (var text in new[] { bytes, "k1." + bytes + "=", "nonsense", "k0." + bytes })
            Assert.Equal((400, "signature-malformed", "signature"), await AnswerAsync(signed.With(("signature", text))));
        Assert.Equal((400, "text-expected", "signature"), await AnswerAsync(signed.With(("signature", 7))));
        foreach (var key in new[] { "k999999", plainKey, token })
            Assert.Equal((401, "signing-key-unknown", "signature"), await AnswerAsync(signed.With(("signature", $"{key}.{bytes}"))));
        Assert.Equal((401, "key-missing", null), await AnswerAsync(signed.With(("signature", null))));

        async Task<(int, string?, string?)> AnswerAsync(JsonObject body) => await PushAsync(body) is var answer ? (answer.Status, answer.Code, answer.Field) : default;
    }

    [Fact]
    public async Task An_expired_key_signs_nothing_that_is_made_after_its_end()
    {
        var hall = await site.NewHallAsync();
        using var terminal = await SigningTerminal.IssuedAsync(site, hall.Window, ago: 10 * Day, endedAgo: Day);

        Assert.Equal((401, "signing-key-expired"), await CodeAsync(terminal.Sign(Some.Evaluation(hall.Window))));
        Assert.Equal((401, "signing-key-expired"), await CodeAsync(terminal.Sign(Some.Evaluation(hall.Window, occurredAt: Some.Time(Day - Hour)))));
    }

    [Fact]
    public async Task An_offline_event_is_held_to_the_key_that_was_good_when_it_was_made()
    {
        var hall = await site.NewHallAsync();
        using var terminal = await SigningTerminal.IssuedAsync(site, hall.Window, ago: 10 * Day, endedAgo: Day);

        Assert.Equal((201, null), await CodeAsync(terminal.Sign(Some.Evaluation(hall.Window, occurredAt: Some.Time(2 * Day)))));
        Assert.Equal((401, "signing-key-early"), await CodeAsync(terminal.Sign(Some.Evaluation(hall.Window, occurredAt: Some.Time(11 * Day)))));
        Assert.Equal<string>([SigningTime.EndedKeyFlag], Assert.IsType<EvaluationAccepted>(Assert.Single(await StoredAsync(hall.Window))).Admission.Flags);
    }

    [Fact]
    public async Task An_event_from_before_a_revocation_that_comes_in_after_it_counts_and_is_marked_for_review()
    {
        var hall = await site.NewHallAsync();
        using var terminal = await SigningTerminal.IssuedAsync(site, hall.Window, ago: 10 * Day);
        await KeyIssue.RevokeAsync(site.Bureau, terminal.Key, site.Clock);

        Assert.Equal((201, null), await CodeAsync(terminal.Sign(Some.Evaluation(hall.Window, occurredAt: Some.Time(Hour)))));

        Assert.Equal<string>([SigningTime.BeforeRevocationFlag], Assert.IsType<EvaluationAccepted>(Assert.Single(await StoredAsync(hall.Window))).Admission.Flags);
        var figures = await site.Client.FiguresAsync(hall.Window);
        Assert.Equal((1, 1), (await site.Client.CountAsync(hall.Window), (int)figures["flags"]![SigningTime.BeforeRevocationFlag]!));
    }

    [Fact]
    public async Task An_event_from_after_a_revocation_is_refused()
    {
        var hall = await site.NewHallAsync();
        using var terminal = await SigningTerminal.IssuedAsync(site, hall.Window, ago: 10 * Day);
        await KeyIssue.RevokeAsync(site.Bureau, terminal.Key, site.Clock);

        Assert.Equal((401, "signing-key-revoked"), await CodeAsync(terminal.Sign(Some.Evaluation(hall.Window))));
        // A clock far off proves nothing.
        Assert.Equal((401, "signing-key-revoked"), await CodeAsync(terminal.Sign(Some.Evaluation(hall.Window, occurredAt: "2001-01-01T00:00:00Z"))));
    }

    [Fact]
    public async Task In_a_batch_each_row_stands_for_itself()
    {
        var hall = await site.NewHallAsync(windows: 2);
        using var one = await SigningTerminal.IssuedAsync(site, hall.Windows[0]);
        using var other = await SigningTerminal.IssuedAsync(site, hall.Windows[1], KeyAlgorithm.Es256);
        JsonObject[] rows =
        [
            one.Sign(Some.Evaluation(hall.Windows[0])), other.Sign(Some.Evaluation(hall.Windows[1])),
            one.Sign(Some.Evaluation(hall.Windows[1])), Some.Evaluation(hall.Windows[0]),
        ];

        var answer = (await site.Client.PushAsync(Some.Array(rows), key: null)).Json;

        Assert.Equal((2, "window-unknown", "key-missing"),
            ((int)answer["accepted"]!, (string?)answer["rejected"]![0]!["problem"]!["code"], (string?)answer["rejected"]![1]!["problem"]!["code"]));
        Assert.Equal([one.Terminal, other.Terminal], (await StoredAsync(hall.Windows[0])).Concat(await StoredAsync(hall.Windows[1])).Cast<EvaluationAccepted>().Select(e => e.Admission.Terminal));
    }

    [Fact]
    public async Task After_a_forged_row_no_other_row_of_its_key_is_looked_at_and_those_may_be_sent_again()
    {
        var hall = await site.NewHallAsync(windows: 2);
        using var one = await SigningTerminal.IssuedAsync(site, hall.Windows[0], KeyAlgorithm.Es256);
        using var other = await SigningTerminal.IssuedAsync(site, hall.Windows[1]);
        var good = one.Sign(Some.Evaluation(hall.Windows[0]));
        JsonObject[] rows =
        [
            one.Sign(Some.Evaluation(hall.Windows[0])), one.Sign(Some.Evaluation(hall.Windows[0])).With(("grade", 1)), good, other.Sign(Some.Evaluation(hall.Windows[1])),
        ];

        var answer = (await site.Client.PushAsync(Some.Array(rows), key: null)).Json;

        var (forged, unread) = (answer["rejected"]![0]!["problem"]!, answer["rejected"]![1]!["problem"]!);
        Assert.Equal((2, "signature-wrong", "signature-unchecked"), ((int)answer["accepted"]!, (string?)forged["code"], (string?)unread["code"]));
        Assert.Equal((false, true), (forged["retryable"] is not null, (bool)unread["retryable"]!));
        Assert.Equal(201, (await PushAsync(good.DeepClone().AsObject())).Status);

        // Which row is to be left out is told also where none was taken.
        var none = (await site.Client.PushAsync(Some.Array([one.Sign(Some.Evaluation(hall.Windows[0])).With(("grade", 1)), one.Sign(Some.Evaluation(hall.Windows[0]))]), key: null)).Json;
        Assert.Equal(["signature-wrong", "signature-unchecked"], none["rejected"]!.AsArray().Select(row => (string?)row!["problem"]!["code"]));
    }

    [Fact]
    public async Task A_row_signed_by_one_terminal_may_be_handed_in_by_another()
    {
        var hall = await site.NewHallAsync();
        using var terminal = await SigningTerminal.IssuedAsync(site, hall.Window);

        Assert.Equal(201, (await site.Client.PushAsync(terminal.Sign(Some.Evaluation(hall.Window)))).Status);

        Assert.Equal(terminal.Terminal, Assert.IsType<EvaluationAccepted>(Assert.Single(await StoredAsync(hall.Window))).Admission.Terminal);
    }

    [Fact]
    public async Task A_terminal_that_signs_is_believed_nothing_that_it_does_not_sign()
    {
        var hall = await site.NewHallAsync();
        using var terminal = await SigningTerminal.IssuedAsync(site, hall.Window);

        var answer = await site.Client.PushAsync(Some.Evaluation(hall.Window), key: terminal.Secret);

        Assert.Equal((401, "signature-required"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_database_alone_forges_nothing()
    {
        var hall = await site.NewHallAsync();
        using var terminal = await SigningTerminal.IssuedAsync(site, hall.Window);
        var rows = await site.Service<IJournal>().ReadAsync(StreamName.Keys, 0, 10_000);

        Assert.All(rows, row => Assert.DoesNotContain(terminal.Secret, Encoding.UTF8.GetString(row.Events.Span), StringComparison.Ordinal));
    }

    private Task<Answer> PushAsync(JsonObject body, string path = Client.Evaluations) => site.Client.PushAsync(body, path, key: null);

    private async Task<(int, string?)> CodeAsync(JsonObject body) =>
        await PushAsync(body) is var answer && answer.Status < 300 ? (answer.Status, null) : (answer.Status, answer.Code);

    private async Task<IReadOnlyList<JournalEvent>> StoredAsync(string window) =>
    [
        .. (await site.Service<IJournal>().ReadAsync(StreamName.Window(new NodeId(window)), 0, 1000)).SelectMany(EventText.Read).Select(one => one.Happened),
    ];

    private static JsonObject Full(string window) => Some.Evaluation(window).With(
        ("dimensions", new JsonObject { ["attitude"] = 4 }), ("serviceItem", "permit"), ("staff", "s-1"), ("reasons", new JsonArray("slow", "态度")),
        ("language", "zh-CN"), ("matter", Some.Id()), ("comment", "办得快。\nThanks!"));
}
