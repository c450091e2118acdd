using Npgsql;
using NpgsqlTypes;

namespace Feedback.Storage.Journal.Postgres;

/// <summary>One statement that sends many rows as one array per column. The arrays are kept and filled again.</summary>
internal sealed class RowCommand
{
    private readonly List<Action> _clear = [];

    /// <summary>Starts a statement whose parameters are <see cref="Column{T}"/>s, in the order in which those are added.</summary>
    public RowCommand(string sql) => Command = new NpgsqlBatchCommand(sql);

    /// <summary>The statement as it is sent.</summary>
    public NpgsqlBatchCommand Command { get; }

    /// <summary>Adds a column.</summary>
    /// <param name="type">The type of one element.</param>
    /// <returns>The values, to be filled row by row.</returns>
    public List<T> Column<T>(NpgsqlDbType type)
    {
        var values = new List<T>();
        Command.Parameters.Add(new NpgsqlParameter<List<T>> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });
        _clear.Add(values.Clear);
        return values;
    }

    /// <summary>Empties every column.</summary>
    public void Clear() => _clear.ForEach(clear => clear());
}
