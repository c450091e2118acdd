using System.Text;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Keys;
using Feedback.Grains.Personal;
using Feedback.Seeds.Demo;
using Feedback.Seeds.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Feedback.Seeds.Tests.Keys;

public sealed class KeyIssueTests
{
    private readonly BureauInMemory _bureau = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-03-02T01:00:00Z"));

    private async Task<NodeId> DistrictAsync() =>
        (await DemoDistrict.EnsureAsync(_bureau, new PersonalCipher(BureauSecrets.Generate()), _clock)).District;

    [Fact]
    public async Task A_device_key_is_found_by_its_secret_and_only_its_hash_is_stored()
    {
        var district = await DistrictAsync();
        var secret = KeyIssue.NewSecret(KeyPurpose.Device);

        var key = await KeyIssue.DeviceKeyAsync(_bureau, district, secret, _clock);

        Assert.Equal(key, _bureau.Current.Keys.Find(secret));
        Assert.Equal((KeyPurpose.Device, district, "t1"), (key.Purpose, key.Scope, key.Terminal));
        Assert.All(_bureau.Texts, text => Assert.DoesNotContain(secret, Encoding.UTF8.GetString(text), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Issuing_the_same_secret_again_appends_nothing()
    {
        var district = await DistrictAsync();
        var secret = KeyIssue.NewSecret(KeyPurpose.Read);
        var first = await KeyIssue.ApiTokenAsync(_bureau, district, secret, _clock);
        var appended = _bureau.Events.Count;

        Assert.Equal(first, await KeyIssue.ApiTokenAsync(_bureau, district, secret, _clock));
        Assert.Equal(appended, _bureau.Events.Count);
    }

    [Fact]
    public async Task A_secret_serves_one_purpose_only()
    {
        var district = await DistrictAsync();
        var secret = KeyIssue.NewSecret(KeyPurpose.Read);
        await KeyIssue.ApiTokenAsync(_bureau, district, secret, _clock);

        var refused = await Assert.ThrowsAsync<KeyRefusedException>(() => KeyIssue.DeviceKeyAsync(_bureau, district, secret, _clock));

        Assert.DoesNotContain(secret, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_key_can_prove_an_old_terminal()
    {
        var district = await DistrictAsync();
        var old = await KeyIssue.DeviceKeyAsync(_bureau, district, KeyIssue.NewSecret(KeyPurpose.Device), _clock);

        var next = await KeyIssue.DeviceKeyAsync(_bureau, district, KeyIssue.NewSecret(KeyPurpose.Device), _clock, old.Terminal);

        Assert.Equal(old.Terminal, next.Terminal);
        Assert.NotEqual(old.Id, next.Id);
    }

    [Fact]
    public async Task A_revoked_key_stays_known_and_is_good_no_longer()
    {
        var district = await DistrictAsync();
        var secret = KeyIssue.NewSecret(KeyPurpose.Device);
        var key = await KeyIssue.DeviceKeyAsync(_bureau, district, secret, _clock);

        Assert.True(await KeyIssue.RevokeAsync(_bureau, key.Id, _clock));
        var appended = _bureau.Events.Count;
        Assert.True(await KeyIssue.RevokeAsync(_bureau, key.Id, _clock));

        Assert.True(_bureau.Current.Keys.Find(secret)!.Revoked);
        Assert.Equal(appended, _bureau.Events.Count);
        Assert.False(await KeyIssue.RevokeAsync(_bureau, "k99", _clock));
        await Assert.ThrowsAsync<KeyRefusedException>(() => KeyIssue.DeviceKeyAsync(_bureau, district, secret, _clock));
    }

    [Fact]
    public async Task An_unknown_node_or_a_short_secret_gets_no_key()
    {
        var district = await DistrictAsync();

        await Assert.ThrowsAsync<KeyRefusedException>(() =>
            KeyIssue.ApiTokenAsync(_bureau, new NodeId("n404"), KeyIssue.NewSecret(KeyPurpose.Read), _clock));
        await Assert.ThrowsAsync<ArgumentException>(() => KeyIssue.ApiTokenAsync(_bureau, district, "short", _clock));
    }

    [Fact]
    public void A_secret_tells_its_purpose_and_has_256_random_bits()
    {
        var secrets = Enumerable.Range(0, 100).Select(_ => KeyIssue.NewSecret(KeyPurpose.Device)).ToList();

        Assert.Equal(100, secrets.Distinct().Count());
        Assert.All(secrets, secret => Assert.Matches("^fbd_[A-Za-z0-9_-]{43}$", secret));
        Assert.StartsWith("fbr_", KeyIssue.NewSecret(KeyPurpose.Read), StringComparison.Ordinal);
    }
}
