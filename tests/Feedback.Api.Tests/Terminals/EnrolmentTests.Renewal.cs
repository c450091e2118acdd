using System.Text;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Journal;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Journal;
using Feedback.Grains.Keys;
using Xunit;

namespace Feedback.Api.Tests.Terminals;

/// <content>New keys for terminals that have one, and what ends keys and codes.</content>
public sealed partial class EnrolmentTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("hmac-sha256")]
    public async Task Rotation_overlaps_by_a_day(string algorithm)
    {
        var hall = await site.NewHallAsync();
        using var desk = await SecurityDesk.OpenAsync(site);
        var enrolled = await EnrolAsync(await desk.CodeAsync(hall.Window, algorithm), algorithm);
        var (old, terminal) = ((string)enrolled.Json["key"]!, (string)enrolled.Json["terminal"]!);
        var next = KeyIssue.NewSecret(KeyPurpose.Device);

        var renewed = await RenewAsync(enrolled, algorithm, next);

        Assert.Equal((200, terminal), (renewed.Status, (string?)renewed.Json["terminal"]));
        Assert.NotEqual(old, (string?)renewed.Json["key"]);
        var now = site.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var (ends, minute) = (site.Bureau.Current.Keys.FindById(old)!.Expires!.Value, 60_000);
        Assert.InRange(ends, now + Enrolment.Overlap.TotalMilliseconds - minute, now + Enrolment.Overlap.TotalMilliseconds);
        // Both are good until then.
        foreach (var (key, secret) in new[] { (old, (string)enrolled.Json["secret"]!), ((string)renewed.Json["key"]!, next) })
        {
            var evaluation = Some.Evaluation(hall.Window);
            using var sender = SigningTerminal.OfSecret(key, terminal, secret);
            Assert.Equal(201, (algorithm == "plain" ? await site.Client.PushAsync(evaluation, key: secret) : await PushAsync(sender.Sign(evaluation))).Status);
        }
    }

    [Fact]
    public async Task Renewing_again_finds_the_same_key_and_no_other()
    {
        var hall = await site.NewHallAsync();
        using var desk = await SecurityDesk.OpenAsync(site);
        var enrolled = await EnrolAsync(await desk.CodeAsync(hall.Window), "hmac-sha256");
        var next = KeyIssue.NewSecret(KeyPurpose.Device);

        var (first, again) = (await RenewAsync(enrolled, "hmac-sha256", next), await RenewAsync(enrolled, "hmac-sha256", next));

        Assert.Equal((200, first.Text), (again.Status, again.Text));
        Assert.Equal((409, "key-renewed"), await CodeOf(RenewAsync(enrolled, "hmac-sha256", KeyIssue.NewSecret(KeyPurpose.Device))));
        Assert.Equal((403, "algorithm-refused"), await CodeOf(RenewAsync(enrolled, "plain", KeyIssue.NewSecret(KeyPurpose.Device))));
    }

    [Fact]
    public async Task A_secret_of_another_key_is_nobodys_next_key()
    {
        var hall = await site.NewHallAsync();
        using var desk = await SecurityDesk.OpenAsync(site);
        var (one, other) = (await EnrolAsync(await desk.CodeAsync(hall.Window), "hmac-sha256"), await EnrolAsync(await desk.CodeAsync(hall.Window), "hmac-sha256"));

        Assert.Equal((409, "key-taken"), await CodeOf(RenewAsync(one, "hmac-sha256", (string)other.Json["secret"]!)));
        Assert.Equal((409, "key-taken"), await CodeOf(EnrolAsync(await desk.CodeAsync(hall.Window), "hmac-sha256", (string)other.Json["secret"]!)));
    }

    [Fact]
    public async Task A_terminal_that_comes_with_a_code_loses_its_old_keys_a_day_later()
    {
        var hall = await site.NewHallAsync();
        using var desk = await SecurityDesk.OpenAsync(site);
        var enrolled = await EnrolAsync(await desk.CodeAsync(hall.Window), "hmac-sha256");
        var (terminal, next) = ((string)enrolled.Json["terminal"]!, KeyIssue.NewSecret(KeyPurpose.Device));
        var renewed = await RenewAsync(enrolled, "hmac-sha256", next);
        var ended = site.Bureau.Current.Keys.FindById((string)enrolled.Json["key"]!)!;
        var code = (string)(await desk.PostAsync("/api/v1/enrolment-codes", new JsonObject { ["terminal"] = terminal })).Json["codes"]![0]!["letters"]!;

        var again = await EnrolAsync(code, "hmac-sha256");

        var keys = site.Bureau.Current.Keys.OfTerminal(terminal).ToList();
        Assert.Equal([ended.Id, (string?)renewed.Json["key"], (string?)again.Json["key"]], keys.Select(key => key.Id));
        // The one that was replaced before ends as was said then, and is asked for again by the same material.
        Assert.Equal((ended, keys[2].Id), (keys[0], keys[1].ReplacedBy));
        Assert.Equal(keys[2].From + (long)Enrolment.Overlap.TotalMilliseconds, keys[1].Expires);
        Assert.Null(keys[2].Expires);
        Assert.Equal((200, keys[1].Id), await RenewAsync(enrolled, "hmac-sha256", next) is var answer ? (answer.Status, (string?)answer.Json["key"]) : default);
    }

    [Fact]
    public async Task Only_a_renewal_that_happens_is_recorded_as_one()
    {
        var hall = await site.NewHallAsync();
        using var desk = await SecurityDesk.OpenAsync(site);
        var enrolled = await EnrolAsync(await desk.CodeAsync(hall.Window), "hmac-sha256");
        var next = KeyIssue.NewSecret(KeyPurpose.Device);

        Assert.Equal(403, (await RenewAsync(enrolled, "plain", KeyIssue.NewSecret(KeyPurpose.Device))).Status);
        Assert.Equal(200, (await RenewAsync(enrolled, "hmac-sha256", next)).Status);
        Assert.Equal(200, (await RenewAsync(enrolled, "hmac-sha256", next)).Status);
        Assert.Equal(409, (await RenewAsync(enrolled, "hmac-sha256", KeyIssue.NewSecret(KeyPurpose.Device))).Status);

        var rows = await site.Service<IJournal>().ReadAsync(StreamName.Audit, 0, 100_000);
        var mine = $"\"terminal:{(string)enrolled.Json["terminal"]!}\"";
        Assert.Single(rows, row => Encoding.UTF8.GetString(row.Events.Span) is var text
            && text.Contains(mine, StringComparison.Ordinal) && text.Contains("\"key.issued\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_terminal_outlives_its_keys()
    {
        var hall = await site.NewHallAsync();
        using var desk = await SecurityDesk.OpenAsync(site);
        var enrolled = await EnrolAsync(await desk.CodeAsync(hall.Window), "hmac-sha256");
        var terminal = (string)enrolled.Json["terminal"]!;
        var before = (string)(await desk.PostAsync("/api/v1/enrolment-codes", new JsonObject { ["terminal"] = terminal })).Json["codes"]![0]!["letters"]!;

        Assert.Equal((200, 1), await desk.PostAsync($"/api/v1/terminals/{terminal}/revoke") is var (status, json) ? (status, (int)json["revoked"]!) : default);
        // What was handed out before does not bring it back.
        Assert.Equal((400, "code-refused"), await CodeOf(EnrolAsync(before, "hmac-sha256")));
        var after = (string)(await desk.PostAsync("/api/v1/enrolment-codes", new JsonObject { ["terminal"] = terminal })).Json["codes"]![0]!["letters"]!;

        Assert.Equal((terminal, hall.Window), await EnrolAsync(after, "hmac-sha256") is var again ? ((string?)again.Json["terminal"], (string?)again.Json["node"]) : default);
    }

    [Fact]
    public async Task A_terminal_that_is_revoked_twice_does_not_come_back_by_the_code_in_between()
    {
        var hall = await site.NewHallAsync();
        using var desk = await SecurityDesk.OpenAsync(site);
        var terminal = (string)(await EnrolAsync(await desk.CodeAsync(hall.Window), "hmac-sha256")).Json["terminal"]!;
        await desk.PostAsync($"/api/v1/terminals/{terminal}/revoke");
        var between = (string)(await desk.PostAsync("/api/v1/enrolment-codes", new JsonObject { ["terminal"] = terminal })).Json["codes"]![0]!["letters"]!;

        Assert.Equal((200, 0), await desk.PostAsync($"/api/v1/terminals/{terminal}/revoke") is var (status, json) ? (status, (int)json["revoked"]!) : default);

        Assert.Equal((400, "code-refused"), await CodeOf(EnrolAsync(between, "hmac-sha256")));
    }

    [Fact]
    public async Task A_code_that_was_revoked_opens_nothing_and_one_that_was_used_keeps_its_key()
    {
        var hall = await site.NewHallAsync();
        using var desk = await SecurityDesk.OpenAsync(site, new NodeId(hall.Id));
        var (lost, used) = (await desk.CodeAsync(hall.Window), await desk.CodeAsync(hall.Window));
        var secret = KeyIssue.NewSecret(KeyPurpose.Device);
        var key = await EnrolAsync(used, "hmac-sha256", secret);

        foreach (var code in site.Bureau.Current.Keys.Codes.Where(code => code.Scope.Value == hall.Window).ToList())
            Assert.Equal((200, code.Id), await desk.PostAsync($"/api/v1/enrolment-codes/{code.Id}/revoke") is var (status, json) ? (status, (string?)json["id"]) : default);

        Assert.Equal((400, "code-refused"), await CodeOf(EnrolAsync(lost, "hmac-sha256")));
        Assert.Equal((200, key.Text), await EnrolAsync(used, "hmac-sha256", secret) is var again ? (again.Status, again.Text) : default);
        Assert.Empty((await desk.GetAsync("/api/v1/terminals")).Json["openCodes"]!.AsArray());
    }
}
