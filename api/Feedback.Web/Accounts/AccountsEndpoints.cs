using Feedback.Api.Access;
using Feedback.Api.Accounts;
using Feedback.Api.Problems;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Grains.Organisation;
using Feedback.Web.Frame;
using Feedback.Web.Words;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Accounts;

/// <summary>The pages of the security administrator: the accounts within the own scope, and each of them.</summary>
internal static class AccountsEndpoints
{
    private const string All = "/accounts";

    public static void MapAccountPages(this IEndpointRouteBuilder app)
    {
        app.MapGet(All, (HttpContext http, AccountPages pages) => pages.ListAsync(http)).PageDemands(Permission.ManageAccounts).ExcludeFromDescription();
        app.MapPost(All, (HttpContext http, AccountPages pages) => pages.OpenAsync(http)).PageDemands(Permission.ManageAccounts).ExcludeFromDescription();
        app.MapGet(All + "/{account}", (HttpContext http, string account, AccountPages pages) => pages.ShowAsync(http, account)).PageDemands(Permission.ManageAccounts).ExcludeFromDescription();
        app.MapPost(All + "/{account}", (HttpContext http, string account, AccountPages pages) => pages.ChangeAsync(http, account)).PageDemands(Permission.ManageAccounts).ExcludeFromDescription();
    }
}

/// <summary>Answers those pages.</summary>
internal sealed class AccountPages(AccountAdministration office, AccessCheck access, IBureau bureau, IAntiforgery forms)
{
    /// <summary>The accounts.</summary>
    public async Task<IResult> ListAsync(HttpContext http, Refusal? refusal = null, IFormCollection? form = null)
    {
        var parameters = Pages.FrameFor(http, forms);
        parameters["Accounts"] = await office.ListAsync(http.GetCaller());
        parameters["Tree"] = bureau.Current.Tree;
        parameters["Error"] = refusal is null ? null : WordsOf(http, refusal);
        parameters["Name"] = form?["name"].ToString() ?? "";
        parameters["Grants"] = form?["grants"].ToString() ?? "";
        parameters["Email"] = form?["email"].ToString() ?? "";
        parameters["Staff"] = form?["staff"].ToString() ?? "";
        return http.Page<AccountsPage>(refusal is null ? StatusCodes.Status200OK : Problem.StatusOf(refusal), parameters);
    }

    /// <summary>Opens an account, and shows its password once.</summary>
    public async Task<IResult> OpenAsync(HttpContext http)
    {
        if ((await Forms.ReadAsync(http, forms)).Form is not { } form)
            return http.Message(StatusCodes.Status400BadRequest, "badForm");
        var name = form["name"].ToString();
        var (grants, refusal) = await GrantsAsync(http, form["grants"].ToString());
        string? password = null;
        if (refusal is null)
            (password, refusal) = await office.OpenAsync(http, name, grants, form["external"] == "on", form["email"].ToString(), form["staff"].ToString());
        if (refusal is not null)
            return await ListAsync(http, refusal, form);
        return password is null ? Results.LocalRedirect(AddressOf(name)) : ShowPassword(http, name, password);
    }

    /// <summary>One account; one outside the scope looks as if it did not exist.</summary>
    public async Task<IResult> ShowAsync(HttpContext http, string name, Refusal? refusal = null)
    {
        if (await office.FindAsync(http.GetCaller(), Whole(name)) is not { } account)
            return http.Message(StatusCodes.Status404NotFound, "notFound");
        var parameters = Pages.FrameFor(http, forms);
        parameters["Shown"] = account;
        parameters["Own"] = account.Id == http.GetCaller().Caller.Account?.Id;
        parameters["Tree"] = bureau.Current.Tree;
        parameters["Error"] = refusal is null ? null : WordsOf(http, refusal);
        return http.Page<AccountPage>(refusal is null ? StatusCodes.Status200OK : Problem.StatusOf(refusal), parameters);
    }

    /// <summary>Does to one account what the form's <c>act</c> says.</summary>
    public async Task<IResult> ChangeAsync(HttpContext http, string name)
    {
        name = Whole(name);
        if ((await Forms.ReadAsync(http, forms)).Form is not { } form)
            return http.Message(StatusCodes.Status400BadRequest, "badForm");
        Refusal? refusal;
        switch (form["act"].ToString())
        {
            case "password":
                (var password, refusal) = await office.ResetPasswordAsync(http, name);
                if (password is not null)
                    return ShowPassword(http, name, password);
                break;
            case "grants":
                (var grants, refusal) = await GrantsAsync(http, form["grants"].ToString());
                refusal ??= await office.GrantAsync(http, name, grants);
                break;
            case "email": refusal = await office.SetEmailAsync(http, name, form["email"].ToString()); break;
            case "staff": refusal = await office.SetStaffAsync(http, name, form["staff"].ToString()); break;
            case "sessions": refusal = await office.EndSessionsAsync(http, name); break;
            case "factor": refusal = await office.ResetSecondFactorAsync(http, name); break;
            case "disable": refusal = await office.DisableAsync(http, name); break;
            default: return http.Message(StatusCodes.Status400BadRequest, "badForm");
        }

        return refusal is null ? Results.LocalRedirect(AddressOf(name)) : await ShowAsync(http, name, refusal);
    }

    // Nodes by id or path, within the caller's scope.
    private async Task<(IReadOnlyList<Grant> Grants, Refusal? Refusal)> GrantsAsync(HttpContext http, string text)
    {
        var grants = new List<Grant>();
        foreach (var line in text.Split((char[])['\n', '\r', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var at = line.IndexOf('@', StringComparison.Ordinal);
            var (word, place) = at < 0 ? (line, null) : (line[..at], line[(at + 1)..]);
            if (RoleWords.RoleOf(word) is not { } role)
                return ([], new Refusal("role-unknown", "grants", word));
            var node = place is null ? null : await access.FindAsync(place, http.GetCaller().ScopeHere);
            if (place is not null && node is null)
                return ([], new Refusal("node-unknown", "grants", place));
            grants.Add(new Grant(role, node?.Id));
        }

        return (grants, null);
    }

    private static IResult ShowPassword(HttpContext http, string name, string password) =>
        http.ShowOnce("password", "accounts-once", AddressOf(name), new ShownOnce(name, password));

    private static string AddressOf(string name) => "/accounts/" + Uri.EscapeDataString(name);

    // A slash within one step of an address arrives as it was sent.
    private static string Whole(string name) => name.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private static string WordsOf(HttpContext http, Refusal refusal) => Problem.TitleOf(refusal, PageWords.For(http.Request).Culture);
}
