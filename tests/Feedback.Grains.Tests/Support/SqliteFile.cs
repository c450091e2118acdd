using Microsoft.Data.Sqlite;

namespace Feedback.Grains.Tests.Support;

/// <summary>Reads and edits a journal's file past everything that guards it.</summary>
internal static class SqliteFile
{
    /// <summary>Runs a statement that must change something.</summary>
    public static void Edit(string file, string sql)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (command.ExecuteNonQuery() == 0)
            throw new InvalidOperationException($"Nothing was changed by: {sql}");
    }

    /// <summary>The rows of a query as text, in its order.</summary>
    public static IReadOnlyList<string> Rows(string file, string sql)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount)
                .Select(column => reader.GetValue(column) is byte[] bytes ? Convert.ToHexString(bytes) : $"{reader.GetValue(column)}")));
        }

        return rows;
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }
}
