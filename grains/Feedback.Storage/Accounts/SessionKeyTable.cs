using Dapper;
using Npgsql;

namespace Feedback.Storage.Accounts;

/// <summary>The keys under which sessions and forms are sealed, in a PostgreSQL database: a session that one silo began is good at all of them.</summary>
/// <param name="connectionString">A database that <see cref="AccountsSchema"/> prepared.</param>
/// <remarks>Data protection asks synchronously, a few times a day.</remarks>
public sealed class SessionKeyTable(string connectionString)
{
    /// <summary>All keys, as they were given.</summary>
    /// <exception cref="NpgsqlException">The database is out of reach or refuses.</exception>
    public IReadOnlyList<string> ReadAll()
    {
        using var connection = new NpgsqlConnection(connectionString);
        return [.. connection.Query<string>($"select xml from {AccountsSchema.PostgresSchema}.session_keys order by name")];
    }

    /// <summary>Keeps a key; one that is there already stays as it is.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="xml">The key, wrapped.</param>
    /// <exception cref="NpgsqlException">The database is out of reach or refuses.</exception>
    public void Add(string name, string xml)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Execute($"insert into {AccountsSchema.PostgresSchema}.session_keys values (@name, @xml) on conflict do nothing", new { name, xml });
    }
}
