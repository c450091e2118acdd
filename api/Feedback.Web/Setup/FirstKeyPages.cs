using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Problems;
using Feedback.Domain.Access;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Audit;
using Feedback.Grains.Keys;
using Feedback.Grains.Organisation;
using Feedback.Web.Frame;
using Feedback.Web.Words;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Setup;

/// <summary>What the page of the first device key shows.</summary>
public sealed record FirstKeyModel
{
    /// <summary>The nodes that a key may be for.</summary>
    public IReadOnlyList<Node> Places { get; init; } = [];

    /// <summary>Whether there is a device key already.</summary>
    public bool HasKey { get; init; }

    /// <summary>What is wrong: the name of a word.</summary>
    public string? Error { get; init; }

    /// <summary>The secret of the key that was just issued; it is never shown again.</summary>
    public string? Secret { get; init; }

    /// <summary>A window that the key is good for.</summary>
    public string? Window { get; init; }

    /// <summary>Where windows push evaluations: a link that works out there, or else a shell variable to be set.</summary>
    public string Push { get; init; } = "";

    /// <summary>Why there is no such link, in the reader's language; null when there is one.</summary>
    public string? NoLink { get; init; }
}

/// <summary>The first device key, which the security administrator issues.</summary>
internal sealed class FirstKeyPages(AccessCheck access, IBureau bureau, IAntiforgery forms, PublicAddress address, IAudit audit, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/setup/keys", (HttpContext http, FirstKeyPages pages) => pages.Show(http, new FirstKeyModel())).PageDemands(Permission.ManageKeys).ExcludeFromDescription();
        app.MapPost("/setup/key", (HttpContext http, FirstKeyPages pages) => pages.IssueAsync(http)).PageDemands(Permission.ManageKeys).ExcludeFromDescription();
    }

    private IResult Show(HttpContext http, FirstKeyModel model)
    {
        var parameters = Pages.FrameFor(http, forms);
        parameters.Remove("Address");
        var there = address.TryLink("/api/v1/evaluations", out var link, out var noLink);
        parameters["Model"] = model with
        {
            Places = [.. access.ViewOf(http.GetCaller().ScopeHere).Nodes],
            HasKey = HasKey(http, bureau.Current),
            Push = there ? link!.Url : "$URL/api/v1/evaluations",
            NoLink = there ? null : Problem.TitleOf(noLink!, PageWords.For(http.Request).Culture),
        };
        return http.Page<FirstKeyPage>(model.Error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, parameters);
    }

    // A form that is sent twice shows no second key.
    private async Task<IResult> IssueAsync(HttpContext http)
    {
        var state = await bureau.RefreshAsync();
        if ((await Forms.ReadAsync(http, forms)).Form is not { } form || await access.FindAsync(form["node"].ToString(), http.GetCaller().ScopeHere) is not { } scope)
            return Show(http, new FirstKeyModel { Error = "badForm" });
        if (HasKey(http, state))
            return Show(http, new FirstKeyModel());
        await audit.RecordAsync(new AuditEntry(Acts.KeyIssued, http.GetCaller().Caller.Name) { Node = scope.Id, Address = CallerAddress.Of(http) });
        var secret = KeyIssue.NewSecret(KeyPurpose.Device);
        await KeyIssue.DeviceKeyAsync(bureau, scope.Id, secret, clock);
        var window = state.Tree.Nodes.FirstOrDefault(node => node.Kind == NodeKind.Window && state.Tree.IsAtOrBelow(node.Id, scope.Id, DateOnly.MaxValue));
        return Show(http, new FirstKeyModel { Secret = secret, Window = window?.Id.Value });
    }

    // Within the caller's scope only: what keys others have is not theirs to know.
    private bool HasKey(HttpContext http, BureauState state)
    {
        var view = access.ViewOf(http.GetCaller().ScopeHere);
        return state.Keys.Keys.Any(key => key is { Purpose: KeyPurpose.Device, Revoked: false } && view.Tree.Find(key.Scope) is { } node && view.Sees(node));
    }
}
