using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Feedback.Storage.Copies.Files;
using Feedback.Storage.Tests.Support;
using Xunit;

namespace Feedback.Storage.Tests.Copies;

/// <summary>The files of a backup: what is written today must be read in ten years.</summary>
public sealed class BackupFormatTests
{
    // Made by hand from the description in BackupManifest, not by the program: a change of the format breaks this.
    private static readonly (string Name, string Text)[] Written =
    [
        ("meta", ""),
        ("streams", """{"id":1,"name":"window:n1"}""" + "\n"),
        ("journal", """{"stream":1,"version":1,"count":1,"at":1760000000000,"events":"[{\"kind\":\"some.thing\",\"v\":1,\"text\":\"好0\"}]","digest":"DIGEST"}""" + "\n"),
        ("late_ids", """{"stream":1,"identity":"AAECAwQFBgcICQoLDA0ODw==","version":1}""" + "\n"),
        ("subject_keys", """{"subject":"AAECAwQFBgcICQoLDA0ODw==","master_version":1,"wrapped":null}""" + "\n"),
        ("personal", """{"ref":"AAECAwQFBgcICQoLDA0ODw==","subject":"AAECAwQFBgcICQoLDA0ODw==","kind":1,"salt":null,"ciphertext":null}""" + "\n"),
        ("due", """{"key":"k","shard":1,"at":2,"command":"c"}""" + "\n"),
        ("people", """{"id":"a1","name":"李华","name_key":"李华","password_hash":"h","security_stamp":"s","concurrency_stamp":"c","failures":0,"locked_until":0,"grants":"g","disabled":false,"factor":null,"factor_step":0,"recovery_codes":"","factor_failures":0,"factor_locked_until":0,"external":true,"external_subject":"x"}""" + "\n"),
        ("verb_acts", """{"act":"account.opened","target":null,"reason":"r","at":5}""" + "\n"),
    ];

    // What releases since then write, too: a backup without them is whole, and they are restored empty.
    private static readonly string[] Newer = ["reported", "reported_batches", "reported_days", "reported_rejects"];

    [Theory, EveryDatabase]
    public async Task A_backup_of_format_1_is_read_and_written_as_ever(Database database)
    {
        await using var place = await CopyPlace.EmptyAsync(database);
        var old = WriteByHand(place.Backups);

        await place.RestoreAsync(old);

        var again = await place.BackUpAsync(CopyPlace.Made.AddDays(1));
        foreach (var (name, text) in Texts())
            Assert.Equal(text, string.Concat(CopyPlace.Lines(again.Path, name).Select(line => line + "\n")));
        Assert.All(Newer, name => Assert.Empty(CopyPlace.Lines(again.Path, name)));
        Assert.Equal(["manifest.json", .. Newer.Select(name => name + ".ndjson.gz"), "SHA256SUMS", .. Written.Select(file => file.Name + ".ndjson.gz")], Directory.GetFiles(again.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.OrdinalIgnoreCase).OrderBy(name => name.EndsWith(".gz", StringComparison.Ordinal) ? Array.FindIndex(Written, file => name.StartsWith(file.Name + ".", StringComparison.Ordinal)) : -1));
        Assert.Equal((BackupManifest.FormatName, 1, 1L), (again.Manifest!.Format, again.Manifest.Version, again.Manifest.Events));
    }

