using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Npgsql;
using NpgsqlTypes;

namespace Feedback.Storage.Journal.Postgres;

/// <summary>The rows that come with units, table after table in an order that is the same for all transactions.</summary>
internal sealed class UnitRows
{
    private readonly RowCommand _subjectKeys = new("insert into subject_keys (subject, master_version, wrapped) select * from unnest($1, $2, $3)");
    private readonly RowCommand _rewraps = new(
        "update subject_keys k set master_version = n.version, wrapped = n.wrapped from unnest($1, $2, $3) as n (subject, version, wrapped) where k.subject = n.subject and k.wrapped is not null");
    private readonly RowCommand _personal = new("insert into personal (ref, subject, kind, salt, ciphertext) select * from unnest($1, $2, $3, $4, $5)");
    private readonly RowCommand _erasePersonal = new("update personal set salt = null, ciphertext = null where ref = any($1)");
    private readonly RowCommand _eraseSubjects = new("update subject_keys set wrapped = null where subject = any($1)");
    private readonly RowCommand _lateIds = new(
        "insert into late_ids (stream, identity, version) select * from unnest($1, $2, $3) order by 1, 2 on conflict do nothing");

    private readonly List<byte[]> _subject, _wrapped, _ref, _owner, _salt, _ciphertext, _erasedRef, _erasedSubject, _identity, _rewrappedSubject, _rewrapped;
    private readonly List<int> _masterVersion, _lateStream, _rewrappedVersion;
    private readonly List<short> _kind;
    private readonly List<long> _lateVersion;
    private readonly DayRows _days = new();
    private readonly CaseRows _cases = new();
    private readonly MatterRows _matters = new();
    private readonly DueRows _due = new();
    private readonly PlatformRows _platform = new();

    public UnitRows()
    {
        _subject = _subjectKeys.Column<byte[]>(NpgsqlDbType.Bytea);
        _masterVersion = _subjectKeys.Column<int>(NpgsqlDbType.Integer);
        _wrapped = _subjectKeys.Column<byte[]>(NpgsqlDbType.Bytea);
        _rewrappedSubject = _rewraps.Column<byte[]>(NpgsqlDbType.Bytea);
        _rewrappedVersion = _rewraps.Column<int>(NpgsqlDbType.Integer);
        _rewrapped = _rewraps.Column<byte[]>(NpgsqlDbType.Bytea);
        _ref = _personal.Column<byte[]>(NpgsqlDbType.Bytea);
        _owner = _personal.Column<byte[]>(NpgsqlDbType.Bytea);
        _kind = _personal.Column<short>(NpgsqlDbType.Smallint);
        _salt = _personal.Column<byte[]>(NpgsqlDbType.Bytea);
        _ciphertext = _personal.Column<byte[]>(NpgsqlDbType.Bytea);
        _erasedRef = _erasePersonal.Column<byte[]>(NpgsqlDbType.Bytea);
        _erasedSubject = _eraseSubjects.Column<byte[]>(NpgsqlDbType.Bytea);
        _lateStream = _lateIds.Column<int>(NpgsqlDbType.Integer);
        _identity = _lateIds.Column<byte[]>(NpgsqlDbType.Bytea);
        _lateVersion = _lateIds.Column<long>(NpgsqlDbType.Bigint);
    }

    /// <summary>Forgets the rows of the transaction before.</summary>
    public void Clear()
    {
        foreach (var rows in new[] { _subjectKeys, _rewraps, _personal, _erasePersonal, _eraseSubjects, _lateIds })
            rows.Clear();
        _days.Clear();
        _cases.Clear();
        _matters.Clear();
        _due.Clear();
        _platform.Clear();
    }

    /// <summary>Adds a unit's rows.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="streams">The ids of its streams, and perhaps of others.</param>
    public void Add(JournalUnit unit, IReadOnlyDictionary<StreamName, int> streams)
    {
        foreach (var key in unit.SubjectKeys)
        {
            _subject.Add(key.Subject.ToBytes());
            _masterVersion.Add(key.MasterVersion);
            _wrapped.Add(key.Wrapped);
        }

        foreach (var key in unit.Rewrapped)
        {
            _rewrappedSubject.Add(key.Subject.ToBytes());
            _rewrappedVersion.Add(key.MasterVersion);
            _rewrapped.Add(key.Wrapped);
        }

        foreach (var text in unit.Personal)
        {
            _ref.Add(text.Ref.ToBytes());
            _owner.Add(text.Subject.ToBytes());
            _kind.Add((short)text.Kind);
            _salt.Add(text.Salt.ToBytes());
            _ciphertext.Add(text.Ciphertext);
        }

        _erasedRef.AddRange(unit.Erasure.Personal.Select(reference => reference.ToBytes()));
        _erasedSubject.AddRange(unit.Erasure.Subjects.Select(subject => subject.ToBytes()));
        foreach (var late in unit.LateIds)
        {
            _lateStream.Add(streams[UnitRules.LateStreamOf(unit)]);
            _identity.Add(late.Identity.ToBytes());
            _lateVersion.Add(late.Version);
        }

        _days.Add(unit);
        _cases.Add(unit);
        _matters.Add(unit);
        _due.Add(unit);
        _platform.Add(unit);
    }

    /// <summary>Adds the statements that have rows to send.</summary>
    public void AddTo(NpgsqlBatchCommandCollection commands)
    {
        Add(_subjectKeys, _subject.Count);
        Add(_rewraps, _rewrapped.Count);
        Add(_personal, _ref.Count);
        Add(_erasePersonal, _erasedRef.Count);
        Add(_eraseSubjects, _erasedSubject.Count);
        Add(_lateIds, _identity.Count);
        _days.AddTo(commands);
        _cases.AddTo(commands);
        _matters.AddTo(commands);
        _due.AddTo(commands);
        _platform.AddTo(commands);

        void Add(RowCommand rows, int count)
        {
            if (count > 0)
                commands.Add(rows.Command);
        }
    }
}
