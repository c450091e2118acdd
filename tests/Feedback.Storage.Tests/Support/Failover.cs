using System.Data.Common;
using Dapper;

namespace Feedback.Storage.Tests.Support;

/// <summary>A failover as a silo sees it: its connections end, and the next ones lead to a primary that may lack something.</summary>
internal static class Failover
{
    /// <summary>Ends the connections on which journals are written, and returns when they are gone.</summary>
    public static async Task TakeOverAsync(this DbConnection connection) => await connection.ExecuteAsync(
        "select pg_terminate_backend(pid, 10000) from pg_stat_activity where application_name = 'feedback-journal' and datname = current_database()");
}
