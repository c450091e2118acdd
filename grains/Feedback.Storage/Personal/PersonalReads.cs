using Feedback.Domain.Journal;
using Feedback.Domain.Personal;
using Feedback.Grains.Personal;
using Feedback.Storage.Reading;

namespace Feedback.Storage.Personal;

/// <summary>Reads personal text with the keys that open it.</summary>
internal sealed class PersonalReads(JournalDatabase database) : IPersonalStore, ISubjectKeyStore
{
    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<Opaque, (SealedText Text, SubjectKey Key)>> FindAsync(
        IReadOnlyCollection<Opaque> references, CancellationToken cancellation = default) =>
        (await database.QueryAsync(
            $"""
            select p.ref, p.subject, p.kind, p.salt, p.ciphertext, k.master_version, k.wrapped
            from {database.Source.TableOfBytes("@references")} wanted
            cross join personal p
            cross join subject_keys k
            where p.ref = wanted.item and k.subject = p.subject
              and p.salt is not null and p.ciphertext is not null and k.wrapped is not null
            """,
            row => new SealedText(row.Opaque(0), row.Opaque(1), (PersonalKind)row.GetInt16(2), row.Opaque(3), row.Bytes(4)) is var text
                ? (text.Ref, (text, new SubjectKey(text.Subject, row.GetInt32(5), row.Bytes(6))))
                : default,
            cancellation,
            ("references", database.Source.ValueOfBytes(references.Distinct().Select(reference => reference.ToBytes())))).ConfigureAwait(false)).ToDictionary();

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<int, long>> CountKeysAsync(CancellationToken cancellation = default) =>
        (await database.QueryAsync(
            "select master_version, count(*) from subject_keys where wrapped is not null group by master_version",
            row => (row.GetInt32(0), row.GetInt64(1)), cancellation).ConfigureAwait(false)).ToDictionary();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SubjectKey>> KeysBelowAsync(int newest, Opaque? after, int limit, CancellationToken cancellation = default) =>
        await database.QueryAsync(
            "select subject, master_version, wrapped from subject_keys where subject > @after and master_version < @newest and wrapped is not null order by subject limit @limit",
            row => new SubjectKey(row.Opaque(0), row.GetInt32(1), row.Bytes(2)),
            cancellation, ("after", (after ?? default).ToBytes()), ("newest", newest), ("limit", limit)).ConfigureAwait(false);
}
