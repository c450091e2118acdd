using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Feedback.Storage.Journal.Sqlite;

/// <summary>
/// A prepared statement that is bound and run again and again. Straight on the native library: the usual provider
/// prepares, boxes and goes through UTF-16 on every run, which took half of the writer's time.
/// </summary>
internal sealed class SqliteStatement(sqlite3 database, sqlite3_stmt statement) : IDisposable
{
    private int _next = 1;

    /// <summary>Prepares a statement.</summary>
    public static SqliteStatement Prepare(sqlite3 database, string sql)
    {
        Check(database, raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        return new SqliteStatement(database, statement);
    }

    /// <summary>Binds the next parameter to an integer.</summary>
    public SqliteStatement Bind(long value)
    {
        Check(database, raw.sqlite3_bind_int64(statement, _next++, value));
        return this;
    }

    /// <summary>Binds the next parameter to a text.</summary>
    public SqliteStatement Bind(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Check(database, raw.sqlite3_bind_text(statement, _next++, value));
        return this;
    }

    /// <summary>Binds the next parameter to an integer, or to nothing.</summary>
    public SqliteStatement BindMaybe(long? value) => value is { } number ? Bind(number) : BindNull();

    /// <summary>Binds the next parameter to a text, or to nothing.</summary>
    public SqliteStatement BindMaybe(string? value) => value is null ? BindNull() : Bind(value);

    /// <summary>Binds the next parameter to a text given in UTF-8.</summary>
    public SqliteStatement BindText(ReadOnlySpan<byte> value)
    {
        Check(database, raw.sqlite3_bind_text(statement, _next++, value));
        return this;
    }

    /// <summary>Binds the next parameter to bytes.</summary>
    public SqliteStatement Bind(ReadOnlySpan<byte> value)
    {
        Check(database, raw.sqlite3_bind_blob(statement, _next++, value));
        return this;
    }

    /// <summary>Binds the next parameter to nothing.</summary>
    public SqliteStatement BindNull()
    {
        Check(database, raw.sqlite3_bind_null(statement, _next++));
        return this;
    }

    /// <summary>Runs a statement that returns nothing, and makes it ready for the next run.</summary>
    /// <exception cref="SqliteException">The database refused.</exception>
    public void Run()
    {
        var code = raw.sqlite3_step(statement);
        if (code is raw.SQLITE_DONE or raw.SQLITE_ROW)
            Reset();
        else
            Throw(code);
    }

    /// <summary>Runs a statement that returns one integer, or nothing.</summary>
    public long? Number()
    {
        var code = raw.sqlite3_step(statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            Throw(code);
        long? number = code == raw.SQLITE_ROW ? raw.sqlite3_column_int64(statement, 0) : null;
        Reset();
        return number;
    }

    /// <summary>Runs a statement that returns one text, or nothing.</summary>
    public string? Text()
    {
        var code = raw.sqlite3_step(statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            Throw(code);
        var text = code == raw.SQLITE_ROW ? raw.sqlite3_column_text(statement, 0).utf8_to_string() : null;
        Reset();
        return text;
    }

    /// <summary>Makes the statement ready for the next run, whatever became of this one.</summary>
    public void Reset()
    {
        _next = 1;
        _ = raw.sqlite3_reset(statement);
    }

    /// <inheritdoc/>
    public void Dispose() => statement.Dispose();

    /// <summary>Throws unless a call went well.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Check(sqlite3 database, int code)
    {
        if (code != raw.SQLITE_OK)
            throw Failure(database, code);
    }

    private void Throw(int code)
    {
        // The message must be read before the reset, which may replace it.
        var failure = Failure(database, code);
        Reset();
        throw failure;
    }

    private static SqliteException Failure(sqlite3 database, int code) =>
        new($"SQLite: {raw.sqlite3_errmsg(database).utf8_to_string()}", code & 0xFF, raw.sqlite3_extended_errcode(database));
}
