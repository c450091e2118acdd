using Feedback.Domain.Journal;
using Feedback.Domain.Personal;
using Feedback.Grains.Personal;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Windows;
using Xunit;

namespace Feedback.Grains.Tests.Personal;

public sealed class MasterKeyTests
{
    [Fact]
    public void What_an_older_master_key_wrapped_is_read_with_the_newer_and_new_text_is_wrapped_by_the_newer()
    {
        var first = BureauSecrets.Generate();
        var second = BureauSecrets.Parse(first.WithNewMaster().ToText());
        var (old, oldTexts) = new PersonalCipher(first).Seal(1, (PersonalKind.Comment, "before"));
        var (young, youngTexts) = new PersonalCipher(second).Seal(2, (PersonalKind.Comment, "after"));

        Assert.Equal((1, 2), (old.MasterVersion, young.MasterVersion));
        Assert.Equal(("before", "after"), (new PersonalCipher(second).Open(oldTexts[0], old), new PersonalCipher(second).Open(youngTexts[0], young)));
        Assert.Equal(new PersonalCipher(first).HashMatter("m-1"), new PersonalCipher(second).HashMatter("m-1"));
        Assert.Equal(first.KeyFor("session keys"), second.KeyFor("session keys"));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => new PersonalCipher(first).Open(youngTexts[0], young));
    }

    [Fact]
    public void A_version_that_was_added_meanwhile_is_read_from_the_file()
    {
        var first = BureauSecrets.Generate();
        var second = first.WithNewMaster();
        var (young, texts) = new PersonalCipher(second).Seal(2, (PersonalKind.Comment, "after"));
        var masters = new FileMasterKeys(first, () => second);

        Assert.Equal("after", new PersonalCipher(masters, first).Open(texts[0], young));
        Assert.Equal(2, masters.NewestVersion);
    }

    [Fact]
    public void A_rewrapped_data_key_opens_the_same_text_and_only_at_its_place()
    {
        var second = BureauSecrets.Generate().WithNewMaster();
        var third = second.WithNewMaster();
        var (key, texts) = new PersonalCipher(second).Seal(1, (PersonalKind.Comment, "text"));

        var rewrapped = new PersonalCipher(third).Rewrap(key);

        Assert.Equal((3, "text"), (rewrapped.MasterVersion, new PersonalCipher(third).Open(texts[0], rewrapped)));
        Assert.NotEqual(key.Wrapped, rewrapped.Wrapped);
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => new PersonalCipher(second).Rewrap(key with { Subject = texts[0].Ref }));
    }

    [Theory]
    [InlineData("master 1 AAAA\nmatter AAAA")]
    [InlineData("matter {0}")]
    [InlineData("master 1 {0}")]
    [InlineData("master 1 {0}\nmaster 1 {0}\nmatter {0}")]
    [InlineData("master 0 {0}\nmatter {0}")]
    [InlineData("master x {0}\nmatter {0}")]
    [InlineData("master 1 {0}\nmatter {0}\nanything")]
    public void A_damaged_file_is_refused(string text) => Assert.Throws<FormatException>(
        () => BureauSecrets.Parse(text.Replace("{0}", Convert.ToBase64String(new byte[BureauSecrets.KeyLength]), StringComparison.Ordinal)));

    [Fact]
    public void A_file_without_the_first_master_key_is_refused_and_told_why()
    {
        var without = string.Join('\n', BureauSecrets.Generate().WithNewMaster().ToText().Split('\n').Where(line => !line.StartsWith("master 1 ", StringComparison.Ordinal)));

        Assert.Contains("second factors", Assert.Throws<FormatException>(() => BureauSecrets.Parse(without)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_master_keys_cannot_be_reached_text_is_refused_for_now_and_stored_in_no_form()
    {
        var site = new Site();
        var keys = new UnreachableKeys(site.Secrets);
        site.Masters = keys;
        await using var open = site;
        var silo = await site.StartAsync();
        await Places.OpenAsync(silo);
        keys.Unreachable = true;

        var results = await silo.SubmitAsync(Places.Window, Some.Rating("with", comment: "等了很久"), Some.Rating("without"));

        Assert.Equal([(ClaimStatus.Refused, "busy", true), (ClaimStatus.Accepted, null, false)], results.Select(one => (one.Status, one.Refusal?.Code, one.Refusal?.Retryable ?? false)));
        Assert.Single(await silo.EventsAsync(Places.Window));
        keys.Unreachable = false;
        Assert.Equal(ClaimStatus.Accepted, (await silo.SubmitAsync(Places.Window, Some.Rating("with", comment: "等了很久")))[0].Status);
    }

    private sealed class UnreachableKeys(BureauSecrets secrets) : IMasterKeys
    {
        private readonly FileMasterKeys _file = new(secrets);

        public bool Unreachable { get; set; }

        public int NewestVersion => _file.NewestVersion;

        public int Wrap(ReadOnlySpan<byte> dataKey, Opaque subject, ReadOnlySpan<byte> nonce, Span<byte> wrapped) =>
            Unreachable ? throw new MasterKeysUnreachableException() : _file.Wrap(dataKey, subject, nonce, wrapped);

        public void Unwrap(int version, ReadOnlySpan<byte> wrapped, Opaque subject, Span<byte> dataKey) => _file.Unwrap(version, wrapped, subject, dataKey);
    }
}
