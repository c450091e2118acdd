using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Feedback.Storage.Schema;

/// <summary>One numbered script of a database's schema. A released script is never changed; a change is a new script.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Text">The SQL.</param>
internal sealed record SchemaScript(int Number, string Text)
{
    /// <summary>SHA-256 of the text, to notice a script that was changed after it had been applied.</summary>
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>The scripts of a database, in order.</summary>
    /// <param name="database">The folder's name: <c>Sqlite</c> or <c>Postgres</c>.</param>
    /// <param name="subject">The folder of that folder: <c>Schema</c> for the journal, or <c>Accounts</c>.</param>
    public static IReadOnlyList<SchemaScript> Of(string database, string subject = "Schema")
    {
        var assembly = typeof(SchemaScript).Assembly;
        var prefix = $"Feedback.Storage.{subject}.{database}.";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
                return new SchemaScript(int.Parse(name.AsSpan(prefix.Length, 4), CultureInfo.InvariantCulture), reader.ReadToEnd());
            })];
    }
}
