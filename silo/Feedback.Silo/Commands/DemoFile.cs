using System.Text.Json;
using Feedback.Domain.Access;
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
internal sealed record DemoAccess(string Url, string ApiToken, string DeviceKey, string District, string Window, DemoAdmin Admin);

/// <summary>The demo's administrator.</summary>
/// <param name="Name">The name to sign in with.</param>
/// <param name="Password">The password, drawn at the first start.</param>
internal sealed record DemoAdmin(string Name, string Password);

internal static class DemoFile
{
    private const string AdminName = "admin";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Takes the secrets of the last start over while they are valid, else issues new ones; writes the file.</summary>
    public static async Task<DemoAccess> EnsureAsync(string path, string url, DemoSite demo, IBureau bureau, IAccounts accounts, TimeProvider clock)
    {
        var last = await LastAsync(path);
        var access = new DemoAccess(
            url,
            Valid(last?.ApiToken, bureau) ?? await IssueAsync(KeyPurpose.Read),
            Valid(last?.DeviceKey, bureau) ?? await IssueAsync(KeyPurpose.Device),
            demo.District.Value,
            demo.Windows.First().Id.Value,
            await AdminAsync(last?.Admin, accounts));
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

    // A password that is no longer known is replaced: whoever can write the file is the demo's owner.
    private static async Task<DemoAdmin> AdminAsync(DemoAdmin? last, IAccounts accounts)
    {
        if (last is not null && await accounts.SignInAsync(last.Name, last.Password) is not null)
            return last;
        var admin = new DemoAdmin(AdminName, PasswordRules.Generate());
        if (await accounts.CreateAsync(admin.Name, admin.Password, GrantText.Read("system-administrator district-manager")) == AccountOutcome.NameTaken)
            await accounts.ResetPasswordAsync(admin.Name, admin.Password);
        return admin;
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

        Keys and password are in demo.json in the data directory. Stop with Ctrl+C.
        """);

    private static string? Valid(string? secret, IBureau bureau) =>
        secret is not null && bureau.Current.Keys.Find(secret) is { Revoked: false, ReplacedBy: null } ? secret : null;
}
