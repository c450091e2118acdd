using Dapper;
using Feedback.Grains.Journal;
using Feedback.Storage.Tests.Support;
using Xunit;

namespace Feedback.Storage.Tests.Personal;

public sealed class PersonalTests
{
    [Theory, EveryDatabase]
    public async Task Text_comes_back_with_the_key_that_opens_it(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var (key, text) = Some.Sealed();
        await silo.Journal.WriteAsync(new JournalUnit { SubjectKeys = [key], Personal = [text] });

        var found = Assert.Single(await silo.Personal.FindAsync([Some.Opaque(), text.Ref]));

        Assert.Equal(text.Ref, found.Key);
        Assert.Equal(text, found.Value.Text with { Ciphertext = text.Ciphertext });
        Assert.Equal(text.Ciphertext, found.Value.Text.Ciphertext);
        Assert.Equal((key.Subject, 1), (found.Value.Key.Subject, found.Value.Key.MasterVersion));
        Assert.Equal(key.Wrapped, found.Value.Key.Wrapped);
    }

    [Theory, EveryDatabase]
    public async Task Erasure_destroys_salt_and_text_and_leaves_the_row(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var ((key, text), (otherKey, otherText)) = (Some.Sealed(), Some.Sealed());
        await silo.Journal.WriteAsync(new JournalUnit { SubjectKeys = [key, otherKey], Personal = [text, otherText] });

        await silo.Journal.WriteAsync(new JournalUnit { Erasure = new Erasure([text.Ref], []) });

        Assert.Equal([otherText.Ref], (await silo.Personal.FindAsync([text.Ref, otherText.Ref])).Keys);
        await using var connection = await place.ConnectAsync();
        Assert.Equal(1, await connection.ExecuteScalarAsync<long>("select count(*) from personal where salt is null and ciphertext is null"));
        Assert.Equal(2, await connection.ExecuteScalarAsync<long>("select count(*) from personal"));
    }

    [Theory, EveryDatabase]
    public async Task Destroying_a_subjects_key_makes_all_its_text_unreadable(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var (key, text) = Some.Sealed();
        await silo.Journal.WriteAsync(new JournalUnit { SubjectKeys = [key], Personal = [text] });

        await silo.Journal.WriteAsync(new JournalUnit { Erasure = new Erasure([], [key.Subject]) });

        Assert.Empty(await silo.Personal.FindAsync([text.Ref]));
        await using var connection = await place.ConnectAsync();
        Assert.Equal(1, await connection.ExecuteScalarAsync<long>("select count(*) from subject_keys where wrapped is null"));
    }

    [Fact]
    public async Task What_was_erased_is_in_no_file_of_the_database()
    {
        await using var place = await Place.NewAsync(Database.Sqlite);
        await using var silo = await place.OpenAsync();
        var (key, text) = Some.Sealed();
        await silo.Journal.WriteAsync(new JournalUnit { SubjectKeys = [key], Personal = [text] });
        Assert.True(place.Holds(text.Ciphertext) && place.Holds(key.Wrapped));

        await silo.Journal.WriteAsync(new JournalUnit { Erasure = new Erasure([text.Ref], [key.Subject]) });
        // The log is cut after the transaction that erased, so another one that came through shows that it was.
        await silo.Probe.CommitAsync();

        Assert.False(place.Holds(text.Ciphertext) || place.Holds(key.Wrapped));
    }
}
