using System.Collections.Immutable;
using System.Text;
using Feedback.Domain.Platform;
using Feedback.Grains.Notices;
using Feedback.Grains.Platform;
using Feedback.Silo.Notices;
using Feedback.Silo.Platform;
using Xunit;

namespace Feedback.Api.Tests.Platform;

/// <summary>What reaches the platform, and what of its answers is believed.</summary>
public sealed class PlatformCarrierTests
{
    private static readonly ImmutableArray<byte> Key = [.. Enumerable.Repeat((byte)7, 32)];
    private static readonly byte[] Body = """{"items":[]}"""u8.ToArray();

    [Fact]
    public async Task Items_arrive_with_their_key_their_token_and_their_signature()
    {
        await using var receiver = await PlatformReceiver.StartAsync();
        using var carrier = Carrier(receiver);

        var answer = await carrier.SendAsync(Body, "k1", 1614265330, default);

        var (path, headers, body) = Assert.Single(receiver.Heard);
        Assert.Equal((200, true), (answer.Status, answer.IsTaken));
        Assert.Equal(("POST /api/items", "{\"items\":[]}"), (path, body));
        Assert.Equal(("\"k1\"", "Bearer secret", "application/json; charset=utf-8"), (headers["Idempotency-Key"].ToString(), headers.Authorization.ToString(), headers.ContentType.ToString()));
        Assert.Equal(HookSignature.Sign([Key], "k1", 1614265330, Body), headers["webhook-signature"].ToString());
    }

    [Theory]
    [InlineData("""{"rejected":[{"id":"n1-1","reason":"no"},{"id":7},{"reason":"of nobody"},"n1-2"]}""", "n1-1: no; 7: ")]
    [InlineData("""{"rejected":{"id":"n1-1"}}""", "")]
    [InlineData("""{"rejected":[{"id":null}]}""", "")]
    [InlineData("OK", "")]
    [InlineData("", "")]
    [InlineData("[]", "")]
    [InlineData("""{"rejected":[{"id":"n1-1","reason":"\ud800"},{"id":"\ud800","reason":"no"},{"id":"n1-2","reas\udfff":"no"}]}""", "n1-1: ; n1-2: ")]
    [InlineData("""{"rejec\ud800ted":[{"id":"n1-1"}]}""", "")]
    public async Task Items_that_the_answer_names_are_told_and_everything_else_is_passed_over(string answer, string told)
    {
        await using var receiver = await PlatformReceiver.StartAsync();
        receiver.Answers = _ => (422, answer);
        using var carrier = Carrier(receiver);

        var heard = await carrier.SendAsync(Body, "k1", 0, default);

        Assert.Equal((422, told), (heard.Status, string.Join("; ", heard.Rejected.Select(one => $"{one.Id}: {one.Reason}"))));
    }

    [Fact]
    public async Task An_answer_that_is_no_UTF_8_still_names_the_items_that_it_names()
    {
        await using var receiver = await PlatformReceiver.StartAsync();
        receiver.Encoding = Encoding.Latin1;
        receiver.Answers = _ => (422, """{"rejected":[{"id":"n1-1","reason":"refusé"},{"id":"é"},{"id":"n1-2","reason":"no"}]}""");
        using var carrier = Carrier(receiver);

        var heard = await carrier.SendAsync(Body, "k1", 0, default);

        Assert.Equal([new ItemRejection("n1-1", ""), new ItemRejection("n1-2", "no")], heard.Rejected.AsEnumerable());
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_its_end()
    {
        await using var receiver = await PlatformReceiver.StartAsync();
        receiver.Answers = _ => (200, new string(' ', 2 << 20));
        using var carrier = Carrier(receiver);

        await Assert.ThrowsAsync<DeliveryException>(() => carrier.SendAsync(Body, "k1", 0, default));
    }

    [Fact]
    public async Task Who_waits_no_longer_hangs_up()
    {
        await using var receiver = await PlatformReceiver.StartAsync();
        receiver.Hangs = true;
        using var carrier = Carrier(receiver);
        using var patience = new CancellationTokenSource();

        var sending = carrier.SendAsync(Body, "k1", 0, patience.Token);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task Counts_are_asked_for_by_day_and_read_by_the_names_of_the_file()
    {
        await using var receiver = await PlatformReceiver.StartAsync();
        receiver.Answers = _ => (200, """{"total":12,"other":"x"}""");
        using var carrier = Carrier(receiver);

        var counts = await carrier.CountsAsync(new DateOnly(2026, 3, 2), default);

        Assert.Equal("GET /api/counts?date=2026-03-02", Assert.Single(receiver.Heard).Path);
        Assert.Equal([KeyValuePair.Create(PlatformKind.Evaluations, 12L)], counts);
    }

    [Theory]
    [InlineData(200, """{"total":"12"}""")]
    [InlineData(200, """{"total":-1}""")]
    [InlineData(200, "{}")]
    [InlineData(200, "<html>")]
    [InlineData(200, """{"tota\ud800l":12}""")]
    [InlineData(404, """{"total":12}""")]
    public async Task What_are_no_counts_are_none(int status, string body)
    {
        await using var receiver = await PlatformReceiver.StartAsync();
        receiver.Answers = _ => (status, body);
        using var carrier = Carrier(receiver);

        await Assert.ThrowsAsync<DeliveryException>(() => carrier.CountsAsync(new DateOnly(2026, 3, 2), default));
    }

    [Fact]
    public async Task This_machine_and_our_own_network_are_reached_only_where_that_is_meant_so()
    {
        await using var receiver = await PlatformReceiver.StartAsync();
        using var carrier = Carrier(receiver, allowPrivate: false);

        await Assert.ThrowsAsync<DeliveryException>(() => carrier.SendAsync(Body, "k1", 0, default));

        Assert.Empty(receiver.Heard);
    }

    private static PlatformCarrier Carrier(PlatformReceiver receiver, bool allowPrivate = true) => new(
        new PlatformSettings
        {
            Items = new Uri(receiver.Url + "/api/items"),
            AllowPrivate = allowPrivate,
            Token = [.. Encoding.UTF8.GetBytes("secret")],
            Keys = [Key],
            Counts = new PlatformCounts(new Uri(receiver.Url + "/api/counts"), "date", ImmutableDictionary<PlatformKind, string>.Empty.Add(PlatformKind.Evaluations, "total"), 2),
        },
        OutsideAddresses.OfThisMachine());
}
