using System.Text.Json.Nodes;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;

namespace Feedback.System.Tests.Copies;

/// <summary>Backs sites up, loses them, and restores them, by the verbs.</summary>
internal static class Backups
{
    /// <summary>Makes a backup and returns where it is.</summary>
    public static async Task<string> MakeAsync(DemoData data, string to, params string[] more)
    {
        var ended = await FeedbackProcess.RunAsync(["backup", "--json", "--to", to, .. data.Options, .. more]);
        return ended.Code == 0 ? (string)JsonNode.Parse(ended.Output)!["path"]! : throw new InvalidOperationException($"backup ended with {ended.Code}: {ended.Output}{ended.Errors}");
    }

    /// <summary>Restores; nothing is thrown.</summary>
    public static Task<Ended> RestoreAsync(DemoData data, string from, params string[] more) =>
        FeedbackProcess.RunAsync(["restore", "--json", "--from", from, .. data.Options, .. more]);

    /// <summary>The databases are gone, as after a disk that broke; keys, ledger and checkpoints are where they are kept.</summary>
    /// <returns>The site that they are restored into: for PostgreSQL another, empty database.</returns>
    public static async Task<DemoData> LoseAsync(DemoData data, PrivatePostgres? server)
    {
        foreach (var file in Directory.GetFiles(data.Path, "*.db*"))
            File.Delete(file);
        return data.With(server is null ? null : await server.CreateDatabaseAsync());
    }
}
