using System.Text.Json;
using Feedback.Domain.Keys;
using Feedback.Grains.Accounts;
using Feedback.Grains.Keys;
using Feedback.Grains.Organisation;
using Feedback.Seeds.Demo;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary>What one needs to try the demo: written to <c>demo.json</c>, for its owner only. Nothing but <c>demo</c> stores secrets.</summary>
/// <param name="Url">Where the demo listens.</param>
/// <param name="ApiToken">A token that reads the demo district.</param>
/// <param name="DeviceKey">A key that pushes for every window of the demo district.</param>
/// <param name="District">The district's id.</param>
/// <param name="Window">One of its windows.</param>
/// <param name="Admin">An administrator who can sign in.</param>
/// <param name="Accounts">Everybody else who can sign in: one for each role.</param>
internal sealed record DemoAccess(
    string Url, string ApiToken, string DeviceKey, string District, string Window, DemoAccount Admin, IReadOnlyList<DemoAccount>? Accounts = null);

internal static class DemoFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Looks whether the file of the last start, if there is one, can be read.</summary>
    /// <exception cref="UsageException">It is damaged.</exception>
    public static Task CheckAsync(string path) => LastAsync(path);

    /// <summary>Takes the accounts of the last start over whose passwords still hold, and makes the others.</summary>
    /// <returns>The administrator first.</returns>
    public static async Task<DemoAccount[]> PeopleAsync(string path, DemoSite demo, IAccounts accounts) =>
        await DemoAccounts.EnsureAsync(await LastAsync(path), demo, accounts);

    /// <summary>Takes the secrets of the last start over while they are valid, else issues new ones; writes the file.</summary>
    public static async Task<DemoAccess> EnsureAsync(string path, string url, DemoSite demo, IBureau bureau, DemoAccount[] people, TimeProvider clock)
    {
        var last = await LastAsync(path);
        var access = new DemoAccess(
            url,
            Valid(last?.ApiToken, bureau) ?? await IssueAsync(KeyPurpose.Read),
            Valid(last?.DeviceKey, bureau) ?? await IssueAsync(KeyPurpose.Device),
            demo.District.Value,
            demo.Windows.First().Id.Value,
            people[0],
            people[1..]);
        OwnerFile.Write(path, JsonSerializer.Serialize(access, Json), replace: true);
        return access;

        async Task<string> IssueAsync(KeyPurpose purpose)
        {
            var secret = KeyIssue.NewSecret(purpose);
            if (purpose == KeyPurpose.Device)
                await KeyIssue.DeviceKeyAsync(bureau, demo.District, secret, clock);
            else
                await KeyIssue.ApiTokenAsync(bureau, demo.District, secret, clock);
            return secret;
        }
    }

    private static async Task<DemoAccess?> LastAsync(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<DemoAccess>(await File.ReadAllTextAsync(path), Json) : null;
        }
        catch (JsonException)
        {
            throw new UsageException($"{path} is damaged. Remove it, and the next start issues new keys.");
        }
    }

    /// <summary>Tells people how to begin.</summary>
    public static void Print(DemoAccess access) => Console.WriteLine($$"""
        Feedback demo: {{access.Url}}

        Sign in at {{access.Url}}/sign-in as {{access.Admin.Name}} with the password {{access.Admin.Password}}

        Push an evaluation:
          curl -s {{access.Url}}/api/v1/evaluations -H 'X-Device-Key: {{access.DeviceKey}}' -H 'Content-Type: application/json' \
            -d '{"id":"first-1","window":"{{access.Window}}","occurredAt":"'$(date -Iseconds)'","grade":5,"origin":"active","channel":"web"}'

        Read the district's figures:
          curl -s '{{access.Url}}/api/v1/satisfaction?node={{access.District}}&from='$(TZ=CST-8 date +%Y-%m-01)'&to='$(TZ=CST-8 date -d tomorrow +%F)'&by=day' -H 'Authorization: Bearer {{access.ApiToken}}'

        Keys and passwords are in demo.json in the data directory, with an account for every role. Stop with Ctrl+C.
        """);

    private static string? Valid(string? secret, IBureau bureau) =>
        secret is not null && bureau.Current.Keys.Find(secret) is { Revoked: false, ReplacedBy: null } ? secret : null;
}
