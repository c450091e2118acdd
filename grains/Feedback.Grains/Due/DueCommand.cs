using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Due;

/// <summary>A command whose time has come.</summary>
/// <param name="Key">Its identity: whoever performs it twice under one key has performed it once.</param>
/// <param name="At">The time for which it was due, or put off to, milliseconds UTC.</param>
/// <param name="Word">What is to be done, such as <c>case.open</c>.</param>
/// <param name="Text">The whole command, a JSON object whose member <c>command</c> is the word.</param>
/// <param name="Tries">How often it failed before.</param>
public sealed record DueCommand(string Key, long At, string Word, string Text, int Tries)
{
    /// <summary>The number of shards. Rows keep theirs, so it may grow: those of the future are spread over more.</summary>
    public const int Shards = 8;

    /// <summary>A row for a command.</summary>
    /// <param name="key">
    /// Its identity, such as <c>case.open:n17:42</c>. A later command that replaces an earlier one under the same key should differ
    /// from it in its time or its text: by that the two are told apart while the earlier one is being performed.
    /// </param>
    /// <param name="at">When it is due, milliseconds UTC.</param>
    /// <param name="command">A JSON object in canonical text, with a member <c>command</c>.</param>
    public static DueRow Row(string key, long at, string command) => new(ShardOf(key), at, key, command);

    /// <summary>The shard of a key: the first byte of its SHA-256, modulo <see cref="Shards"/>. Stable for ever.</summary>
    public static int ShardOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key))[0] % Shards;

    /// <summary>Reads a row; the word is empty where its text is no such object.</summary>
    internal static DueCommand Of(DueWork work) => new(work.Due.Key, work.Due.At, WordOf(work.Due.Command), work.Due.Command, work.Tries);

    private static string WordOf(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("command", out var word) && word.ValueKind == JsonValueKind.String
                ? word.GetString()! : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