    [Theory]
    [InlineData("journal.ndjson.gz", "changed", "SHA-256")]
    [InlineData("people.ndjson.gz", "cut", "bytes instead of")]
    [InlineData("due.ndjson.gz", "deleted", "is missing")]
    [InlineData("manifest.json", "changed", "manifest.json")]
    [InlineData("manifest.json", "deleted", "is no backup")]
    [InlineData("SHA256SUMS", "deleted", "not whole")]
    public async Task What_is_not_as_it_was_made_is_not_restored(string file, string how, string told)
    {
        await using var before = await CopyPlace.FilledAsync(Database.Sqlite);
        await using var after = await CopyPlace.EmptyAsync(Database.Sqlite);
        var backup = await before.BackUpAsync();
        var path = Path.Combine(backup.Path, file);
        var bytes = await File.ReadAllBytesAsync(path);
        File.Delete(path);
        if (how == "changed")
            bytes[bytes.Length / 2] ^= 1;
        if (how != "deleted")
            await File.WriteAllBytesAsync(path, how == "cut" ? bytes[..^1] : bytes);

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => after.RestoreAsync(backup.Path));

        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(after.Data.Path));
    }

    [Fact]
    public async Task A_format_of_the_future_names_the_release_that_reads_it()
    {
        await using var place = await CopyPlace.FilledAsync(Database.Sqlite);
        var backup = await place.BackUpAsync();
        var path = Path.Combine(backup.Path, "manifest.json");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("\"version\": 1,", "\"version\": 2,", StringComparison.Ordinal));

        Assert.Contains("has format 2", Assert.Throws<InvalidDataException>(() => BackupSource.Open(backup.Path)).Message, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_chain_that_breaks_is_not_restored_though_every_sum_is_right(Database database)
    {
        await using var place = await CopyPlace.EmptyAsync(database);
        var forged = WriteByHand(place.Backups, text => text.Replace("好0", "坏0", StringComparison.Ordinal));

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => place.RestoreAsync(forged));

        Assert.Contains("the hash chain breaks", refused.Message, StringComparison.Ordinal);
        if (database == Database.Sqlite)
            Assert.Empty(Directory.GetFiles(place.Data.Path));
        else
            Assert.Equal(0, await place.CountAsync("streams"));
    }

    [Fact]
    public async Task Only_whole_backups_beyond_the_number_are_deleted()
    {
        await using var place = await CopyPlace.FilledAsync(Database.Sqlite);
        var backups = new List<string>();
        for (var day = 0; day < 4; day++)
            backups.Add((await place.BackUpAsync(CopyPlace.Made.AddDays(day))).Path);
        File.Delete(Path.Combine(backups[0], "manifest.json"));
        Directory.CreateDirectory(Path.Combine(place.Backups, "feedback-backup-of-mine"));

        Assert.Equal([backups[1]], BackupNames.DeleteBeyond(place.Backups, 2));

        Assert.Equal([backups[0], backups[2], backups[3], Path.Combine(place.Backups, "feedback-backup-of-mine")], Directory.GetDirectories(place.Backups).Order(StringComparer.Ordinal));
        Assert.Throws<ArgumentOutOfRangeException>(() => BackupNames.DeleteBeyond(place.Backups, 0));
    }

    // SHA-256 over the hash of the stream's name and the event, as the description of the journal has it.
    private static IEnumerable<(string Name, string Text)> Texts()
    {
        var digest = SHA256.HashData([.. SHA256.HashData("window:n1"u8), .. Encoding.UTF8.GetBytes("""{"kind":"some.thing","v":1,"text":"好0"}""")]);
        return Written.Select(file => (file.Name, file.Text.Replace("DIGEST", Convert.ToBase64String(digest), StringComparison.Ordinal)));
    }

    private static string WriteByHand(string parent, Func<string, string>? forge = null)
    {
        var directory = Path.Combine(parent, "feedback-backup-20261126T020000Z");
        Directory.CreateDirectory(directory);
        var files = new List<string>();
        foreach (var (name, text) in Texts())
        {
            var path = Path.Combine(directory, name + ".ndjson.gz");
            using (var packed = new GZipStream(File.Create(path), CompressionLevel.SmallestSize))
                packed.Write(Encoding.UTF8.GetBytes(forge is null ? text : forge(text)));
            files.Add(string.Create(CultureInfo.InvariantCulture, $$"""{"name":"{{name}}.ndjson.gz","rows":{{text.Count(unit => unit == '\n')}},"bytes":{{new FileInfo(path).Length}},"sha256":"{{Hash(path)}}"}"""));
        }

        var end = Convert.ToHexStringLower(Convert.FromBase64String(Texts().Single(file => file.Name == "journal").Text.Split("\"digest\":\"")[1].Split('"')[0]));
        var manifest = Path.Combine(directory, "manifest.json");
        File.WriteAllText(manifest, $$"""
            {"format":"feedback-backup","version":1,"product":"0.3.0","made":"2026-11-26T02:00:00+00:00","generation":"0123456789abcdef0123456789abcdef","events":1,
            "files":[{{string.Join(",\n", files)}}],"streams":[{"stream":"window:n1","version":1,"digest":"{{end}}"}]}
            """);
        File.WriteAllText(Path.Combine(directory, "SHA256SUMS"), $"{Hash(manifest)}  manifest.json\n");
        return directory;
    }

    private static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
