using System.Buffers.Binary;
using System.Globalization;
using Feedback.Domain.Journal;
using Feedback.Domain.Tallies;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;
using Feedback.Storage.Days;

namespace Feedback.Storage.Journal.Sqlite;

/// <summary>The rows of units other than the append itself, in the transaction that is open.</summary>
internal sealed class UnitRows : IDisposable
{
    private readonly SqliteStatement _subjectKey, _rewrap, _personal, _erasePersonal, _eraseSubject, _lateId, _day, _through;
    private readonly SqliteStatement[] _all;
    private readonly CaseRows _cases;
    private readonly MatterRows _matters;
    private readonly DueRows _due;
    private readonly PlatformRows _platform;

    public UnitRows(SqliteJournalFile file)
    {
        string[] columns = ["node", "day", "hall", "parent", "version", "changed_at", "fold", .. DayColumns.Names, "tally", "matters"];
        _all =
        [
            _subjectKey = file.Prepare("insert into subject_keys (subject, master_version, wrapped) values (?, ?, ?)"),
            _rewrap = file.Prepare("update subject_keys set master_version = ?, wrapped = ? where subject = ? and wrapped is not null"),
            _personal = file.Prepare("insert into personal (ref, subject, kind, salt, ciphertext) values (?, ?, ?, ?, ?)"),
            _erasePersonal = file.Prepare("update personal set salt = null, ciphertext = null where ref = ?"),
            _eraseSubject = file.Prepare("update subject_keys set wrapped = null where subject = ?"),
            _lateId = file.Prepare("insert into late_ids (stream, identity, version) values (?, ?, ?) on conflict do nothing"),
            _day = file.Prepare($"""
                insert into node_days ({string.Join(", ", columns)}) values ({string.Join(", ", columns.Select(_ => "?"))})
                on conflict (node, day) do update set {string.Join(", ", columns[2..].Select(column => $"{column} = excluded.{column}"))}
                where excluded.fold > node_days.fold or (excluded.fold = node_days.fold and excluded.version > node_days.version)
                """),
            _through = file.Prepare("""
                insert into days_through (node, version, fold) values (?, ?, ?)
                on conflict (node) do update set version = excluded.version, fold = excluded.fold
                where excluded.fold > days_through.fold or (excluded.fold = days_through.fold and excluded.version > days_through.version)
                """),
        ];
        (_cases, _matters, _due, _platform) = (new CaseRows(file), new MatterRows(file), new DueRows(file), new PlatformRows(file));
    }

    /// <summary>Writes a unit's rows.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="streamOfLate">The id of the stream that its late identities belong to; 0 when it has none.</param>
    public void Write(JournalUnit unit, long streamOfLate)
    {
        Span<byte> a = stackalloc byte[Opaque.Length], b = stackalloc byte[Opaque.Length], c = stackalloc byte[Opaque.Length];
        foreach (var key in unit.SubjectKeys)
            _subjectKey.Bind(Bytes(key.Subject, a)).Bind(key.MasterVersion).Bind(key.Wrapped).Run();
        foreach (var key in unit.Rewrapped)
            _rewrap.Bind(key.MasterVersion).Bind(key.Wrapped).Bind(Bytes(key.Subject, a)).Run();
        foreach (var text in unit.Personal)
            _personal.Bind(Bytes(text.Ref, a)).Bind(Bytes(text.Subject, b)).Bind((long)text.Kind).Bind(Bytes(text.Salt, c)).Bind(text.Ciphertext).Run();
        foreach (var reference in unit.Erasure.Personal)
            _erasePersonal.Bind(Bytes(reference, a)).Run();
        foreach (var subject in unit.Erasure.Subjects)
            _eraseSubject.Bind(Bytes(subject, a)).Run();
        foreach (var late in unit.LateIds)
            _lateId.Bind(streamOfLate).Bind(Bytes(late.Identity, a)).Bind(late.Version).Run();
        foreach (var day in unit.Days)
            Write(day);
        if (unit.DaysThrough is { } through)
            _through.Bind(through.Window.Value).Bind(through.Version).Bind(TallyFold.Revision).Run();
        _cases.Write(unit);
        _matters.Write(unit);
        _due.Write(unit);
        _platform.Write(unit);
    }

    /// <summary>Makes every statement ready again, after one of them failed half bound.</summary>
    public void Reset()
    {
        foreach (var statement in _all)
            statement.Reset();
        _cases.Reset();
        _matters.Reset();
        _due.Reset();
        _platform.Reset();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _all)
            statement.Dispose();
        _cases.Dispose();
        _matters.Dispose();
        _due.Dispose();
        _platform.Dispose();
    }

    private void Write(WindowDay day)
    {
        _day.Bind(day.Window.Value).Bind(day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Bind(day.Hall.Value).Bind(day.Parent.Value)
            .Bind(day.Version).Bind(day.ChangedAt).Bind(TallyFold.Revision);
        for (var i = 0; i < DayColumns.Names.Length; i++)
            _day.Bind(DayColumns.Of(day.Tally, i));
        _day.Bind(TallyText.Write(day.Tally)).Bind(MatterEntries.Pack(day.Matters)).Run();
    }

    private static ReadOnlySpan<byte> Bytes(Opaque value, Span<byte> target)
    {
        BinaryPrimitives.WriteUInt128BigEndian(target, value.Value);
        return target;
    }
}
