using Feedback.Storage.Schema;

namespace Feedback.Storage.Copies;

/// <summary>What a column holds, the same on every database.</summary>
internal enum Held
{
    /// <summary>A whole number of 16 bits.</summary>
    Small,

    /// <summary>A whole number of 32 bits.</summary>
    Integer,

    /// <summary>A whole number of 64 bits.</summary>
    Long,

    /// <summary>A text, carried as its UTF-8.</summary>
    Text,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>True or false.</summary>
    Flag,
}

/// <summary>A column that is copied.</summary>
internal readonly record struct CopiedColumn(string Name, Held Holds)
{
    /// <summary>Whether a row may hold nothing here.</summary>
    public bool MayBeNull { get; init; }

    /// <summary>Whether it stands behind those of the first release and came later: in a backup, as in those from before, a row that holds nothing here is without it.</summary>
    public bool MayBeMissing { get; init; }
}

/// <summary>A table that is copied: what a site must not lose. Everything else is made anew from it.</summary>
/// <param name="Name">Its name, also that of its file in a backup.</param>
/// <param name="Columns">Its columns, in the order of the file.</param>
/// <param name="Order">By what its rows are sorted, so that the same content is the same file.</param>
internal sealed record CopiedTable(string Name, IReadOnlyList<CopiedColumn> Columns, string Order)
{
    /// <summary>Which rows are copied; null for all.</summary>
    public string? Only { get; init; }

    /// <summary>Whether it lies with the accounts: another file on SQLite, another schema on PostgreSQL.</summary>
    public bool OfAccounts { get; init; }

    /// <summary>Whether backups of earlier releases are without it.</summary>
    public bool IsNewer { get; init; }

    /// <summary>The names of the columns, with commas between.</summary>
    public string ColumnNames => string.Join(", ", Columns.Select(column => column.Name));
}

/// <summary>
/// The tables that are copied, in the order in which they are read and written. A test compares them with the schemas of both
/// databases: whoever adds a table or a column decides here, or in that test, what becomes of it.
/// </summary>
internal static class CopiedTables
{
    /// <summary>Names of streams.</summary>
    public static readonly CopiedTable Streams = new("streams", [new("id", Held.Integer), new("name", Held.Text)], "id");

    /// <summary>The rows of the journal. Within a stream they come in their order.</summary>
    public static readonly CopiedTable Journal = new("journal",
        [new("stream", Held.Integer), new("version", Held.Long), new("count", Held.Integer), new("at", Held.Long), new("events", Held.Text), new("digest", Held.Bytes)],
        "stream, version");

    /// <summary>The data keys of subjects, wrapped by a master key.</summary>
    public static readonly CopiedTable SubjectKeys = new("subject_keys",
        [new("subject", Held.Bytes), new("master_version", Held.Integer), new("wrapped", Held.Bytes) { MayBeNull = true }], "subject");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CopiedTable> All { get; } =
    [
        // The generation is no fact to copy but the life of a database, 'probe' only shows that it can be written, and a copy is rebuilt anyway.
        new("meta", [new("name", Held.Text), new("value", Held.Text)], "name") { Only = $"name not in ('generation', 'probe', '{UnfinishedMark}', '{UnfinishedMarks.Rebuild}')" },
        Streams,
        Journal,
        // Derived as well, and copied all the same: until they are there, an event that comes again late would count twice.
        new("late_ids", [new("stream", Held.Integer), new("identity", Held.Bytes), new("version", Held.Long)], "stream, identity"),
        SubjectKeys,
        new("personal",
            [new("ref", Held.Bytes), new("subject", Held.Bytes), new("kind", Held.Small), new("salt", Held.Bytes) { MayBeNull = true }, new("ciphertext", Held.Bytes) { MayBeNull = true }],
            "ref"),
        // How often a command failed belongs to the site where it did.
        new("due", [new("key", Held.Text), new("shard", Held.Integer), new("at", Held.Long), new("command", Held.Text)], "key"),
        // Or a restore would report everything once more.
        new("reported", [new("stream", Held.Text), new("version", Held.Long)], "stream") { IsNewer = true },
        new("reported_batches",
            [
                new("id", Held.Text), new("parts", Held.Text), new("begun", Held.Long), new("ended", Held.Long) { MayBeNull = true },
                new("items", Held.Integer), new("rejected", Held.Integer), new("one", Held.Integer),
            ],
            "id")
        { IsNewer = true },
        new("reported_days",
            [
                new("day", Held.Text), new("kind", Held.Text), new("reported", Held.Long), new("theirs", Held.Long) { MayBeNull = true },
                new("ours", Held.Long) { MayBeNull = true }, new("compared", Held.Long) { MayBeNull = true },
            ],
            "day, kind")
        { IsNewer = true },
        new("reported_rejects",
            [
                new("id", Held.Text), new("kind", Held.Text), new("stream", Held.Text), new("version", Held.Long), new("day", Held.Text),
                new("reason", Held.Text), new("at", Held.Long), new("batch", Held.Text), new("known", Held.Flag), new("again", Held.Flag),
            ],
            "id")
        { IsNewer = true },
        new("people",
            [
                new("id", Held.Text), new("name", Held.Text), new("name_key", Held.Text), new("password_hash", Held.Text), new("security_stamp", Held.Text),
                new("concurrency_stamp", Held.Text), new("failures", Held.Integer), new("locked_until", Held.Long), new("grants", Held.Text), new("disabled", Held.Flag),
                new("factor", Held.Text) { MayBeNull = true }, new("factor_step", Held.Long), new("recovery_codes", Held.Text), new("factor_failures", Held.Integer),
                new("factor_locked_until", Held.Long), new("external", Held.Flag), new("external_subject", Held.Text) { MayBeNull = true },
                new("email", Held.Text) { MayBeNull = true, MayBeMissing = true }, new("staff", Held.Text) { MayBeNull = true, MayBeMissing = true },
            ],
            "id")
        { OfAccounts = true },
        // Its ids are only an order, and drawn anew.
        new("verb_acts",
            [new("act", Held.Text), new("target", Held.Text) { MayBeNull = true }, new("reason", Held.Text) { MayBeNull = true }, new("at", Held.Long) { MayBeNull = true }], "id")
        { OfAccounts = true },
    ];

    /// <summary>The fact that a restore began in a database and has not ended: what is there may be cleared.</summary>
    public const string UnfinishedMark = "unfinished-restore";
}
