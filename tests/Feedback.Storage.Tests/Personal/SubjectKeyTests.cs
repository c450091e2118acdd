using Feedback.Domain.Personal;
using Feedback.Grains.Journal;
using Feedback.Grains.Personal;
using Feedback.Storage.Tests.Support;
using Xunit;

namespace Feedback.Storage.Tests.Personal;

public sealed class SubjectKeyTests
{
    private static readonly BureauSecrets First = BureauSecrets.Generate();
    private static readonly BureauSecrets Second = First.WithNewMaster();

    [Theory, EveryDatabase]
    public async Task Data_keys_move_to_the_newest_master_key_and_their_text_can_be_read_throughout(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var (before, after) = (new PersonalCipher(First), new PersonalCipher(Second));
        var sealedTexts = Enumerable.Range(0, 7).Select(n => before.Seal(n, (PersonalKind.Comment, $"text {n}"))).ToList();
        await silo.Journal.WriteAsync(new JournalUnit { SubjectKeys = [.. sealedTexts.Select(one => one.Key)], Personal = [.. sealedTexts.SelectMany(one => one.Texts)] });
        await silo.Journal.WriteAsync(new JournalUnit { Erasure = new Erasure([], [sealedTexts[6].Key.Subject]) });
        var keys = silo.Get<ISubjectKeyStore>();
        Assert.Equal([(1, 6L)], (await keys.CountKeysAsync()).Select(pair => (pair.Key, pair.Value)));

        var step = await keys.KeysBelowAsync(newest: 2, after: null, limit: 4);
        await silo.Journal.WriteAsync(new JournalUnit { Rewrapped = [.. step.Select(after.Rewrap)] });

        Assert.Equal([(1, 2L), (2, 4L)], (await keys.CountKeysAsync()).OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)));
        var found = await silo.Personal.FindAsync([.. sealedTexts.SelectMany(one => one.Texts).Select(text => text.Ref)]);
        Assert.Equal(Enumerable.Range(0, 6).Select(n => $"text {n}"), found.Values.Select(one => after.Open(one.Text, one.Key)).Order());
        Assert.Equal(2, (await keys.KeysBelowAsync(2, step[^1].Subject, 4)).Count);
    }

    [Theory, EveryDatabase]
    public async Task A_key_that_was_erased_meanwhile_stays_erased(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var (key, texts) = new PersonalCipher(First).Seal(1, (PersonalKind.Comment, "text"));
        await silo.Journal.WriteAsync(new JournalUnit { SubjectKeys = [key], Personal = texts });
        var rewrapped = new PersonalCipher(Second).Rewrap(key);

        await silo.Journal.WriteAsync(new JournalUnit { Erasure = new Erasure([], [key.Subject]) });
        await silo.Journal.WriteAsync(new JournalUnit { Rewrapped = [rewrapped] });

        Assert.Empty(await silo.Get<ISubjectKeyStore>().CountKeysAsync());
        Assert.Empty(await silo.Personal.FindAsync([texts[0].Ref]));
    }
}
